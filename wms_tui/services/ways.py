"""What a line has in common with others like it: all but its quantity and cost, looked up and checked once."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from wms_tui.db.posting_alone import Way, way
from wms_tui.db.tables import NO_LOT
from wms_tui.domain import posting
from wms_tui.domain.movements import Line, MovementKind
from wms_tui.domain.products import Goods
from wms_tui.services.resolving import Known, ends


class Usual(NamedTuple):
    """``factor`` is base units per unit, ``pack`` units per entered one."""

    goods: Goods
    factor: Decimal
    pack: Decimal
    way: Way


def usual(rule: MovementKind, known: Known, version: int, line: Line) -> Usual:
    """Of a line without a lot. Raises what is wrong with it."""
    goods = known.product(line.code)
    posting.check_goods(goods)
    posting.lot_number(goods, None)
    source, target, _ = ends(rule, known, line)
    unit_id, factor, pack = known.unit(goods, line.unit)
    return Usual(goods, factor, pack, way(rule, goods.product_id, version, NO_LOT, unit_id, source, target))
