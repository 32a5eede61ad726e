"""Keeping the location tree. What stock stands on is neither moved nor closed."""

from __future__ import annotations

from collections.abc import Iterator

from wms_tui.db import catalog
from wms_tui.db import location_keeping as db
from wms_tui.db.access import lock_administration
from wms_tui.db.importing import USED
from wms_tui.db.location_keeping import StoredPlace
from wms_tui.db.transaction import Tx
from wms_tui.domain import setup as rules
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.errors import ClosedLocation, UnknownLocation
from wms_tui.domain.file_errors import CodeTaken, KindFixed
from wms_tui.domain.location_tree import Node, refusal
from wms_tui.domain.locations import KIND_NAMES, VIRTUAL, LocationKind
from wms_tui.domain.setup import MOST_CODE, MOST_NAME, ChangeLocation, LocationRow, NewLocation
from wms_tui.services.setup import checked_code, checked_name, differing
from wms_tui.services.use_cases import use_case

Stored = dict[str, StoredPlace]


@use_case(Permission.LOCATION_EDIT, writes=False)
def tree(tx: Tx, actor: Actor, _request: None) -> tuple[LocationRow, ...]:
    """All locations, each before those under it, siblings by code."""
    stored, held = db.places(tx), db.held(tx)
    below: dict[int | None, list[StoredPlace]] = {}
    for place in stored.values():
        below.setdefault(place.parent_id, []).append(place)
    codes = {place.location_id: place.code for place in stored.values()}

    def walk(parent_id: int | None, depth: int) -> Iterator[LocationRow]:
        for place in below.get(parent_id, ()):
            yield _row(place, codes, depth, held.get(place.location_id, 0))
            yield from walk(place.location_id, depth + 1)

    return tuple(walk(None, 0))


@use_case(Permission.LOCATION_EDIT)
def add(tx: Tx, actor: Actor, request: NewLocation) -> None:
    """Make a location. Raises ``CodeInUse``, ``CodeTaken``, ``ClosedLocation`` for the one above, and what the tree
    refuses.
    """
    lock_administration(tx)
    stored = db.places(tx)
    node = _node(request.code, request.name, request.kind, request.parent)
    _check_free(tx, stored, node.code)
    _check_tree(stored, node, node.code)
    _check_open(stored, node)
    tx.run(db.ADD, **_values(stored, node))
    tx.note("add location", node.code, after={"name": node.name, "kind": node.kind, "parent": node.parent or ""})


@use_case(Permission.LOCATION_EDIT)
def change(tx: Tx, actor: Actor, request: ChangeLocation) -> None:
    """Rename a location, give it another code, or move it with all below it.

    Raises ``ChangedMeanwhile``, ``LocationHoldsStock`` for moving it, ``KindFixed``, ``LocationFixed``, and what the
    tree refuses.
    """
    lock_administration(tx)
    stored = db.places(tx)
    place, before = _seen(stored, request.before), request.before
    node = _node(request.code, request.name, request.kind, request.parent)
    if before.kind in VIRTUAL and (node.code, node.kind, node.parent or "") != (before.code, before.kind, ""):
        raise rules.LocationFixed(code=before.code)
    if node.code != before.code:
        _check_free(tx, stored, node.code)
    _check_tree(stored, node, before.code)
    if (node.kind, node.parent or "") != (before.kind, before.parent):
        check_empty(tx, stored, place)
        _check_open(stored, node)
    if node.kind != before.kind and tx.among(USED, [place.location_id]):
        raise KindFixed(code=before.code, kind=KIND_NAMES[node.kind])
    tx.run(db.CHANGE, location=place.location_id, **_values(stored, node))
    old = {"code": before.code, "name": before.name, "kind": before.kind, "parent": before.parent}
    new = {"code": node.code, "name": node.name, "kind": node.kind, "parent": node.parent or ""}
    tx.note("change location", node.code, *differing(old, new))


