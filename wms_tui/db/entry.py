"""Statements about drafts and their scans."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, column, delete, func, insert, select, update
from sqlalchemy.sql.dml import Update

from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import Draft, DraftScan, Location, Product, Reason, Unit, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.entry import EntryLine, Proposal, Step
from wms_tui.domain.movements import DocumentKind

DRAFT, SCAN, PRODUCT, UNIT, REASON = core(Draft), core(DraftScan), core(Product), core(Unit), core(Reason)
SOURCE, TARGET = core(Location).alias("source"), core(Location).alias("target")
LATEST = 50


class DraftRow(NamedTuple):
    """A draft's own row."""

    draft_id: int
    kind: str
    request_id: str
    step: str
    source_id: int | None
    target_id: int | None
    reason_id: int | None
    reference: str
    partner: str
    note: str
    pending_quantity: Decimal | None
    pending_code: str
    pending_lot: str
    created_at: datetime
    saved_at: datetime
    override: str = ""
    """Why what is entered now is taken though it does not keep long enough; not kept with the draft."""
    proposal: Proposal | None = None
    """What was looked up for the lot that is asked for now; not kept with the draft."""


class ScanRow(NamedTuple):
    """A scan as it is kept."""

    product_id: int
    unit_id: int
    factor: Decimal
    quantity: Decimal
    lot: str
    expires: date | None
    source_id: int
    target_id: int
    reason_id: int | None
    override: str = ""
    passed: str = ""
    passed_at: str = ""
    manufactured: date | None = None


SAME_LINE = (
    *("product_id", "unit_id", "factor", "lot", "expires", "source_id", "target_id", "reason_id"),
    *("override", "passed", "passed_at"),
)
_CHANGEABLE = (
    "step",
    "source_id",
    "target_id",
    "reason_id",
    "reference",
    "partner",
    "note",
    "pending_quantity",
    "pending_code",
    "pending_lot",
    "saved_at",
)


def _draft() -> Select[Any]:
    columns = ("id", *(name for name in DraftRow._fields[1:] if name not in DraftRow._field_defaults))
    return select(*(DRAFT.c[name] for name in columns)).where(DRAFT.c.user_id == bindparam("user_id"))


MADE = func.min(SCAN.c.manufactured).label("manufactured")
"""A lot may be made over days: of the dates on its labels a line has the first."""


def _grouped() -> Any:
    same = [SCAN.c[name] for name in SAME_LINE]
    total = func.sum(SCAN.c.quantity, type_=SCAN.c.quantity.type)
    return (
        select(*same, total.label("quantity"), func.max(SCAN.c.seq).label("last_seq"), MADE)
        .where(SCAN.c.draft_id == bindparam("draft_id"))
        .group_by(*same)
        .having(total > 0)
        .subquery("line")
    )


def _lines() -> Select[Any]:
    line = _grouped()
    return (
        select(
            PRODUCT.c.sku,
            PRODUCT.c.name,
            line.c.quantity,
            UNIT.c.code,
            line.c.lot,
            line.c.expires,
            SOURCE.c.code,
            TARGET.c.code,
            func.coalesce(REASON.c.code, ""),
            line.c.product_id,
            line.c.last_seq,
            line.c.override,
            line.c.passed,
            line.c.passed_at,
            line.c.manufactured,
        )
        .select_from(line)
        .join(PRODUCT, PRODUCT.c.id == line.c.product_id)
        .join(UNIT, UNIT.c.id == line.c.unit_id)
        .join(SOURCE, SOURCE.c.id == line.c.source_id)
        .join(TARGET, TARGET.c.id == line.c.target_id)
        .outerjoin(REASON, REASON.c.id == line.c.reason_id)
    )


def _save() -> Update:
    return (
        update(DRAFT).where(DRAFT.c.id == bindparam("draft_id")).values({name: bindparam(name) for name in _CHANGEABLE})
    )


def _drafted() -> Select[Any]:
    """Base units that the draft takes from a place already, by product and lot."""
    base = func.sum(SCAN.c.quantity, type_=SCAN.c.quantity.type)
    return (
        select(SCAN.c.factor, base)
        .where(
            SCAN.c.draft_id == bindparam("draft_id"),
            SCAN.c.product_id == bindparam("product_id"),
            SCAN.c.lot == bindparam("lot"),
            SCAN.c.source_id == bindparam("source_id"),
        )
        .group_by(SCAN.c.factor)
    )


