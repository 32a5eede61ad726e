"""The audit tells who did what, to those who may read it, and cost to those who may see cost."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import wms_tui.services
from tests.services.test_roles import refused, set_permissions
from tests.support.ledger import receive
from tests.support.warehouse import signed_in
from wms_tui.domain.access import Permission
from wms_tui.domain.audit import ACTION_NAMES, FIELD_NAMES, AuditQuery
from wms_tui.domain.catalog import ChangeProduct, ProductRef
from wms_tui.domain.errors import NotAllowed
from wms_tui.domain.roles import NewRole
from wms_tui.services import audit, catalog, catalog_editing, exporting, roles, users

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture
def busy(backend, admin, keeper, clock):
    receive(backend, keeper, "BOLT", 1)
    clock.advance(days=1)
    bolt = backend.run(catalog.detail, admin, ProductRef("BOLT")).product
    backend.run(catalog_editing.change, admin, ChangeProduct(bolt.product_id, bolt.version, {"name": "Bolt M8x20"}))
    changed = {"cost": "0.5", "price": "2"}
    backend.run(catalog_editing.change, admin, ChangeProduct(bolt.product_id, bolt.version + 1, changed))
    return backend


def told(backend, actor, **query):
    return [(row.user, row.action, row.subject) for row in backend.run(audit.page, actor, AuditQuery(**query)).rows]


def test_the_newest_comes_first_with_before_and_after(busy, finance):
    newest, before = busy.run(audit.page, finance, AuditQuery(subject="BOLT")).rows[:2]
    assert (newest.action, newest.user, newest.terminal) == ("change product", "ada", "test")
    assert (newest.before["cost"], newest.after["cost"]) == ("0.25", "0.5")
    assert (before.before, before.after) == ({"name": "Bolt M8"}, {"name": "Bolt M8x20"})


def test_filters(busy, finance, clock):
    assert told(busy, finance, text="R-2026") == [("ken", "post", "R-2026-000001")]
    assert all("ken" in event for event in told(busy, finance, text="KEN"))
    assert {action for _, action, _ in told(busy, finance, action="change product")} == {"change product"}
    assert {user for user, *_ in told(busy, finance, user="ken")} == {"ken"}
    today = clock().replace(hour=0)
    since = {subject for *_, subject in told(busy, finance, since=today)}
    assert "BOLT" in since and "R-2026-000001" not in since
    assert "BOLT" not in {subject for *_, subject in told(busy, finance, until=today)}


def test_pages_have_every_event_once(busy, finance):
    whole, query = told(busy, finance), AuditQuery(limit=3)
    found = []
    while True:
        part = busy.run(audit.page, finance, query)
        found += [(row.user, row.action, row.subject) for row in part.rows]
        if part.after is None:
            break
        query = AuditQuery(limit=3, after=part.after)
    assert found == whole


def test_cost_is_for_those_who_may_see_it(busy, admin):
    busy.run(roles.add, admin, NewRole("Auditor"))
    allowed = {Permission.AUDIT_VIEW, Permission.EXPORT, Permission.OWN_ACCOUNT}
    set_permissions(busy, admin, "Auditor", allowed)
    busy.run(users.set_role, admin, users.SetRole("kim", "Auditor"))
    kim = signed_in(busy, "kim")
    newest = busy.run(audit.page, kim, AuditQuery(subject="BOLT")).rows[0]
    assert "cost" not in {*newest.before, *newest.after}
    assert newest.after["price"] == "2"
    assert "0.25" not in repr(busy.run(exporting.export_audit, kim, 0))


def test_keepers_do_not_read_it(busy, keeper):
    refused(busy, NotAllowed, audit.page, keeper, AuditQuery())
    refused(busy, NotAllowed, exporting.export_audit, keeper, 0)


def notes():
    """Every call in the services that writes an event."""
    for path in Path(wms_tui.services.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "note":
                yield node


def test_every_action_has_a_name():
    written = {part.value for note in notes() for part in ast.walk(note.args[0]) if isinstance(part, ast.Constant)}
    assert {action for action in written if isinstance(action, str)} <= set(ACTION_NAMES)


def test_every_field_has_a_name():
    written = {
        key.value
        for note in notes()
        for part in ast.walk(note)
        if isinstance(part, ast.Dict)
        for key in part.keys
        if isinstance(key, ast.Constant)
    }
    assert {"permissions", "failures"} <= written <= set(FIELD_NAMES)
