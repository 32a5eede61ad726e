"""Statements about locations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select

from wms_tui.db.holding import shared
from wms_tui.db.prepared import Prepared, PreparedMany, among
from wms_tui.db.tables import Location, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.locations import LocationKind, Place

LOCATION = core(Location)
PLACE = (LOCATION.c.id, LOCATION.c.code, LOCATION.c.name, LOCATION.c.kind, LOCATION.c.closed)


def _by_codes(names: list[str]) -> Select[Any]:
    return select(*PLACE).where(among(LOCATION.c.code, names))


BY_CODES = PreparedMany(_by_codes)
BY_ID = Prepared(lambda: select(*PLACE).where(LOCATION.c.id == bindparam("location_id")))
BY_CODES_HELD = PreparedMany(lambda names: shared(_by_codes(names), LOCATION))
BY_ID_HELD = Prepared(lambda: shared(select(*PLACE).where(LOCATION.c.id == bindparam("location_id")), LOCATION))


def found(tx: Tx, code: str) -> Place | None:
    """The location of one code, None for an unknown one."""
    return places(tx, [code]).get(code)


def places(tx: Tx, codes: Sequence[str], hold: bool = False) -> dict[str, Place]:
    """Locations by the code asked for; a code typed in small letters finds one written in capitals.

    ``hold``: for a document, so that they stay as they are until the end of the transaction.
    """
    found = {place.code: place for place in _among(tx, codes, hold)}
    missing = {code: code.upper() for code in codes if code not in found and code.upper() != code}
    if missing:
        capitals = {place.code: place for place in _among(tx, list(missing.values()), hold)}
        found |= {code: capitals[upper] for code, upper in missing.items() if upper in capitals}
    return found


def place(tx: Tx, location_id: int, hold: bool = False) -> Place:
    row = tx.one(BY_ID_HELD if hold else BY_ID, location_id=location_id)
    assert row is not None
    return as_place(row)


def _among(tx: Tx, codes: Sequence[str], hold: bool) -> list[Place]:
    return [as_place(row) for row in tx.among(BY_CODES_HELD if hold else BY_CODES, codes)]


def as_place(row: tuple) -> Place:
    """A location from the columns that ``PLACE`` names."""
    key, code, name, kind, closed = row
    return Place(key, code, name, LocationKind(kind), closed)
