"""What is closed, moved or changed while somebody posts: whoever is second knows of the first, in every order.

Two connections to a real server; what each does is held where the other one hurts most.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal

import pytest

from tests.conftest import _with_catalog
from tests.support.ledger import RECEIPT, document, issue, line, receive, reverse, stock
from tests.support.threads import PATIENCE, held_open, until_somebody_waits
from tests.support.warehouse import signed_in
from wms_tui.db import balances, location_keeping
from wms_tui.domain import errors
from wms_tui.domain.catalog import ChangeProduct, ProductRef
from wms_tui.domain.catalog_errors import BaseUnitFixed, StillOnHand, TrackingInUse
from wms_tui.domain.file_errors import BadRows, KindFixed
from wms_tui.domain.locations import LocationKind
from wms_tui.domain.products import Tracking
from wms_tui.domain.setup import ChangeLocation, LocationHoldsStock
from wms_tui.services import catalog as catalog_services
from wms_tui.services import catalog_editing, locations, movements
from wms_tui.services.backend import Backend
from wms_tui.services.importing.file_kinds import LOCATIONS, PRODUCTS
from wms_tui.services.importing.locations import import_locations
from wms_tui.services.importing.products import import_products
from wms_tui.services.importing.report import ImportFile
from wms_tui.services.importing.tables import read_table
from wms_tui.services.movements_together import post_together
from wms_tui.services.remembering import Memory
from wms_tui.services.together import Errand


@pytest.fixture
def server(postgres_databases):
    with postgres_databases.copy_of("catalog", _with_catalog) as url:
        yield url


@pytest.fixture
def mine(server, clock):
    """The poster's."""
    with closing(Backend.open(server, clock)) as backend:
        yield backend


@pytest.fixture
def theirs(server, clock):
    """That of whoever keeps the catalog and the locations."""
    with closing(Backend.open(server, clock)) as backend:
        yield backend


def at(backend, code):
    return next(row for row in backend.run(locations.tree, signed_in(backend, "ada"), None) if row.code == code)


def closes_a2(backend):
    return locations.close, at(backend, "A2")


def makes_a2_a_zone(backend):
    row = at(backend, "A2")
    return locations.change, ChangeLocation(row, row.code, row.name, LocationKind.ZONE, row.parent)


def _changes_nut(**values):
    def change(backend):
        product = backend.run(catalog_services.detail, signed_in(backend, "ada"), ProductRef("NUT")).product
        return catalog_editing.change, ChangeProduct(product.product_id, product.version, values)

    return change


KEEPING = {
    "closes": (closes_a2, LocationHoldsStock, errors.ClosedLocation),
    "another kind": (makes_a2_a_zone, (LocationHoldsStock, KindFixed), errors.LocationHoldsNoStock),
    "another tracking": (_changes_nut(tracking=Tracking.LOT), TrackingInUse, errors.LotMissing),
    "not used any more": (_changes_nut(active=False), StillOnHand, errors.InactiveProduct),
}
"""What is done to A2 or NUT; what it is refused with when the goods are there, and they when it is done."""


@pytest.fixture(params=KEEPING)
def keeping(request, theirs):
    """(the keeping as a job, its refusal, the poster's refusal)"""
    make, refused, refuses = KEEPING[request.param]
    (case, asked), ada = make(theirs), signed_in(theirs, "ada")
    return lambda tx: case(tx, ada, asked), refused, refuses


def long_way(backend, ken):
    request = document(RECEIPT, line("NUT", 5, target="A2"))
    return lambda tx: movements.post(tx, ken, request)


def alone(backend, ken):
    """In the statement for one line of which everything is remembered."""
    return _in_one_statement(backend, ken, True, line("NUT", 5, target="A2"))


def at_once(backend, ken):
    return _in_one_statement(backend, ken, False, line("NUT", 5, target="A2"))


def several_at_once(backend, ken):
    return _in_one_statement(backend, ken, True, line("NUT", 3, target="A2"), line("NUT", 2, target="A2"))


