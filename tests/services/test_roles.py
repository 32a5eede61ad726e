"""Roles are kept by those who may, and nobody gets more than whoever gives it has."""

from __future__ import annotations

import pytest

from tests.support.ledger import picture
from tests.support.warehouse import signed_in
from wms_tui.domain import roles as rules
from wms_tui.domain.access import ROLES, OwnSettings, Permission
from wms_tui.domain.catalog import CatalogQuery
from wms_tui.domain.errors import LastAdministrator, NotAChoice, NotAllowed, NotFound
from wms_tui.domain.roles import NAMES, ChangeRole, NewRole
from wms_tui.services import account, roles, users
from wms_tui.services.catalog import search


def known(backend, actor):
    return {role.name: role for role in backend.run(roles.list_roles, actor, None)}


def set_permissions(backend, actor, name, permissions, new_name=None):
    role = known(backend, actor)[name]
    return backend.run(roles.change, actor, ChangeRole(name, role.version, new_name or name, frozenset(permissions)))


def refused(backend, error, case, actor, request, words=""):
    before = picture(backend)
    with pytest.raises(error) as refusal:
        backend.run(case, actor, request)
    assert words in refusal.value.text()
    assert picture(backend) == before


@pytest.fixture
def clerk_of_people(backend, admin):
    """Somebody who keeps users and roles and nothing else."""
    backend.run(roles.add, admin, NewRole("People"))
    set_permissions(backend, admin, "People", {Permission.USER_MANAGE, Permission.ROLE_MANAGE, Permission.OWN_ACCOUNT})
    backend.run(users.set_role, admin, users.SetRole("kim", "People"))
    return signed_in(backend, "kim")


def test_every_permission_has_a_name():
    assert set(NAMES) == set(Permission)


def test_a_new_database_has_three_roles(backend, admin):
    assert {name: role.permissions for name, role in known(backend, admin).items()} == ROLES


def test_a_copy_holds_the_same_and_can_then_be_changed(backend, admin, keeper):
    backend.run(roles.add, admin, NewRole(" Night  shift ", "keeper"))
    set_permissions(backend, admin, "Night shift", ROLES["keeper"] | {Permission.CATALOG_EDIT}, "Late shift")
    role = known(backend, admin)["Late shift"]
    assert role.permissions == ROLES["keeper"] | {Permission.CATALOG_EDIT}
    assert role.version == 2


def test_a_changed_role_holds_at_once(backend, admin, keeper, catalog):
    set_permissions(backend, admin, "keeper", ROLES["keeper"] - {Permission.CATALOG_VIEW})
    with pytest.raises(NotAllowed, match="See the catalog"):
        backend.run(search, keeper, CatalogQuery())


def test_the_second_of_two_editors_is_told(backend, admin):
    role = known(backend, admin)["keeper"]
    set_permissions(backend, admin, "keeper", set())
    late = ChangeRole("keeper", role.version, "keeper", frozenset(Permission))
    refused(backend, rules.RoleChanged, roles.change, admin, late)


def test_admin_stays_what_it_is(backend, admin):
    refused(backend, rules.RoleFixed, roles.change, admin, ChangeRole("admin", 1, "admin", frozenset()))
    refused(backend, rules.RoleFixed, roles.remove, admin, "admin")


def test_names_are_unique_and_short(backend, admin):
    refused(backend, rules.RoleTaken, roles.add, admin, NewRole("Keeper"))
    refused(backend, rules.BadRoleName, roles.add, admin, NewRole("  "))
    refused(backend, rules.BadRoleName, roles.add, admin, NewRole("x" * 41))
    refused(backend, NotFound, roles.add, admin, NewRole("New", "nobody"))


def test_a_role_is_removed_once_nobody_has_it(backend, admin):
    backend.run(roles.add, admin, NewRole("Late"))
    backend.run(users.set_role, admin, users.SetRole("kim", "Late"))
    refused(backend, rules.RoleInUse, roles.remove, admin, "Late", "users: 1")
    backend.run(users.set_role, admin, users.SetRole("kim", "keeper"))
    backend.run(roles.remove, admin, "Late")
    assert set(known(backend, admin)) == set(ROLES)


def test_nobody_gives_what_he_does_not_have(backend, clerk_of_people):
    beyond = (rules.BeyondOwn, rules.Outranked)
    refused(backend, beyond, roles.add, clerk_of_people, NewRole("Mine", "admin"), "yourself")
    keeper = known(backend, clerk_of_people)["keeper"]
    more = ChangeRole("keeper", keeper.version, "keeper", ROLES["keeper"] | {Permission.COST_VIEW})
    refused(backend, beyond, roles.change, clerk_of_people, more, "See cost")
    refused(backend, beyond, users.set_role, clerk_of_people, users.SetRole("kim", "admin"))
    refused(backend, beyond, users.add_user, clerk_of_people, users.NewUser("new", "admin", "hash"))


def test_nobody_takes_the_account_of_somebody_who_may_do_more(backend, clerk_of_people):
    for case, request in (
        (users.reset_password, users.SetPassword("ada", "hash")),
        (users.disable, "ada"),
        (users.enable, "ada"),
        (users.set_role, users.SetRole("ada", "People")),
    ):
        refused(backend, rules.Outranked, case, clerk_of_people, request, "ada may do more")


def test_nobody_disables_himself(backend, admin):
    refused(backend, LastAdministrator, users.disable, admin, "ada")
    backend.run(users.set_role, admin, users.SetRole("kim", "admin"))
    refused(backend, rules.OwnAccountDisabled, users.disable, admin, "ada")


def test_everybody_sets_his_own_language_and_colours(backend, keeper):
    backend.run(account.set_own, keeper, OwnSettings("zh_CN", "light"))
    again = signed_in(backend, "ken")
    assert (again.language, again.theme) == ("zh_CN", "light")
    refused(backend, NotAChoice, account.set_own, keeper, OwnSettings("tlh", ""))
    refused(backend, NotAChoice, account.set_own, keeper, OwnSettings("", "pink"))


def test_the_list_of_users_says_when_each_last_signed_in(backend, admin, clock):
    rows = {user.name: user for user in backend.run(users.list_users, admin, None)}
    assert rows["ada"].last_sign_in == clock.now
    assert rows["fay"].last_sign_in is None
