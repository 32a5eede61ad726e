"""Who holds up whom on PostgreSQL: a transaction bears the id of its user as the name of its application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from wms_tui.db.transaction import Tx

_MARK = "wms user "

_HOLDERS = """
SELECT waiting.pid, coalesce("user".name, holder.application_name),
    extract(epoch FROM clock_timestamp() - waiting.query_start)::int
FROM pg_stat_activity AS waiting CROSS JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocking (pid)
JOIN pg_stat_activity AS holder ON holder.pid = blocking.pid
LEFT JOIN "user" ON holder.application_name = %(mark)s || "user".id
WHERE waiting.pid = ANY(%(pids)s) ORDER BY waiting.pid, 2
"""


class Holder(NamedTuple):
    """Whom a connection of ours waits for, and for how many seconds."""

    waiting_pid: int
    name: str
    seconds: int


def mark_of(user_id: int) -> str:
    """The name that a user's transactions bear."""
    return f"{_MARK}{user_id}"


def name_of(tx: Tx, mark: str) -> str:
    """The name of the user whose mark it is, in an embedded database; the program's where it is nobody's."""
    found = tx.native('SELECT name FROM "user" WHERE ? = ? || id', (mark, _MARK))
    return str(found[0][0]) if found else "wms"


def holders(tx: Tx, pids: Sequence[int]) -> list[Holder]:
    """Whoever holds what these connections wait for; by name, other programs by the name that they give themselves."""
    return [Holder(*row) for row in tx.native(_HOLDERS, {"mark": _MARK, "pids": list(pids)})]
