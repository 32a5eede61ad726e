"""Users, roles and one's own account through the keyboard, asserting the database."""

from __future__ import annotations

import pytest

from tests.tui.conftest import AtWork
from wms_tui.domain.access import ROLES, Permission
from wms_tui.domain.roles import NAMES
from wms_tui.services import roles, users

F2, F4, F6, F9, F10 = b"\x1bOQ", b"\x1bOS", b"\x1b[17~", b"\x1b[20~", b"\x1b[21~"
UP, DOWN, RIGHT, LEFT, ESC = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b"
SIZES = pytest.mark.parametrize("size", [(80, 24), (20, 16)])
PASSWORD = b"quilt-harbour-92-lamp"


def ask(it, case):
    return {row.name: row for row in it.client.backend.run(case, it.client.operator, None)}


@SIZES
async def test_a_user_is_made_with_a_role(at_work: AtWork, size):
    async with at_work("ada", size) as it:
        await it.type(b"01" + F2 + b"lee\rfin\r" + PASSWORD + b"\r" + PASSWORD + F10)
        made = ask(it, users.list_users)["lee"]
        assert (made.role, made.active) == ("finance", True)
        assert "lee" in it.screen()


async def test_passwords_that_differ_keep_the_form(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"01" + F2 + b"lee\rkeeper\r" + PASSWORD + b"\rother" + F10)
        assert "lee" not in ask(it, users.list_users)
        assert "lee" in it.screen()
        await it.type(PASSWORD + b"\r" + PASSWORD + F10)
        assert ask(it, users.list_users)["lee"].role == "keeper"


async def test_role_and_language_of_a_user_are_changed(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"01kim\r" + b"finance\r" + "简".encode() + F10)
        kim = ask(it, users.list_users)["kim"]
        assert (kim.role, kim.language) == ("finance", "zh_CN")


async def test_a_user_is_disabled_after_a_question_and_enabled_again(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"01kim" + DOWN + F9)
        assert ask(it, users.list_users)["kim"].active
        await it.type(F9)
        assert not ask(it, users.list_users)["kim"].active
        await it.type(F9)
        assert ask(it, users.list_users)["kim"].active


async def test_nobody_disables_himself(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"01" + F2 + b"eve\radmin\r" + PASSWORD + b"\r" + PASSWORD + F10)
        await it.type(b"ada" + DOWN + F9 + F9)
        assert "your own account" in it.screen()
        assert ask(it, users.list_users)["ada"].active


@SIZES
async def test_a_role_is_copied_and_a_permission_taken(at_work: AtWork, size):
    async with at_work("ada", size) as it:
        await it.type(b"02keep" + DOWN + F4 + b"Night shift" + F10)
        issue = 1 + list(NAMES).index(Permission.ISSUE)
        await it.type(DOWN * issue + RIGHT + F10)
        role = ask(it, roles.list_roles)["Night shift"]
        assert role.permissions == ROLES["keeper"] - {Permission.ISSUE}


async def test_an_unused_role_is_removed_and_admin_is_fixed(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"02" + F2 + b"Spare" + F10 + ESC + b"spare" + DOWN + F9 + F9)
        assert set(ask(it, roles.list_roles)) == set(ROLES)
        await it.type(b"\x15admin" + DOWN + F9 + F9)
        assert "stays as it is" in it.screen()


@SIZES
async def test_everybody_chooses_his_own_language_and_colours(at_work: AtWork, size):
    async with at_work("ken", size) as it:
        await it.type("92简\rlight\r".encode() + F10)
        assert it.app.theme == "wms-light"
        assert "修改密码" in it.screen()
        assert (it.client.operator.language, it.client.operator.theme) == ("zh_CN", "light")


async def test_the_password_is_changed_from_the_account(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"91")
        assert "Change password" in it.rows()[0]
