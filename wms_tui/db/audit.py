"""Writing and reading audit events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select

from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import AuditEvent, User, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import name_key
from wms_tui.domain.audit import AuditQuery

EVENT, USER = core(AuditEvent), core(User)
RECORD = Prepared(
    lambda: insert(EVENT).values(
        at=bindparam("at"),
        user_id=bindparam("user_id"),
        terminal=bindparam("terminal"),
        action=bindparam("action"),
        subject=bindparam("subject"),
        before=bindparam("before"),
        after=bindparam("after"),
    )
)


def events(tx: Tx, query: AuditQuery) -> list[tuple[Any, ...]]:
    """(id, at, user, terminal, action, subject, before, after), the newest first; one more than asked for, if any."""
    columns = (EVENT.c.at, func.coalesce(USER.c.name, ""), EVENT.c.terminal, EVENT.c.action, EVENT.c.subject)
    found = select(EVENT.c.id, *columns, EVENT.c.before, EVENT.c.after).outerjoin(USER, USER.c.id == EVENT.c.user_id)
    found = found.where(*_filters(query)).order_by(EVENT.c.id.desc()).limit(query.limit + 1)
    return [tuple(row) for row in tx.connection.execute(found)]


def _filters(query: AuditQuery) -> Iterator[ColumnElement[bool]]:
    if query.text:
        parts = (EVENT.c.subject, EVENT.c.action)
        within = (column.icontains(query.text, autoescape=True) for column in parts)
        yield or_(USER.c.name_key == name_key(query.text), EVENT.c.action.in_(query.actions), *within)
    for column, wanted in ((USER.c.name, query.user), (EVENT.c.action, query.action), (EVENT.c.subject, query.subject)):
        if wanted:
            yield column == wanted
    if query.since:
        yield EVENT.c.at >= query.since
    if query.until:
        yield EVENT.c.at < query.until
    if query.after is not None:
        yield EVENT.c.id < query.after
