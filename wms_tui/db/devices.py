"""Statements that keep what is remembered of devices."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update
from sqlalchemy.sql.dml import Insert

from wms_tui.db.prepared import Prepared, upsert
from wms_tui.db.tables import Device, core

DEVICE = core(Device)
FIELDS = ("profile", "keys", "escape_delay", "bell", "version")


def _add(dialect: str) -> Insert:
    """Two may name the same device at once: the second finds it there."""
    put = upsert(dialect, DEVICE).values(**{name: bindparam(name) for name in ("name", *FIELDS)})
    return put.on_conflict_do_nothing(index_elements=["name"])


FIND = Prepared(lambda: select(*(DEVICE.c[name] for name in FIELDS)).where(DEVICE.c.name == bindparam("name")))
NAMES = Prepared(lambda: select(DEVICE.c.name).order_by(DEVICE.c.name))
ADD = Prepared.by_dialect(_add)
CHANGE = Prepared(
    lambda: (
        update(DEVICE)
        .where(DEVICE.c.name == bindparam("device"), DEVICE.c.version == bindparam("seen"))
        .values(**{name: bindparam(name) for name in FIELDS})
    )
)
