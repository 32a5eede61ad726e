"""A day of a real wholesaler: goods go out, some come back, what is no goods is listed, and the books balance."""

from pathlib import Path

from tests.online_retail.posting import play
from tests.online_retail.rows import NO_DESCRIPTION, NO_PRICE, SERVICE, why_not

SOURCE = Path(__file__).parent.parent / "data" / "online_retail"


def test_invoices_and_cancellations_leave_the_stock_that_a_plain_model_says(tmp_path):
    outcome = play(SOURCE, tmp_path, f"sqlite:///{tmp_path}/wms.sqlite", 2500)
    assert (outcome.issue_lines, outcome.left, outcome.wrong) == (2500, [], {})
    assert outcome.verified
    assert outcome.return_lines and outcome.documents
    assert set(outcome.listed) >= {SERVICE, NO_DESCRIPTION}
    listed = (tmp_path / "listed.csv").read_text(encoding="utf-8").splitlines()
    assert len(listed) == outcome.listed.total() + 1


def test_services_and_bookings_are_no_sales():
    row = {"InvoiceNo": "536365", "StockCode": "85123A", "Description": "LANTERN", "Quantity": "6", "UnitPrice": "2.55"}
    assert not why_not(row)
    assert not why_not(row | {"InvoiceNo": "C536365", "Quantity": "-6"})
    for code in ("POST", "BANK CHARGES", "D", "M", "m", "C2", "DOT", "S", "AMAZONFEE", "gift_0001_20", "PADS"):
        assert why_not(row | {"StockCode": code}) == SERVICE
    assert why_not(row | {"Quantity": "-6"})
    assert why_not(row | {"UnitPrice": "0.0"}) == NO_PRICE
    assert why_not(row | {"Quantity": "0"})
