"""A machine that asks the model and the program for the same, and compares what they answer and what they hold."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from tests.conftest import _with_catalog
from tests.support import counting as counts
from tests.support.clock import Clock
from tests.support.ledger import RECEIPT, document, line, stock
from tests.support.model.counts import Plan
from tests.support.model.warehouse import No, Row, Warehouse
from tests.support.warehouse import signed_in
from wms_tui.db.tables import Document, Location, Lot, Movement, Product, core
from wms_tui.domain.errors import WmsError
from wms_tui.domain.movements import PostDocument, ReverseDocument
from wms_tui.services import movements
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify

FIRST = (line("BOLT", 30, target="A1"), line("BOLT", 9, target="A2"), line("LOTTED", 9, target="A1", lot="L1"))
"""What is received before anything else."""


class Compared(RuleBasedStateMachine):
    """Two backends at one database, four people signed in, and the model beside them."""

    def __init__(self, databases: Any) -> None:
        super().__init__()
        self.at_end = ExitStack()
        url = self.at_end.enter_context(databases.copy_of("catalog", _with_catalog))
        self.sides = [Backend.open(url, Clock()) for _ in range(2)]
        for side in self.sides:
            self.at_end.callback(side.close)
        self.people = {name: signed_in(self.sides[0], name) for name in ("ken", "kim", "ada", "fay")}
        products = self.look(select(Product.sku, Product.id, Product.version))
        self.ids = {sku: key for sku, key, _ in products}
        self.model = Warehouse({sku: version for sku, _, version in products})
        self.sent: list[tuple[str, PostDocument]] = []
        self.undone: list[tuple[str, ReverseDocument]] = []
        self.plans: dict[int, Plan] = {}
        self.serial = 0
        self.post(0, "ken", document(RECEIPT, *FIRST))

    def look(self, statement: Any) -> list[Any]:
        return self.sides[0].work(lambda tx: list(tx.connection.execute(statement)), writes=False)

    def both(self, ours: Callable[[], Any], model: Callable[[], Any]) -> Any:
        """What both answer; a refusal is compared by its name and facts, and answers None."""
        try:
            expected = model()
        except No as no:
            with pytest.raises(WmsError) as refused:
                ours()
            assert refused.value.code == no.name, refused.value.text()
            if no.name == "NotEnoughStock":
                fields = refused.value.fields
                place, on_hand, wanted = fields["location"], fields["on_hand"], fields["wanted"]
                assert (place, Decimal(on_hand), Decimal(wanted)) in no.told
            return None
        answered = ours()
        if isinstance(expected, tuple):
            assert (answered.number, answered.lines, answered.again) == expected
        return answered

    def post(self, side: int, user: str, request: PostDocument) -> None:
        backend, actor = self.sides[side], self.people[user]
        self.both(lambda: backend.run(movements.post, actor, request), lambda: self.model.post(user, request))

    def reviewed(self, side: int, plan_id: int) -> dict[tuple[str, str, str], int]:
        """Key → line id, after the lines were held against the model's."""
        found = counts.reviewed(self.sides[side], self.people["fay"], plan_id).values()
        item = self.model.items
        ours = {(item[one.sku], one.location, one.lot): (one.counted, one.expected, one.moved) for one in found}
        lines = self.plans[plan_id].lines
        assert ours == {key: (one.counted, one.expected, one.moved) for key, one in lines.items()}
        return {(item[one.sku], one.location, one.lot): one.line_id for one in found}

    @invariant()
    def stock_is_the_models(self):
        sku = {item: sku for sku, item in self.model.items.items()}
        held = {key: quantity for key, quantity in self.model.stock.items() if quantity}
        named = {tuple(part for part in (sku[item], *rest) if part): q for (item, *rest), q in held.items()}
        assert stock(self.sides[0]) == named

    @invariant()
    def documents_are_the_models(self):
        ours: dict[str, tuple[str, str, list[Any]]] = {}
        for number, kind, reverses, *moved in self.look(LEDGER):
            ours.setdefault(number, (kind, reverses or "", []))[2].append(tuple(moved))
        item = self.model.items
        assert {
            number: (kind, reverses, sorted((item[sku], *rest) for sku, *rest in rows))
            for number, (kind, reverses, rows) in ours.items()
        } == {one.number: (one.kind, one.reverses, sorted(map(_values, one.rows))) for one in self.model.documents}

    def teardown(self):
        try:
            assert [check.name for check in verify(self.sides[1]).checks if not check.ok] == []
        finally:
            self.at_end.close()


def _values(row: Row) -> tuple[Any, ...]:
    return row.item, row.lot, row.source, row.target, row.quantity


def _ledger() -> Any:
    written, moved, product, lot = core(Document), core(Movement), core(Product), core(Lot)
    original, source, target = written.alias(), core(Location).alias(), core(Location).alias()
    return (
        select(written.c.number, written.c.kind, original.c.number, product.c.sku, lot.c.number)
        .add_columns(source.c.code, target.c.code, moved.c.quantity)
        .select_from(written)
        .join(moved, moved.c.document_id == written.c.id)
        .join(product, product.c.id == moved.c.product_id)
        .join(lot, lot.c.id == moved.c.lot_id)
        .join(source, source.c.id == moved.c.source_id)
        .join(target, target.c.id == moved.c.target_id)
        .outerjoin(original, original.c.id == written.c.reverses_id)
    )


LEDGER = _ledger()
