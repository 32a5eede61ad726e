"""Statements about locations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from wms_tui.db.prepared import Prepared, PreparedMany
from wms_tui.db.tables import Location, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.locations import LocationKind, Place

LOCATION = core(Location)
PLACE = (LOCATION.c.id, LOCATION.c.code, LOCATION.c.name, LOCATION.c.kind, LOCATION.c.closed)

BY_CODES = PreparedMany(
    lambda names: select(*PLACE).where(
        LOCATION.c.code.in_([bindparam(name, type_=LOCATION.c.code.type) for name in names])
    )
)
BY_ID = Prepared(lambda: select(*PLACE).where(LOCATION.c.id == bindparam("location_id")))


def found(tx: Tx, code: str) -> Place | None:
    """The location of one code, None for an unknown one."""
    return places(tx, [code]).get(code)


def places(tx: Tx, codes: Sequence[str]) -> dict[str, Place]:
    """Locations by the code asked for; a code typed in small letters finds one written in capitals."""
    found = {place.code: place for place in _among(tx, codes)}
    missing = {code: code.upper() for code in codes if code not in found and code.upper() != code}
    if missing:
        capitals = {place.code: place for place in _among(tx, list(missing.values()))}
        found |= {code: capitals[upper] for code, upper in missing.items() if upper in capitals}
    return found


def place(tx: Tx, location_id: int) -> Place:
    row = tx.one(BY_ID, location_id=location_id)
    assert row is not None
    return as_place(row)


def _among(tx: Tx, codes: Sequence[str]) -> list[Place]:
    return [as_place(row) for row in tx.among(BY_CODES, codes)]


def as_place(row: tuple) -> Place:
    """A location from the columns that ``PLACE`` names."""
    key, code, name, kind, closed = row
    return Place(key, code, name, LocationKind(kind), closed)