BY_KIND = Prepared(lambda: _draft().where(DRAFT.c.kind == bindparam("kind")))
BY_KIND_HELD = Prepared(lambda: _draft().where(DRAFT.c.kind == bindparam("kind")).with_for_update())
ALL = Prepared(lambda: _draft().order_by(DRAFT.c.id))
ADD = Prepared(
    lambda: (
        insert(DRAFT)
        .values(
            user_id=bindparam("user_id"),
            kind=bindparam("kind"),
            request_id=bindparam("request_id"),
            step=bindparam("step"),
            reference="",
            partner="",
            note="",
            pending_code="",
            pending_lot="",
            created_at=bindparam("now"),
            saved_at=bindparam("now"),
        )
        .returning(DRAFT.c.id)
    )
)
SAVE = Prepared(_save)
REMOVE = Prepared(lambda: delete(DRAFT).where(DRAFT.c.id == bindparam("draft_id")))
REMOVE_SCANS = Prepared(lambda: delete(SCAN).where(SCAN.c.draft_id == bindparam("draft_id")))
LAST_SEQ = Prepared(
    lambda: select(func.coalesce(func.max(SCAN.c.seq), 0)).where(SCAN.c.draft_id == bindparam("draft_id"))
)
ADD_SCAN = Prepared(
    lambda: insert(SCAN).values({name: bindparam(name) for name in ("draft_id", "seq", *ScanRow._fields)})
)
SCAN_AT = Prepared(
    lambda: select(*(SCAN.c[name] for name in ScanRow._fields)).where(
        SCAN.c.draft_id == bindparam("draft_id"), SCAN.c.seq == bindparam("seq")
    )
)
REMOVE_SCAN = Prepared(
    lambda: delete(SCAN).where(SCAN.c.draft_id == bindparam("draft_id"), SCAN.c.seq == bindparam("seq"))
)
OVERRIDE = Prepared(
    lambda: (
        update(SCAN)
        .where(
            SCAN.c.draft_id == bindparam("draft"),
            SCAN.c.product_id == bindparam("product"),
            SCAN.c.lot == bindparam("number"),
        )
        .values(override=bindparam("why"))
    )
)
LATEST_LINES = Prepared(lambda: _lines().order_by(column("last_seq").desc()).limit(LATEST))
LINES = Prepared(lambda: _lines().order_by(column("last_seq")))
LINE_COUNT = Prepared(lambda: select(func.count()).select_from(_grouped()))
DRAFTED = Prepared(_drafted)


def draft(tx: Tx, user_id: int, kind: DocumentKind, hold: bool = False) -> DraftRow | None:
    """``hold``: so that nobody adds to it before the end of the transaction."""
    row = tx.one(BY_KIND_HELD if hold else BY_KIND, user_id=user_id, kind=kind.value)
    return DraftRow(*row) if row else None


def drafts(tx: Tx, user_id: int) -> list[DraftRow]:
    return [DraftRow(*row) for row in tx.all(ALL, user_id=user_id)]


def begin(tx: Tx, user_id: int, kind: DocumentKind, request_id: str, step: Step) -> None:
    tx.run(ADD, user_id=user_id, kind=kind.value, request_id=request_id, step=step.value, now=tx.now)


def save(tx: Tx, row: DraftRow) -> DraftRow:
    """Write what changed of a draft, with the time of now; the draft as it is saved."""
    values = {name: getattr(row, name) for name in _CHANGEABLE if name != "saved_at"}
    tx.run(SAVE, draft_id=row.draft_id, saved_at=tx.now, **values)
    return row._replace(saved_at=tx.now)


def remove(tx: Tx, draft_id: int) -> None:
    tx.run(REMOVE_SCANS, draft_id=draft_id)
    tx.run(REMOVE, draft_id=draft_id)


def last_seq(tx: Tx, draft_id: int) -> int:
    row = tx.one(LAST_SEQ, draft_id=draft_id)
    return int(row[0]) if row else 0


def add_scan(tx: Tx, draft_id: int, scan: ScanRow) -> None:
    tx.run(ADD_SCAN, draft_id=draft_id, seq=last_seq(tx, draft_id) + 1, **scan._asdict())


def last_scan(tx: Tx, draft_id: int) -> tuple[int, ScanRow] | None:
    """The latest scan with its place in the order, or None."""
    seq = last_seq(tx, draft_id)
    row = tx.one(SCAN_AT, draft_id=draft_id, seq=seq) if seq else None
    return (seq, ScanRow(*row)) if row else None


def drafted(tx: Tx, draft_id: int, product_id: int, lot: str, source_id: int) -> Decimal:
    """Base units of a product and lot that the draft takes from a place already."""
    rows = tx.all(DRAFTED, draft_id=draft_id, product_id=product_id, lot=lot, source_id=source_id)
    return sum((factor * quantity for factor, quantity in rows), Decimal(0))


def lines(tx: Tx, draft_id: int, latest: bool = False) -> tuple[EntryLine, ...]:
    """All lines in the order of entry, or the latest ones first."""
    statement = LATEST_LINES if latest else LINES
    return tuple(EntryLine(*row) for row in tx.all(statement, draft_id=draft_id))


def line_count(tx: Tx, draft_id: int) -> int:
    row = tx.one(LINE_COUNT, draft_id=draft_id)
    return int(row[0]) if row else 0
