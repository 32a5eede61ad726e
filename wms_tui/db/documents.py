"""Statements behind the history screen: pages of documents by key, and one document whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select, tuple_, union

from wms_tui.db.audit import EVENT
from wms_tui.db.enquiry import below
from wms_tui.db.history import DOCUMENT, REVERSAL
from wms_tui.db.movements import LOT, MOVEMENT, REASON
from wms_tui.db.tables import Location, Product, Unit, User, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import name_key
from wms_tui.domain.enquiry import HistoryQuery

PRODUCT, UNIT, USER, LOCATION = core(Product), core(Unit), core(User), core(Location)
BASE_UNIT, SOURCE, TARGET = UNIT.alias("base_unit"), LOCATION.alias("source"), LOCATION.alias("target")
ORIGINAL, LAST = DOCUMENT.alias("original"), DOCUMENT.alias("last")

LAST_CHARACTER = "\U0010ffff"


def page(tx: Tx, query: HistoryQuery) -> list[tuple[Any, ...]]:
    """The fields of ``DocumentRow``, newest first."""
    statement = (
        select(
            DOCUMENT.c.id,
            DOCUMENT.c.number,
            DOCUMENT.c.kind,
            DOCUMENT.c.reference,
            DOCUMENT.c.partner,
            USER.c.name,
            DOCUMENT.c.happened_at,
            DOCUMENT.c.posted_at,
            _line_count(),
            func.coalesce(REVERSAL.c.number, ""),
        )
        .join(USER, USER.c.id == DOCUMENT.c.user_id)
        .outerjoin(REVERSAL, REVERSAL.c.reverses_id == DOCUMENT.c.id)
        .where(*_filters(tx, query), *_touching(tx, query))
        .limit(query.limit + 1)
    )
    return [tuple(row) for row in tx.connection.execute(_newest_first(statement, query))]


def _newest_first(statement: Select[Any], query: HistoryQuery) -> Select[Any]:
    """The page after the last one's end, in the order of the index that finds its rows."""
    if not (query.since or query.until):
        later = statement if query.after is None else statement.where(DOCUMENT.c.id < query.after)
        return later.order_by(DOCUMENT.c.id.desc())
    if query.after is not None:
        last = select(LAST.c.posted_at).where(LAST.c.id == query.after).scalar_subquery()
        statement = statement.where(tuple_(DOCUMENT.c.posted_at, DOCUMENT.c.id) < tuple_(last, query.after))
    return statement.order_by(DOCUMENT.c.posted_at.desc(), DOCUMENT.c.id.desc())


def _line_count() -> Any:
    return select(func.count()).where(MOVEMENT.c.document_id == DOCUMENT.c.id).scalar_subquery()


def _begins(tx: Tx, column: Any, start: str) -> Any:
    """Texts that begin so, capitals and all, by an index: SQLite has none for LIKE."""
    if tx.dialect.name == "sqlite":
        return and_(column >= start, column < start + LAST_CHARACTER)
    return column.startswith(start, autoescape=True)


def _filters(tx: Tx, query: HistoryQuery) -> list[Any]:
    filters: list[Any] = []
    if query.text:
        filters.append(DOCUMENT.c.number == query.text.upper())
    if query.kind:
        filters.append(DOCUMENT.c.kind == query.kind.value)
    if query.user:
        filters.append(USER.c.name_key == name_key(query.user))
    if query.reference:
        starts = sorted({query.reference, query.reference.upper()})
        filters.append(or_(*(_begins(tx, DOCUMENT.c.reference, start) for start in starts)))
    if query.since:
        filters.append(DOCUMENT.c.posted_at >= query.since)
    if query.until and query.after is None:  # a page's end is the tighter bound, and an index takes only one
        filters.append(DOCUMENT.c.posted_at < query.until)
    return filters


def _touching(tx: Tx, query: HistoryQuery) -> list[Any]:
    """Documents with a movement of a product, or at a location or anything below it."""
    filters: list[Any] = []
    if query.sku:
        product = select(PRODUCT.c.id).where(PRODUCT.c.sku == query.sku).scalar_subquery()
        filters.append(_found(query, MOVEMENT.c.product_id == product))
    if query.location:
        places = [key for (key,) in tx.connection.execute(select(below(query.location).c.id))]
        filters.append(_touching_places(query, places))
    return filters