@use_case(Permission.LOCATION_EDIT)
def close(tx: Tx, actor: Actor, request: LocationRow) -> int:
    """Close a location and all below it, or open them again; answers how many.

    Raises ``LocationHoldsStock``, ``LocationBeingCounted``, ``LocationFixed``, ``ChangedMeanwhile``.
    """
    lock_administration(tx)
    stored = db.places(tx)
    place = _seen(stored, request)
    if request.kind in VIRTUAL:
        raise rules.LocationFixed(code=request.code)
    closes = not request.closed
    if closes:
        check_empty(tx, stored, place)
    changed = [one for one in _below(stored, place) if one.closed != closes]
    tx.many(db.CLOSE, [{"location": one.location_id, "closed": closes} for one in changed])
    for one in changed:
        tx.note("close location" if closes else "open location", one.code, {"closed": one.closed}, {"closed": closes})
    return len(changed)


def _row(place: StoredPlace, codes: dict[int, str], depth: int = 0, products: int = 0) -> LocationRow:
    parent = codes.get(place.parent_id or 0, "")
    return LocationRow(place.code, place.name, LocationKind(place.kind), parent, place.closed, depth, products)


def _node(code: str, name: str, kind: LocationKind, parent: str) -> Node:
    return Node(
        checked_code(code, MOST_CODE), checked_name(name, MOST_NAME, needed=False), kind, parent.strip() or None
    )


def _check_free(tx: Tx, stored: Stored, code: str) -> None:
    """A code stands for one thing, however it is written."""
    if code.casefold() in {known.casefold() for known in stored}:
        raise rules.CodeInUse(code=code)
    goods = catalog.found(tx, code)
    if goods:
        raise CodeTaken(code=code, sku=goods.sku)


def _check_tree(stored: Stored, node: Node, was: str) -> None:
    """The rules on the location itself and on what stands directly under it."""
    codes = {place.location_id: place.code for place in stored.values()}
    plan = {}
    for place in stored.values():
        parent = codes.get(place.parent_id or 0)
        plan[place.code] = Node(
            place.code, place.name, LocationKind(place.kind), node.code if parent == was else parent
        )
    plan.pop(was, None)
    plan[node.code] = node
    for one in (node, *(other for other in plan.values() if other.parent == node.code and other is not node)):
        refused = refusal(plan, one)
        if refused:
            raise refused


def _check_open(stored: Stored, node: Node) -> None:
    """Nothing is put under what is closed: closing closes all below."""
    above = stored.get(node.parent or "")
    if above and above.closed:
        raise ClosedLocation(code=above.code)


def check_empty(tx: Tx, stored: Stored, place: StoredPlace) -> None:
    """Raise ``LocationHoldsStock`` or ``LocationBeingCounted`` for a location and all below it."""
    ids = [one.location_id for one in _below(stored, place)]
    products = db.held_in(tx, ids)
    if products:
        raise rules.LocationHoldsStock(code=place.code, products=products)
    counted = db.counted_in(tx, ids)
    if counted:
        raise rules.LocationBeingCounted(code=counted)


def _below(stored: Stored, place: StoredPlace) -> list[StoredPlace]:
    """The location and all under it."""
    children: dict[int | None, list[StoredPlace]] = {}
    for other in stored.values():
        children.setdefault(other.parent_id, []).append(other)
    found = [place]
    for one in found:
        found += children.get(one.location_id, ())
    return found


def _seen(stored: Stored, row: LocationRow) -> StoredPlace:
    """The location as it is, if it is what was seen."""
    place = stored.get(row.code)
    if place is None:
        raise UnknownLocation(code=row.code)
    codes = {one.location_id: one.code for one in stored.values()}
    now = _row(place, codes, row.depth, row.products)
    if now != row:
        raise rules.ChangedMeanwhile(code=row.code)
    return place


def _values(stored: Stored, node: Node) -> dict[str, object]:
    parent = stored.get(node.parent or "")
    return {
        "code": node.code,
        "name": node.name,
        "kind": node.kind.value,
        "parent_id": parent.location_id if parent else None,
    }
