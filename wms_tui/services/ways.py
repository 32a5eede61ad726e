"""What a line has in common with others like it: all but its quantity and cost, looked up and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from wms_tui.db.balances import BalanceKey, Change
from wms_tui.db.movements import MovementRow
from wms_tui.db.posting_alone import Way, way
from wms_tui.db.tables import NO_LOT
from wms_tui.domain import posting
from wms_tui.domain.locations import Place
from wms_tui.domain.movements import Line, MovementKind
from wms_tui.domain.products import Goods
from wms_tui.domain.quantities import NOTHING
from wms_tui.services.resolving import Known, amounts, ends


class Usual(NamedTuple):
    """``factor`` is base units per unit, ``pack`` units per entered one; ``versions`` and ``places`` are by id.

    ``taken`` and ``put`` are the balances that change, where places are real ones.
    """

    goods: Goods
    unit_id: int
    factor: Decimal
    pack: Decimal
    source: Place
    target: Place
    versions: Mapping[int, int]
    places: Mapping[int, Place]
    taken: BalanceKey | None
    put: BalanceKey | None
    way: Way

    def row(self, line: Line) -> MovementRow:
        """The line as a movement. Raises what is wrong with its quantity or cost."""
        quantity, entered, cost = amounts(self.goods, line, self.factor, self.pack)
        product_id, source_id, target_id = self.goods.product_id, self.source.location_id, self.target.location_id
        return MovementRow._make(
            (product_id, NO_LOT, source_id, target_id, quantity, self.unit_id, entered, cost, None)  # see ``resolve``
        )

    def changes(self, quantity: Decimal) -> dict[BalanceKey, Change]:
        """What the movement of so many base units does to the balances."""
        changes = {}
        if self.taken:
            changes[self.taken] = Change(-quantity, quantity)
        if self.put:
            changes[self.put] = Change(quantity, NOTHING)
        return changes


def usual(rule: MovementKind, known: Known, version: int, line: Line) -> Usual:
    """Of a line without a lot. Raises what is wrong with it."""
    goods = known.product(line.code)
    posting.check_goods(goods)
    posting.lot_number(goods, None)
    source, target, _ = ends(rule, known, line)
    unit_id, factor, pack = known.unit(goods, line.unit)
    taken, put = (
        (goods.product_id, place.location_id, NO_LOT) if place.is_real else None for place in (source, target)
    )
    return Usual(
        goods,
        unit_id,
        factor,
        pack,
        source,
        target,
        {goods.product_id: version},
        {place.location_id: place for place in (source, target)},
        taken,
        put,
        way(rule, goods.product_id, version, NO_LOT, unit_id, source, target),
    )
