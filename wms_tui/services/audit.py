"""Reading the audit."""

from __future__ import annotations

import json
from typing import Any

from wms_tui.db import audit as db
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.audit import BETWEEN, COST_FIELDS, AuditQuery, AuditRow
from wms_tui.domain.enquiry import Page
from wms_tui.services.door import holds
from wms_tui.services.use_cases import use_case


@use_case(Permission.AUDIT_VIEW, writes=False)
def page(tx: Tx, actor: Actor, request: AuditQuery) -> Page[AuditRow]:
    """A part of the audit, the newest events first."""
    return read(tx, actor, request)


def read(tx: Tx, actor: Actor, request: AuditQuery) -> Page[AuditRow]:
    """The same for whoever composes it."""
    rows = db.events(tx, request)
    sees_cost = holds(tx, actor, Permission.COST_VIEW)
    found = tuple(AuditRow(*row[:6], *(_read(text, sees_cost) for text in row[6:])) for row in rows[: request.limit])
    return Page(found, found[-1].event_id if len(rows) > request.limit else None)


def _read(text: str, sees_cost: bool) -> dict[str, str]:
    """What changed, by field; each value as text."""
    values: dict[str, Any] = json.loads(text) if text else {}
    return {name: _told(value) for name, value in values.items() if sees_cost or name not in COST_FIELDS}


def _told(value: Any) -> str:
    if isinstance(value, list):
        return BETWEEN.join(str(one) for one in value)
    return "" if value is None else str(value)