def _touching_places(query: HistoryQuery, places: list[int]) -> Any:
    """One place is found by its index; for a zone it is quicker to look at the newest documents one by one."""
    if len(places) == 1:
        return _found(query, MOVEMENT.c.source_id == places[0], MOVEMENT.c.target_id == places[0])
    tree = select(below(query.location).c.id)
    touches = or_(MOVEMENT.c.source_id.in_(tree), MOVEMENT.c.target_id.in_(tree))
    return exists().where(MOVEMENT.c.document_id == DOCUMENT.c.id, touches)


def _found(query: HistoryQuery, *conditions: Any) -> Any:
    """Documents with a movement under one of the conditions; no more than a page needs where nothing else counts."""
    parts = []
    for condition in conditions:
        part = select(MOVEMENT.c.document_id).where(condition)
        if _is_only_filter(query):
            part = part if query.after is None else part.where(MOVEMENT.c.document_id < query.after)
            part = part.distinct().order_by(MOVEMENT.c.document_id.desc()).limit(query.limit + 1)
        parts.append(select(part.subquery().c.document_id))
    return DOCUMENT.c.id.in_(union(*parts))


def _is_only_filter(query: HistoryQuery) -> bool:
    others = (query.text, query.kind, query.user, query.reference, query.since, query.until)
    return not any(others) and not (query.sku and query.location)


def header(tx: Tx, number: str) -> tuple[Any, ...] | None:
    """One document: id, then the fields of ``DocumentDetail`` up to ``reversed_by``."""
    statement = (
        select(
            DOCUMENT.c.id,
            DOCUMENT.c.number,
            DOCUMENT.c.kind,
            DOCUMENT.c.reference,
            DOCUMENT.c.partner,
            DOCUMENT.c.note,
            USER.c.name,
            DOCUMENT.c.terminal,
            DOCUMENT.c.happened_at,
            DOCUMENT.c.posted_at,
            DOCUMENT.c.request_id,
            ORIGINAL.c.number,
            REVERSAL.c.number,
        )
        .join(USER, USER.c.id == DOCUMENT.c.user_id)
        .outerjoin(ORIGINAL, ORIGINAL.c.id == DOCUMENT.c.reverses_id)
        .outerjoin(REVERSAL, REVERSAL.c.reverses_id == DOCUMENT.c.id)
        .where(DOCUMENT.c.number == number.strip().upper())
    )
    row = tx.connection.execute(statement).first()
    return tuple(row) if row else None


def lines(tx: Tx, document_id: int) -> list[tuple[Any, ...]]:
    """The movements of a document, in the order of ``DetailLine``."""
    return [tuple(row) for row in tx.connection.execute(_lines().where(MOVEMENT.c.document_id == document_id))]


def remarks(tx: Tx, number: str, actions: Sequence[str]) -> list[tuple[str, str]]:
    """What the audit keeps of a document under some actions: (action, JSON)."""
    found = select(EVENT.c.action, EVENT.c.after).where(EVENT.c.subject == number, EVENT.c.action.in_(actions))
    return [(action, after) for action, after in tx.connection.execute(found.order_by(EVENT.c.id))]


def _lines() -> Select[Any]:
    return (
        select(
            MOVEMENT.c.line,
            PRODUCT.c.sku,
            PRODUCT.c.name,
            LOT.c.number,
            LOT.c.manufactured,
            LOT.c.expires,
            SOURCE.c.code,
            TARGET.c.code,
            MOVEMENT.c.quantity,
            BASE_UNIT.c.code,
            MOVEMENT.c.entered_quantity,
            UNIT.c.code,
            REASON.c.code,
            MOVEMENT.c.unit_cost,
        )
        .join(PRODUCT, PRODUCT.c.id == MOVEMENT.c.product_id)
        .join(LOT, LOT.c.id == MOVEMENT.c.lot_id)
        .join(SOURCE, SOURCE.c.id == MOVEMENT.c.source_id)
        .join(TARGET, TARGET.c.id == MOVEMENT.c.target_id)
        .join(UNIT, UNIT.c.id == MOVEMENT.c.unit_id)
        .join(BASE_UNIT, BASE_UNIT.c.id == PRODUCT.c.unit_id)
        .outerjoin(REASON, REASON.c.id == MOVEMENT.c.reason_id)
        .order_by(MOVEMENT.c.id)
    )