def _in_one_statement(backend, ken, is_remembered, *lines):
    memory, errand = Memory(), Errand(movements.post, ken, document(RECEIPT, *lines))
    if is_remembered:
        backend.work(lambda tx: memory.learn(tx, [errand.request]), writes=False)
    return lambda tx: post_together(tx, memory, [errand])


WAYS = [long_way, alone, at_once, several_at_once]


@pytest.mark.parametrize("way", WAYS)
def test_goods_that_are_not_committed_yet_are_waited_for(mine, theirs, keeping, way):
    keeps, refused, _ = keeping
    with held_open(mine, way(mine, signed_in(mine, "ken"))) as release, ThreadPoolExecutor(1) as pool:
        kept = pool.submit(theirs.work, keeps)
        until_somebody_waits(theirs)
        release()
        assert isinstance(kept.exception(PATIENCE), refused)
    assert stock(mine) == {("NUT", "A2"): 5}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_committed_yet_is_waited_for_by_the_goods(mine, theirs, keeping, way):
    keeps, _, refuses = keeping
    post = way(mine, signed_in(mine, "ken"))
    with held_open(theirs, keeps) as release, ThreadPoolExecutor(1) as pool:
        posted = pool.submit(mine.work, post)
        until_somebody_waits(theirs)
        release()
        assert isinstance(posted.exception(PATIENCE), refuses if way is long_way else Exception)
    assert stock(mine) == {}


def test_through_the_door_the_goods_are_refused_as_well(mine, theirs, keeping):
    keeps, _, refuses = keeping
    ken = signed_in(mine, "ken")
    reverse(mine, ken, receive(mine, ken, "BOLT", 1).number)  # everything but A2 is remembered
    with held_open(theirs, keeps) as release, ThreadPoolExecutor(1) as pool:
        posted = pool.submit(receive, mine, ken, "NUT", 5, target="A2")
        until_somebody_waits(theirs)
        release()
        assert isinstance(posted.exception(PATIENCE), refuses)
    assert stock(mine) == {}


def held_before(monkeypatch, module, name, backend, job):
    """``job`` is begun, and stands still before it calls a function; what is answered lets it go on."""
    reached, go, function = threading.Event(), threading.Event(), getattr(module, name)

    def waits(*arguments, **values):
        reached.set()
        assert go.wait(PATIENCE)
        return function(*arguments, **values)

    monkeypatch.setattr(module, name, waits)
    pool = ThreadPoolExecutor(1)
    future = pool.submit(backend.work, job)
    assert reached.wait(PATIENCE)

    def release():
        go.set()
        pool.shutdown(wait=False)
        return future

    return release


def test_goods_that_were_looked_up_and_not_moved_yet_are_waited_for(mine, theirs, keeping, monkeypatch):
    keeps, refused, _ = keeping
    release = held_before(monkeypatch, balances, "apply", mine, long_way(mine, signed_in(mine, "ken")))
    with ThreadPoolExecutor(1) as pool:
        kept = pool.submit(theirs.work, keeps)
        until_somebody_waits(theirs)
        assert release().result(PATIENCE).number
        assert isinstance(kept.exception(PATIENCE), refused)
    assert stock(mine) == {("NUT", "A2"): 5}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_found_empty_and_is_not_closed_yet_is_waited_for(mine, theirs, monkeypatch, way):
    case, asked = closes_a2(theirs)
    ada, post = signed_in(theirs, "ada"), way(mine, signed_in(mine, "ken"))
    release = held_before(monkeypatch, location_keeping, "counted_in", theirs, lambda tx: case(tx, ada, asked))
    with ThreadPoolExecutor(1) as pool:
        posted = pool.submit(mine.work, post)
        until_somebody_waits(theirs)
        assert release().result(PATIENCE) == 1
        assert posted.exception(PATIENCE)
    assert stock(mine) == {}


