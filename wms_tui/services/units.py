"""Units of measure."""

from __future__ import annotations

from wms_tui.db import setup as db
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.setup import MOST_UNIT, MOST_UNIT_NAME, ChangedMeanwhile, ChangeUnit, CodeInUse, UnitInUse, UnitRow
from wms_tui.services.setup import checked_code, checked_name, differing
from wms_tui.services.use_cases import use_case


@use_case(Permission.SETUP_EDIT, writes=False)
def list_units(tx: Tx, actor: Actor, _request: None) -> tuple[UnitRow, ...]:
    """All units by code."""
    return _units(tx)


@use_case(Permission.SETUP_EDIT)
def add(tx: Tx, actor: Actor, request: UnitRow) -> None:
    """Make a unit. Raises ``CodeInUse``, ``CodeMissing``, ``BadText``."""
    code = checked_code(request.code, MOST_UNIT)
    if code in {unit.code for unit in _units(tx)}:
        raise CodeInUse(code=code)
    name = checked_name(request.name, MOST_UNIT_NAME, needed=False)
    tx.run(db.ADD_UNIT, code=code, name=name, decimals=request.decimals)
    tx.note("add unit", code, after={"name": name, "decimals": request.decimals})


@use_case(Permission.SETUP_EDIT)
def change(tx: Tx, actor: Actor, request: ChangeUnit) -> None:
    """Rename a unit, or let goods be counted in parts of it or not. Raises ``ChangedMeanwhile``.

    Its products have another version then: whoever remembers them looks again.
    """
    before, name = request.before, checked_name(request.name, MOST_UNIT_NAME, needed=False)
    now = {"name": name, "decimals": request.decimals}
    if not tx.run(db.NAME_UNIT, unit=before.code, seen=before.name, seen_decimals=before.decimals, **now):
        raise ChangedMeanwhile(code=before.code)
    if request.decimals != before.decimals:
        tx.run(db.TOUCH_PRODUCTS, unit=before.code, now=tx.now)
    old, new = differing({"name": before.name, "decimals": before.decimals}, now)
    if new:
        tx.note("change unit", before.code, old, new)


@use_case(Permission.SETUP_EDIT)
def remove(tx: Tx, actor: Actor, code: str) -> None:
    """Delete a unit that nothing is counted in. Raises ``UnitInUse``."""
    if tx.one(db.UNIT_USED, code=code):
        raise UnitInUse(unit=code)
    names = {unit.code: unit.name for unit in _units(tx)}
    if tx.run(db.REMOVE_UNIT, code=code):
        tx.note("remove unit", code, before={"name": names[code]})


def _units(tx: Tx) -> tuple[UnitRow, ...]:
    return tuple(UnitRow(*row) for row in tx.all(db.UNITS))
