"""Bringing in locations: a parent may stand anywhere in the file or in the warehouse already."""

from __future__ import annotations

from collections.abc import Iterator

from wms_tui.db import catalog, location_keeping
from wms_tui.db import importing as db
from wms_tui.db.holding import hold_places
from wms_tui.db.importing import StoredLocation
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.errors import Refused
from wms_tui.domain.file_errors import CodeTaken, KindFixed
from wms_tui.domain.location_tree import Node, refusal
from wms_tui.domain.locations import KIND_NAMES, LocationKind
from wms_tui.services.importing import checks
from wms_tui.services.importing.records import LocationRow
from wms_tui.services.importing.report import Imported, ImportFile, settle, undone
from wms_tui.services.importing.tables import Fault
from wms_tui.services.locations import check_empty
from wms_tui.services.setup import differing
from wms_tui.services.use_cases import use_case


@use_case(Permission.LOCATION_EDIT)
def import_locations(tx: Tx, actor: Actor, request: ImportFile[LocationRow]) -> Imported:
    """Make and change locations. Raises ``BadRows``."""
    table = request.table
    stored = db.locations(tx)
    faults = [*table.faults, *checks.repeated(table.rows, table.header("code"), lambda row: (row.code,))]
    rows = dict(_by_code(checks.without(table.rows, faults)))
    faults += _conflicts(tx, stored, rows)
    left = settle(request, faults)
    planned = _plan(stored, rows)
    with undone(tx, request.dry_run):
        created, updated = _write(tx, stored, {code: planned[code] for code in rows})
    return Imported(created, updated, len(rows) - created - updated, left=left, notices=table.notices)


def _by_code(rows: tuple[tuple[int, LocationRow], ...]) -> Iterator[tuple[str, tuple[int, LocationRow]]]:
    for line, row in rows:
        yield row.code, (line, row)


def _conflicts(tx: Tx, stored: dict[str, StoredLocation], rows: dict[str, tuple[int, LocationRow]]) -> list[Fault]:
    """Rows that break a rule, which are taken out of ``rows``; then those that lean on them, until none is left."""
    faults: list[Fault] = []
    hold_places(tx, _remade(stored, rows))
    used = db.used(tx, [stored[code].location_id for code in rows if code in stored])
    products = {
        code: goods.sku for code, goods in catalog.goods(tx, [code for code in rows if code not in stored]).items()
    }
    broken = list(_moved_with_stock(tx, stored, rows)) or list(_broken(stored, rows, used, products))
    while broken:
        faults += broken
        lines = {line for line, _ in broken}
        for code in [code for code, (line, _) in rows.items() if line in lines]:
            del rows[code]
        broken = list(_broken(stored, rows, used, products))
    return faults


def _remade(stored: dict[str, StoredLocation], rows: dict[str, tuple[int, LocationRow]]) -> Iterator[int]:
    """The locations that are to be of another kind."""
    for code, (_, row) in rows.items():
        if code in stored and row.kind and row.kind != stored[code].kind:
            yield stored[code].location_id


def _moved_with_stock(
    tx: Tx, stored: dict[str, StoredLocation], rows: dict[str, tuple[int, LocationRow]]
) -> Iterator[Fault]:
    """What stock stands on stays where it is, as on the screen."""
    kept, codes = location_keeping.places(tx), {place.location_id: place.code for place in stored.values()}
    for code, (line, row) in rows.items():
        if code in stored and row.parent and row.parent != codes.get(stored[code].parent_id or 0):
            try:
                check_empty(tx, kept, kept[code])
            except Refused as refused:
                yield line, refused


def _broken(
    stored: dict[str, StoredLocation],
    rows: dict[str, tuple[int, LocationRow]],
    used: set[int],
    products: dict[str, str],
) -> Iterator[Fault]:
    """The rules on each row, and on what stands under a row already."""
    plan = _plan(stored, rows)
    for place in plan.values():
        named = rows.get(place.code) or rows.get(place.parent or "")
        refused = refusal(plan, place) if named else None
        if named and refused:
            yield named[0], refused
    for code, (line, row) in rows.items():
        if code in stored and row.kind and row.kind != stored[code].kind and stored[code].location_id in used:
            yield line, KindFixed(code=code, kind=KIND_NAMES[row.kind])
        if code not in stored and code in products:
            yield line, CodeTaken(code=code, sku=products[code])


def _plan(stored: dict[str, StoredLocation], rows: dict[str, tuple[int, LocationRow]]) -> dict[str, Node]:
    """All locations as they will be after the rows."""
    codes = {place.location_id: place.code for place in stored.values()}
    plan = {
        place.code: Node(place.code, place.name, LocationKind(place.kind), codes.get(place.parent_id or 0))
        for place in stored.values()
    }
    for _, row in rows.values():
        known = plan.get(row.code) or Node(row.code, "", LocationKind.BIN, None)
        plan[row.code] = Node(
            row.code,
            known.name if row.name is None else row.name,
            row.kind or known.kind,
            row.parent or known.parent,
        )
    return plan


def _write(tx: Tx, stored: dict[str, StoredLocation], planned: dict[str, Node]) -> tuple[int, int]:
    """Write parents before what stands under them; answers how many were made and changed."""
    ids = {place.code: place.location_id for place in stored.values()}
    fresh = {code: place for code, place in planned.items() if code not in stored}
    while ready := [place for code, place in fresh.items() if code not in ids and _has_ground(place, ids)]:
        tx.many(db.ADD_LOCATION, [{"code": place.code, **_values(place, ids)} for place in ready])
        ids |= {code: place.location_id for code, place in db.locations(tx).items()}
    changed = [
        place
        for code, place in planned.items()
        if code in stored and _values(place, ids) != _stored_values(stored[code])
    ]
    tx.many(db.CHANGE_LOCATION, [{"location_id": ids[place.code], **_values(place, ids)} for place in changed])
    for place in fresh.values():
        tx.note("add location", place.code, after=_told(place))
    for place in changed:
        tx.note("change location", place.code, *differing(_told_stored(stored, place.code), _told(place)))
    return len(fresh), len(changed)


def _has_ground(place: Node, ids: dict[str, int]) -> bool:
    return place.parent is None or place.parent in ids


def _values(place: Node, ids: dict[str, int]) -> dict[str, object]:
    return {"name": place.name, "kind": place.kind.value, "parent_id": ids.get(place.parent or "")}


def _told(place: Node) -> dict[str, object]:
    return {"name": place.name, "kind": place.kind.value, "parent": place.parent or ""}


def _told_stored(stored: dict[str, StoredLocation], code: str) -> dict[str, object]:
    """As the audit tells it: the location above by its code."""
    place = stored[code]
    above = next((other.code for other in stored.values() if other.location_id == place.parent_id), "")
    return {"name": place.name, "kind": place.kind, "parent": above}


def _stored_values(place: StoredLocation) -> dict[str, object]:
    return {"name": place.name, "kind": place.kind, "parent_id": place.parent_id}
