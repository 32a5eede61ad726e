"""What is remembered of a product is held against its row each time: nobody posts it as it was."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from tests.support.ledger import RECEIPT, issue, line, post, receive, stock
from tests.support.warehouse import signed_in
from wms_tui.db import catalog, remembered
from wms_tui.db.tables import Movement, Product, core
from wms_tui.domain.catalog import ChangeProduct, NewProduct, ProductRef
from wms_tui.domain.errors import InactiveProduct, LotNotTracked, UnknownProduct
from wms_tui.domain.movements import KINDS
from wms_tui.domain.products import Tracking
from wms_tui.services import catalog as catalog_services
from wms_tui.services import catalog_editing
from wms_tui.services.backend import Backend
from wms_tui.services.resolving import Known

MOVEMENT, PRODUCT = core(Movement), core(Product)

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture(params=["here", "elsewhere"])
def editor(request, backend, url, clock):
    """Whoever edits products: in this process, or in another one that shares nothing with it but the database."""
    if request.param == "here":
        yield backend
    else:
        with closing(Backend.open(url, clock)) as elsewhere:
            yield elsewhere


@pytest.fixture
def posted(backend, keeper, clock):
    """A few products have been received twice: they are remembered."""
    for _ in range(2):
        clock.advance(seconds=1)
        post(backend, keeper, RECEIPT, *[line(sku, 1, target="A1") for sku in ("BOLT", "NUT", "FLOUR")])


def change(editor, clock, named, /, **values):
    clock.advance(seconds=1)
    admin = signed_in(editor, "ada")
    product = editor.run(catalog_services.detail, admin, ProductRef(named)).product
    editor.run(catalog_editing.change, admin, ChangeProduct(product.product_id, product.version, values))


def last_costs(backend, number):
    statement = select(MOVEMENT.c.unit_cost).order_by(MOVEMENT.c.id.desc()).limit(number)
    return list(backend.work(lambda tx: tx.connection.execute(statement), writes=False).scalars())


@pytest.mark.usefixtures("posted")
class TestSeenAtOnce:
    def test_a_product_that_was_deactivated(self, backend, keeper, editor, clock):
        issue(backend, keeper, "BOLT", 2)
        change(editor, clock, "BOLT", active=False)
        with pytest.raises(InactiveProduct):
            post(backend, keeper, RECEIPT, line("NUT", 1, target="A1"), line("BOLT", 1, target="A1"))
        assert stock(backend)["NUT", "A1"] == 2
        change(editor, clock, "BOLT", active=True)
        post(backend, keeper, RECEIPT, line("NUT", 1, target="A1"), line("BOLT", 1, target="A1"))
        assert stock(backend) == {("NUT", "A1"): 3, ("BOLT", "A1"): 1, ("FLOUR", "A1"): 2}

    def test_a_new_cost(self, backend, keeper, editor, clock):
        for cost in (Decimal("0.5"), Decimal("0.75")):
            change(editor, clock, "BOLT", cost=cost)
            receive(backend, keeper, "BOLT", 1)
            assert last_costs(backend, 1) == [cost]

    def test_a_way_of_tracking(self, backend, keeper, editor, clock):
        admin = signed_in(editor, "ada")
        editor.run(catalog_editing.create, admin, NewProduct({"sku": "NEW", "name": "New", "unit": "pcs"}))
        for _ in range(2):
            clock.advance(seconds=1)
            with pytest.raises(LotNotTracked):
                receive(backend, keeper, "NEW", 1, lot="L9")
        change(editor, clock, "NEW", tracking=Tracking.LOT)
        receive(backend, keeper, "NEW", 1, lot="L9")
        assert stock(backend)["NEW", "A1", "L9"] == 1

    def test_a_code_that_went_to_another_product(self, backend, keeper, editor, clock):
        change(editor, clock, "BOLT", sku="BOLT-8")
        with pytest.raises(UnknownProduct):
            receive(backend, keeper, "BOLT", 1)
        change(editor, clock, "NUT", sku="BOLT")
        receive(backend, keeper, "BOLT", 5)
        assert stock(backend) == {("BOLT-8", "A1"): 2, ("BOLT", "A1"): 7, ("FLOUR", "A1"): 2}

    def test_one_among_many(self, backend, keeper, editor, clock):
        change(editor, clock, "FLOUR", cost=Decimal(3))
        post(backend, keeper, RECEIPT, *[line(sku, 1, target="A1") for sku in ("BOLT", "NUT", "FLOUR")])
        assert last_costs(backend, 3) == [Decimal(3), None, Decimal("0.25")]


def _look(tx, sku="BOLT"):
    known = Known()
    known.learn(tx, KINDS[RECEIPT], [line(sku, 1, target="A1")])
    return known.goods[sku]


def _write(tx, cost):
    """Version 2 of the bolt, whatever it costs then."""
    values = {"cost": Decimal(cost), "version": 2, "updated_at": tx.now}
    tx.connection.execute(update(PRODUCT).where(PRODUCT.c.sku == "BOLT").values(values))


def test_what_was_taken_back_is_not_remembered(backend, clock):
    clock.advance(seconds=1)

    def changed_in_vain(tx):
        _write(tx, 7)
        assert _look(tx).cost == 7
        raise KeyError

    with pytest.raises(KeyError):
        backend.work(changed_in_vain)
    assert backend.work(_look).cost == Decimal("0.25")
    backend.work(lambda tx: _write(tx, 9))
    assert backend.work(_look).cost == 9


def test_remembering_begins_anew_when_it_is_full(backend, clock, monkeypatch):
    monkeypatch.setattr(remembered, "MOST_REMEMBERED", 2)
    clock.advance(seconds=1)
    for _ in range(2):
        for sku in ("BOLT", "NUT", "FLOUR", "LOTTED", "MILK"):
            assert backend.work(lambda tx, sku=sku: _look(tx, sku)).sku == sku
    kept = backend._connections.remembered
    assert kept is None or len(kept) <= 3


def test_a_product_is_read_once_and_its_mark_each_time(sqlite_url, clock, monkeypatch):
    with closing(Backend.open(sqlite_url, clock)) as backend:
        admin = signed_in(backend, "ada")
        backend.run(catalog_editing.create, admin, NewProduct({"sku": "NEW", "name": "New", "unit": "pcs"}))
        read, goods = [], catalog.goods
        monkeypatch.setattr(catalog, "goods", lambda tx, codes, **how: read.append(codes) or goods(tx, codes, **how))
        for _ in range(3):
            clock.advance(seconds=1)
            assert backend.work(lambda tx: _look(tx, "NEW"), writes=False).sku == "NEW"
        assert read == [["NEW"]]
