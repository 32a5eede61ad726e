"""Drafts that are to be posted, asked of a server in one question with all that their lines name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, any_, bindparam, func, select

from wms_tui.db.catalog import GOODS, LOT, PRODUCT_UNIT, plain_goods
from wms_tui.db.entry import DRAFT, MADE, PRODUCT, REASON, SAME_LINE, SCAN, SOURCE, TARGET, UNIT
from wms_tui.db.locations import PLACE, as_place
from wms_tui.db.prepared import Prepared
from wms_tui.domain.locations import Place
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.domain.products import Goods, KnownLot

_HEAD = ("id", "user_id", "saved_at", "kind", "request_id", "reference", "partner", "note")
_LINE_UNIT = UNIT.alias("line_unit")
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SeenDraft:
    """A draft as it is saved, and the document that it would be."""

    draft_id: int
    user_id: int
    saved_at: datetime
    document: PostDocument


@dataclass(slots=True)
class Drafted:
    """Drafts by id, and what their lines name, as ``remembering.Found`` holds it; drafts without lines are left out."""

    drafts: dict[int, SeenDraft] = field(default_factory=dict)
    skus: dict[str, tuple[Goods, int]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    units: dict[tuple[int, str], tuple[int, Decimal]] = field(default_factory=dict)
    lots: dict[tuple[int, str], KnownLot] = field(default_factory=dict)
    reasons: list[Row] = field(default_factory=list)

    def line(self, _head: Row, said: Row, goods: Row, source: Row, target: Row, unit: Row, lot: Row, why: Row) -> Line:
        """One line, after what it names was kept."""
        quantity, number, expires, override, passed, passed_at, manufactured = said
        product = plain_goods(goods[1:])
        self.skus[product.sku] = product, goods[0]
        self.places |= {source[1]: as_place(source), target[1]: as_place(target)}
        unit_code, unit_id, factor = unit
        if factor is not None:
            self.units[product.product_id, unit_code] = unit_id, factor
        if lot[0] is not None:
            self.lots[product.product_id, number] = KnownLot(lot[0], number, lot[1])
        if why[0] is not None:
            self.reasons.append(why)
        return Line(
            *(product.sku, quantity, source[1], target[1], unit_code, number or None, expires, why[1]),
            override=override or None,
            passed=passed or None,
            passed_at=passed_at or None,
            manufactured=manufactured,
        )


def _scans() -> Any:
    """The lines of the drafts: scans of the same goods and places added up."""
    same = [SCAN.c.draft_id, *(SCAN.c[name] for name in SAME_LINE)]
    total = func.sum(SCAN.c.quantity, type_=SCAN.c.quantity.type)
    return (
        select(*same, total.label("quantity"), func.max(SCAN.c.seq).label("last_seq"), MADE)
        .where(SCAN.c.draft_id == any_(bindparam("drafts", type_=ARRAY(BigInteger))))
        .group_by(*same)
        .having(total > 0)
        .subquery("line")
    )


_LINE = _scans()
_PARTS: tuple[tuple[Any, ...], ...] = (
    tuple(DRAFT.c[name] for name in _HEAD),
    tuple(_LINE.c[name] for name in ("quantity", "lot", "expires", "override", "passed", "passed_at", "manufactured")),
    (PRODUCT.c.version, *GOODS),
    tuple(SOURCE.c[column.name] for column in PLACE),
    tuple(TARGET.c[column.name] for column in PLACE),
    (_LINE_UNIT.c.code, _LINE_UNIT.c.id, PRODUCT_UNIT.c.factor),
    (LOT.c.id, LOT.c.expires),
    (REASON.c.id, REASON.c.code, REASON.c.name, REASON.c.direction, REASON.c.active),
)
_BOUNDS = tuple(pairwise(accumulate(map(len, _PARTS), initial=0)))


def _drafted() -> Select[Any]:
    line = _LINE
    columns = [column for part in _PARTS for column in part]
    factor = (PRODUCT_UNIT.c.product_id == line.c.product_id) & (PRODUCT_UNIT.c.unit_id == line.c.unit_id)
    return (
        select(*columns)
        .select_from(line)
        .join(DRAFT, DRAFT.c.id == line.c.draft_id)
        .join(PRODUCT, PRODUCT.c.id == line.c.product_id)
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .join(_LINE_UNIT, _LINE_UNIT.c.id == line.c.unit_id)
        .join(SOURCE, SOURCE.c.id == line.c.source_id)
        .join(TARGET, TARGET.c.id == line.c.target_id)
        .outerjoin(PRODUCT_UNIT, factor)
        .outerjoin(LOT, (LOT.c.product_id == line.c.product_id) & (LOT.c.number == line.c.lot) & (line.c.lot != ""))
        .outerjoin(REASON, REASON.c.id == line.c.reason_id)
        .order_by(line.c.draft_id, line.c.last_seq)
    )


DRAFTED = Prepared(_drafted)
"""One statement, so that a draft and its lines are those of one moment."""


def as_drafted(rows: Iterable[Row]) -> Drafted:
    """What the rows of ``DRAFTED`` say."""
    drafted = Drafted()
    for (draft_id, user_id, saved_at, kind, request_id, *texts), of_draft in groupby(map(_parted, rows), _head):
        lines = tuple(drafted.line(*parts) for parts in of_draft)
        document = PostDocument(DocumentKind(kind), request_id, lines, *texts)
        drafted.drafts[draft_id] = SeenDraft(draft_id, user_id, saved_at, document)
    return drafted


def _parted(row: Row) -> list[Row]:
    """The columns of each of ``_PARTS``."""
    return [row[begin:end] for begin, end in _BOUNDS]


_head = itemgetter(0)
