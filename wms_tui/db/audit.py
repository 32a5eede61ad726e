"""Writing audit events."""

from __future__ import annotations

from sqlalchemy import bindparam, insert

from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import AuditEvent, core

EVENT = core(AuditEvent)
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
