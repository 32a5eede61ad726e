"""Statements behind the history screen: pages of documents by key, and one document whole."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from wms_tui.db.enquiry import below
from wms_tui.db.history import DOCUMENT, REVERSAL
from wms_tui.db.movements import LOT, MOVEMENT, REASON
from wms_tui.db.tables import Location, Product, Unit, User, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import name_key
from wms_tui.domain.enquiry import HistoryQuery

PRODUCT, UNIT, USER, LOCATION = core(Product), core(Unit), core(User), core(Location)
BASE_UNIT, SOURCE, TARGET = UNIT.alias("base_unit"), LOCATION.alias("source"), LOCATION.alias("target")
ORIGINAL = DOCUMENT.alias("original")


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
        .where(*_filters(query))
        .order_by(DOCUMENT.c.id.desc())
        .limit(query.limit + 1)
    )
    if query.after is not None:
        statement = statement.where(DOCUMENT.c.id < query.after)
    return [tuple(row) for row in tx.connection.execute(statement)]


def _line_count() -> Any:
    return select(func.count()).where(MOVEMENT.c.document_id == DOCUMENT.c.id).scalar_subquery()


def _filters(query: HistoryQuery) -> list[Any]:
    filters: list[Any] = []
    if query.text:
        filters.append(DOCUMENT.c.number == query.text.upper())
    if query.kind:
        filters.append(DOCUMENT.c.kind == query.kind.value)
    if query.user:
        filters.append(USER.c.name_key == name_key(query.user))
    if query.reference:
        filters.append(or_(*(_begins(start) for start in sorted({query.reference, query.reference.upper()}))))
    if query.since:
        filters.append(DOCUMENT.c.posted_at >= query.since)
    if query.until:
        filters.append(DOCUMENT.c.posted_at < query.until)
    return filters + _touching(query)


def _begins(start: str) -> Any:
    """References that begin so; the comparison lets the index be used."""
    return and_(DOCUMENT.c.reference >= start, DOCUMENT.c.reference.startswith(start, autoescape=True))


def _touching(query: HistoryQuery) -> list[Any]:
    """Documents with a movement of a product, or at a location or anything below it."""
    filters: list[Any] = []
    if query.sku:
        product = select(PRODUCT.c.id).where(PRODUCT.c.sku == query.sku).scalar_subquery()
        filters.append(DOCUMENT.c.id.in_(select(MOVEMENT.c.document_id).where(MOVEMENT.c.product_id == product)))
    if query.location:
        places = select(below(query.location).c.id)
        touches = or_(MOVEMENT.c.source_id.in_(places), MOVEMENT.c.target_id.in_(places))
        filters.append(DOCUMENT.c.id.in_(select(MOVEMENT.c.document_id).where(touches)))
    return filters


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


def _lines() -> Select[Any]:
    return (
        select(
            MOVEMENT.c.line,
            PRODUCT.c.sku,
            PRODUCT.c.name,
            LOT.c.number,
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
