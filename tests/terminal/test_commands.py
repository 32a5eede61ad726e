"""A whole shift on a real terminal by scans alone, and all of it in one write."""

from itertools import product

import pytest

from tests.support.cases import few_of
from tests.support.warehouse import signed_in
from tests.terminal.conftest import CODES, Ledger
from tests.terminal.harness import Open, shows
from wms_tui.domain.counting import CountsQuery, NewCount
from wms_tui.services import badges, counting_plans, counting_review
from wms_tui.services.backend import Backend

NORMAL, HANDHELD = (80, 24), (20, 16)
EVERY = list(product((NORMAL, HANDHELD), ("\r", "\r\n", "\t")))
FEW = [(NORMAL, "\r"), (HANDHELD, "\r\n"), (NORMAL, "\t")]
"""Each suffix and each size; the gate knows no size, the pages no suffix."""
SHIFT = [
    *(".ID.K-471108", "2468"),
    *("..GO.RECEIPT", "A1", *CODES[:50], "..X12", "NUT", "NUT", "BOLT", "..UNDO", "..POST", "PO-7", "..POST"),
    *("..GO.TRANSFER", "A1", "A2", "..X5", "NUT", "..POST", "..POST"),
    *("..GO.ISSUE", "A2", "NUT", "JUNK", "NUT", "..POST", "..OK", "NUT", "]C0..POST", "..POST"),
    *("..REVERSE", "..REVERSE", "..NO", "..REVERSE", "..OK"),
    *("..GO.COUNT", "..NEXT", "..OK", "A2", "..X5", "NUT", "..POST"),
    *("..LOGOUT",),
]


@pytest.fixture
def backend(warehouse_url: str):
    backend = Backend.open(warehouse_url)
    badges.give(backend, signed_in(backend, "ada"), "ken", "K-471108", "2468")
    backend.run(counting_plans.begin, signed_in(backend, "ken"), NewCount(("A2",)))
    yield backend
    backend.close()


@pytest.mark.parametrize(("size", "suffix"), few_of(EVERY, FEW))
def test_a_shift_in_one_write_without_a_key(
    open_terminal: Open, warehouse_url: str, ledger: Ledger, backend: Backend, size: tuple[int, int], suffix: str
):
    it = open_terminal(warehouse_url, size)
    it.wait_for("User name")
    it.send("".join(f"{code}{suffix}" for code in SHIFT).encode())
    it.wait_for(shows("You are signed", "User name"), 60)
    reversal, issue, transfer, receipt, _ = ledger.documents()
    assert [one.kind.value for one in (reversal, issue, transfer, receipt)] == [
        *("reversal", "issue", "transfer", "receipt"),
    ]
    received = {line.sku: int(line.quantity) for line in receipt.lines}
    assert received == {**dict.fromkeys(CODES[:50], 1), "NUT": 13}
    assert receipt.reference == "PO-7"
    assert [(line.sku, int(line.quantity)) for line in issue.lines] == [("NUT", 2)]
    assert issue.reversed_by == reversal.number
    stock = ledger.on_hand()
    assert (stock["NUT", "A1"], stock["NUT", "A2"]) == ("8", "5")
    (plan,) = backend.run(counting_review.plans, signed_in(backend, "ada"), CountsQuery(every=True)).rows
    assert (plan.counted, plan.locations) == (1, 1)
    assert b"471108" not in it.raw and b"2468" not in it.raw