@pytest.mark.parametrize("way", [alone, at_once, several_at_once])
def test_a_statement_that_began_before_sees_what_was_closed_since(mine, theirs, keeping, way):
    """It stands still at a balance while the location is closed: what it saw when it began is the past."""
    keeps, _, _ = keeping
    ken = signed_in(mine, "ken")
    reverse(mine, ken, receive(mine, ken, "NUT", 1, target="A2").number)
    post = way(mine, ken)
    at_a_balance = held_open(mine, lambda tx: tx.plain("SELECT 1 FROM balance FOR UPDATE"))
    with at_a_balance as release, ThreadPoolExecutor(1) as pool:
        posted = pool.submit(mine.work, post)
        until_somebody_waits(mine)
        kept = True
        try:
            theirs.work(keeps)
        except KindFixed:  # something was moved there before
            kept = False
        release()
        assert bool(posted.exception(PATIENCE)) is kept
    assert stock(mine) == ({} if kept else {("NUT", "A2"): 5})


def test_goods_that_a_reversal_brings_back_are_waited_for_and_wait(mine, theirs):
    ken, ada = signed_in(mine, "ken"), signed_in(theirs, "ada")
    receive(mine, ken, "NUT", 5, target="A2")
    issued = issue(mine, ken, "NUT", 5, source="A2")
    case, asked = closes_a2(theirs)
    with held_open(theirs, lambda tx: case(tx, ada, asked)) as release, ThreadPoolExecutor(1) as pool:
        reversed_ = pool.submit(reverse, mine, ken, issued.number)
        until_somebody_waits(theirs)
        release()
        assert isinstance(reversed_.exception(PATIENCE), errors.ClosedLocation)
    theirs.run(case, ada, at(theirs, "A2"))
    case, asked = closes_a2(theirs)
    back = movements.ReverseDocument(issued.number, "back")
    with held_open(mine, lambda tx: movements.reverse(tx, ken, back)) as release, ThreadPoolExecutor(1) as pool:
        closed = pool.submit(theirs.run, case, ada, asked)
        until_somebody_waits(theirs)
        release()
        assert isinstance(closed.exception(PATIENCE), LocationHoldsStock)
    assert stock(mine) == {("NUT", "A2"): 5}


def test_a_unit_does_not_change_under_goods_on_their_way(mine, theirs):
    ken, ada = signed_in(mine, "ken"), signed_in(theirs, "ada")
    case, asked = _changes_nut(unit="kg")(theirs)
    with held_open(mine, long_way(mine, ken)) as release, ThreadPoolExecutor(1) as pool:
        changed = pool.submit(theirs.run, case, ada, asked)
        until_somebody_waits(theirs)
        release()
        assert isinstance(changed.exception(PATIENCE), BaseUnitFixed)


@pytest.mark.parametrize(
    ("case", "kind", "text"),
    [
        (import_products, PRODUCTS, "sku,unit\nNUT,kg\n"),
        (import_products, PRODUCTS, "sku,tracking\nNUT,lot\n"),
        (import_locations, LOCATIONS, "code,kind\nA2,aisle\n"),
    ],
)
def test_a_file_waits_for_goods_on_their_way_as_well(mine, theirs, tmp_path, case, kind, text):
    ken, ada = signed_in(mine, "ken"), signed_in(theirs, "ada")
    (tmp_path / "file.csv").write_text(text)
    file = ImportFile(read_table(str(tmp_path / "file.csv"), kind))
    with held_open(mine, long_way(mine, ken)) as release, ThreadPoolExecutor(1) as pool:
        brought = pool.submit(theirs.run, case, ada, file)
        until_somebody_waits(theirs)
        release()
        assert isinstance(brought.exception(PATIENCE), BadRows)


def test_a_price_and_another_location_disturb_nobody(mine, theirs):
    ken, ada = signed_in(mine, "ken"), signed_in(theirs, "ada")
    case, asked = _changes_nut(price=Decimal(3))(theirs)
    with held_open(mine, long_way(mine, ken)):
        theirs.run(case, ada, asked)
        theirs.run(locations.close, ada, at(theirs, "A1"))
    assert stock(mine) == {("NUT", "A2"): 5}
