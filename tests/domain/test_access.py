"""Names, permissions and the growing delay."""

import pytest

from wms_tui.domain.access import ROLES, Permission, check_length, check_name, lock_seconds, name_key
from wms_tui.domain.errors import BadName, WeakPassword


def test_the_delay_starts_after_five_and_doubles_up_to_an_hour():
    assert [lock_seconds(count) for count in range(14)] == [0] * 5 + [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert lock_seconds(10_000) == 3600


def test_the_administrator_may_do_everything():
    assert ROLES["admin"] == frozenset(Permission)


def test_keepers_see_no_cost_and_finance_moves_no_stock():
    assert Permission.COST_VIEW not in ROLES["keeper"]
    moves = {Permission.RECEIVE, Permission.ISSUE, Permission.TRANSFER, Permission.ADJUST}
    assert moves <= ROLES["keeper"]
    assert not ROLES["finance"] & (moves | {Permission.REVERSE_OWN, Permission.REVERSE_ANY, Permission.STOCK_IMPORT})


def test_permissions_fit_where_they_are_kept():
    assert max(len(permission) for permission in Permission) <= 40


@pytest.mark.parametrize(("given", "name"), [(" ken ", "ken"), ("王伟", "王伟"), ("J.-P_7", "J.-P_7")])
def test_names(given, name):
    assert check_name(given) == name


@pytest.mark.parametrize("name", ["", "a b", "a\nb", "x" * 41, "a/b", "ken;", "\u202eken", "\x1b", "ß" * 21])
def test_bad_names(name):
    with pytest.raises(BadName):
        check_name(name)


def test_names_are_told_apart_without_capitals_and_even_bad_ones_have_a_key():
    assert name_key(" KEN ") == name_key("ken") == "ken"
    assert name_key("\x00\ud800") == "??"
    assert len(name_key("ß" * 100)) == 40


@pytest.mark.parametrize(("password", "weak"), [("x" * 11, True), ("x" * 12, False), ("密码" * 6, False)])
def test_length(password, weak):
    if weak:
        with pytest.raises(WeakPassword):
            check_length(password)
    else:
        check_length(password)
