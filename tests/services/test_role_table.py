"""The table of roles, held against every use case: who may not is refused, and nothing is written."""

from __future__ import annotations

import pkgutil
from contextlib import suppress
from importlib import import_module
from types import SimpleNamespace

import pytest
from sqlalchemy import text

import wms_tui.services
from tests import roles as table
from tests.support.ledger import picture
from tests.support.warehouse import signed_in
from wms_tui.domain.catalog import ChangeProduct
from wms_tui.domain.errors import NotAllowed
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.roles import ChangeRole, NewRole
from wms_tui.services import roles, users
from wms_tui.services.use_cases import UseCase

USERS = {"admin": "ada", "keeper": "ken", "finance": "fay", table.MADE_BY_HAND: "kim"}
PREFIX = "wms_tui.services."


def use_cases():
    """Every use case of the program, by its module and name."""
    found = {}
    for module in pkgutil.walk_packages(wms_tui.services.__path__, PREFIX):
        if ".demo" in module.name:
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, UseCase) and value.function.__module__ == module.name:
                found[f"{module.name.removeprefix(PREFIX)}.{name}"] = value
    return found


CASES = use_cases()


@pytest.fixture
def people(backend, catalog, admin):
    """One user signed in for each role; the last role is made by hand."""
    made = backend.run(roles.add, admin, NewRole(table.MADE_BY_HAND))
    wanted = table.HELD[table.MADE_BY_HAND]
    backend.run(roles.change, admin, ChangeRole(made.name, made.version, made.name, wanted))
    backend.run(users.set_role, admin, users.SetRole("kim", table.MADE_BY_HAND))
    return {role: signed_in(backend, name) for role, name in USERS.items()}


def test_no_use_case_is_missing_from_the_table():
    listed = {*table.USE_CASES, *table.BY_KIND, *table.ENTRY, *table.BY_FIELD}
    assert set(CASES) == listed, "write the roles that may into tests/roles.py"


def test_each_role_holds_what_the_table_says(people):
    for role, actor in people.items():
        assert actor.permissions == table.HELD[role]


def test_a_use_case_is_for_the_roles_of_the_table(backend, people):
    for name, roles_that_may in table.USE_CASES.items():
        assert allowed(backend, people, CASES[name], None) == set(roles_that_may), name


def test_a_movement_is_for_the_roles_of_its_kind(backend, people):
    for kind, roles_that_may in table.KINDS.items():
        request = SimpleNamespace(kind=DocumentKind(kind))
        file = SimpleNamespace(table=SimpleNamespace(rows=[(1, request)]))
        for name in (*table.BY_KIND, *table.ENTRY):
            asked = file if name.startswith("importing") else request
            assert allowed(backend, people, CASES[name], asked) == set(roles_that_may), (name, kind)


def test_a_field_is_for_the_roles_that_may_change_it(backend, people):
    for field, roles_that_may in table.FIELDS.items():
        request = ChangeProduct(1, 1, {field: None})
        assert allowed(backend, people, CASES["catalog_editing.change"], request) == set(roles_that_may), field


def allowed(backend, people, case, request):
    """The roles that pass the door, whatever the use case then says to the request; nobody leaves a trace."""
    before = picture(backend)
    passed = {role for role, actor in people.items() if passes(backend, case, actor, request)}
    assert picture(backend) == before
    return passed


def passes(backend, case, actor, request):
    """Whether the door lets the request through; the use case itself is not carried out."""
    reached = []
    door = UseCase(lambda *_: reached.append(True), case.permission, case.writes)
    with suppress(NotAllowed):
        backend.run(door, actor, request)
    return bool(reached)


def test_a_permission_that_is_gone_is_gone_at_once(backend, people):
    take = text("DELETE FROM role_permission WHERE permission = 'catalog.edit'")
    backend.work(lambda tx: tx.connection.execute(take))
    assert not passes(backend, CASES["categories.add"], people["admin"], None)
