"""What passes the door: whoever may, and what is written of it into the audit."""

from __future__ import annotations

import json
from typing import Any

from wms_tui.db import access as people
from wms_tui.db.audit import RECORD
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.errors import AccountDisabled, NotAllowed, SessionEnded, WmsError
from wms_tui.domain.roles import permission_name
from wms_tui.domain.seeded import named
from wms_tui.services.together import Errand


def carry_out(tx: Tx, errand: Errand) -> Any:
    """The permission, the use case, its audit events; all in one transaction."""
    case, actor, request = errand.case, errand.actor, errand.request
    require(tx, actor, case.needs(request))
    receipt = case(tx, actor, request)
    record(tx, actor.user_id, actor.terminal)
    return receipt


def behind_savepoint(tx: Tx, errand: Errand) -> Any:
    """The receipt, or the refusal."""
    try:
        with tx.savepoint():
            return carry_out(tx, errand)
    except WmsError as refusal:
        return refusal


def require(tx: Tx, actor: Actor, permission: Permission) -> None:
    """Refuse whoever is signed out, disabled or without the permission, as it stands now.

    The door asks it first; a use case asks again where it finds out half-way what else it needs.
    """
    standing = people.standing(tx, actor.session_id, permission.value)
    if standing is None or standing.ended_at is not None:
        raise SessionEnded
    if not standing.active:
        raise AccountDisabled
    if not standing.may:
        raise NotAllowed(role=named(standing.role), permission=permission_name(permission))


def holds(tx: Tx, actor: Actor, permission: Permission) -> bool:
    """Whether the operator's role holds a permission now."""
    standing = people.standing(tx, actor.session_id, permission.value)
    return standing is not None and standing.may


def record(tx: Tx, user_id: int | None, terminal: str) -> None:
    """Write the audit events that the transaction has gathered."""
    shared = {"at": tx.now, "user_id": user_id, "terminal": terminal}
    tx.many(
        RECORD,
        [
            {
                **shared,
                "action": note.action,
                "subject": note.subject,
                "before": _as_json(note.before),
                "after": _as_json(note.after),
            }
            for note in tx.notes
        ],
    )
    tx.notes.clear()


def _as_json(values: Any) -> str:
    return json.dumps(dict(values), ensure_ascii=False, default=str) if values else ""
