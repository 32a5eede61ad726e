"""Labels of the supply chain where goods are counted and looked up."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support.counting import begin, reviewed, scan
from tests.support.labels import BOLT, BOLT_CARTON, DRILL, FLOUR, GLN, GS, MILK, MILK_CARTON, RESIN, add_labels
from tests.support.ledger import receive
from wms_tui.domain.barcode_errors import NotInCatalog
from wms_tui.domain.catalog import CatalogQuery, ProductRef
from wms_tui.domain.counting import CountRef
from wms_tui.domain.enquiry import HistoryQuery, StockQuery
from wms_tui.domain.errors import ExpiryConflict, UnknownProduct
from wms_tui.services import catalog as catalogs
from wms_tui.services import counting, history, stock

pytestmark = pytest.mark.usefixtures("catalog", "labelled")

WHOLE = f"01{MILK}1727033110AB12"
FORMS = ["4006381333931", BOLT, f"01{BOLT}10X", f"]E0{BOLT[1:]}", f"(01){BOLT}", f"https://id.gs1.org/01/{BOLT}"]


@pytest.fixture
def labelled(backend, catalog):
    add_labels(backend)


@pytest.fixture
def plan(backend, keeper):
    return begin(backend, keeper, "A1")


@pytest.fixture
def counted(backend, keeper, admin, plan):
    """What stands in the plan after these lines at A1."""

    def after(*texts):
        scan(backend, keeper, plan, "A1", *texts)
        return {key[1:]: line.counted for key, line in reviewed(backend, admin, plan).items()}

    return after


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ([WHOLE, f"]C1{WHOLE}"], {("MILK", "AB12"): 2}),
        ([f"02{MILK_CARTON}1727033110AB12{GS}375"], {("MILK", "AB12"): 60}),
        ([f"01{MILK}", "]C1" + "1727033110AB12"], {("MILK", "AB12"): 1}),
        ([f"01{MILK}10AB12", "270331"], {("MILK", "AB12"): 1}),
        ([f"01{MILK}10M1"], {("MILK", "M1"): 1}),
        ([f"01{DRILL}21S1", f"01{DRILL}21S2"], {("SERIAL", "S1"): 1, ("SERIAL", "S2"): 1}),
        ([f"01{RESIN}", f"10L1{GS}3024"], {("LOTTED", "L1"): 24}),
        ([f"01{FLOUR}3103001250"], {("FLOUR",): Decimal("1.25")}),
        (["3", BOLT_CARTON], {("BOLT",): 72}),
        ([BOLT, "=5"], {("BOLT",): 5}),
    ],
)
def test_labels_are_counted_with_all_that_they_carry(counted, texts, lines):
    assert counted(*texts) == lines


def test_a_label_that_says_another_day_than_is_known_is_not_counted(counted):
    with pytest.raises(ExpiryConflict, match=r"\(10\) BATCH/LOT M1"):
        counted(f"01{MILK}1727010110M1")


def test_labels_of_nothing_known_are_listed_with_their_invisible_characters(backend, keeper, plan):
    answered = scan(backend, keeper, plan, "A1", f"010950110153800910AB{GS}21X")
    assert isinstance(answered.refused, NotInCatalog)
    listed = backend.run(counting.unknown, keeper, CountRef(plan))
    assert [row.code for row in listed] == ["010950110153800910AB<FNC1>21X"]


def test_a_gln_is_a_location_of_a_count(backend, keeper):
    plan = begin(backend, keeper, GLN)
    assert scan(backend, keeper, plan, f"414{GLN}").view.location == GLN


@pytest.mark.parametrize("text", FORMS)
def test_every_form_of_a_gtin_finds_the_product_everywhere(backend, keeper, admin, text):
    receive(backend, keeper, "BOLT", 3)
    page = backend.run(stock.on_hand, keeper, StockQuery(text=text))
    assert (page.understood, [row.sku for row in page.rows]) == ("product", ["BOLT"])
    assert backend.run(stock.on_hand, keeper, StockQuery(sku=text)).rows == page.rows
    assert backend.run(history.page, keeper, HistoryQuery(text=text)).understood == "product"
    assert [row.sku for row in backend.run(catalogs.search, keeper, CatalogQuery(text=text)).rows] == ["BOLT"]
    assert backend.run(catalogs.detail, keeper, ProductRef(text)).product.sku == "BOLT"


def test_a_label_with_a_lot_shows_the_stock_of_that_lot(backend, keeper):
    receive(backend, keeper, "MILK", 2, lot="M1")
    receive(backend, keeper, "MILK", 3, lot="AB12", expires=date(2027, 3, 31))
    page = backend.run(stock.on_hand, keeper, StockQuery(text=WHOLE))
    assert (page.understood, page.subject.code) == ("lot", "MILK AB12")
    assert [(row.sku, row.lot, row.quantity) for row in page.rows] == [("MILK", "AB12", 3)]
    alone = backend.run(stock.on_hand, keeper, StockQuery(text="]C110AB12"))
    assert [(row.sku, row.lot) for row in alone.rows] == [("MILK", "AB12")]


def test_a_gln_shows_its_location(backend, keeper):
    receive(backend, keeper, "BOLT", 3, target=GLN)
    page = backend.run(stock.on_hand, keeper, StockQuery(text=f"]C1414{GLN}"))
    assert (page.understood, [row.location for row in page.rows]) == ("location", [GLN])


@pytest.mark.parametrize("text", ["\x00", f"AB{GS}CD", "]C1", "\x1b[A", "]", "01" * 3000, "..POST"])
def test_whatever_is_scanned_at_an_enquiry_only_finds_nothing(backend, keeper, text):
    assert backend.run(stock.on_hand, keeper, StockQuery(text=text)).rows == ()
    assert backend.run(history.page, keeper, HistoryQuery(text=text)).rows == ()
    assert backend.run(catalogs.search, keeper, CatalogQuery(text=text)).rows == ()
    with pytest.raises(UnknownProduct):
        backend.run(stock.on_hand, keeper, StockQuery(sku=text))
