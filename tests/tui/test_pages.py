"""Sign-in, the first administrator, Home, one's password, help, the idle lock: what an operator sees."""

import asyncio
from dataclasses import replace

import pytest
from textual.worker import WorkerFailed

from tests.tui.driving import SIGN_IN, Terminal, terminal
from tests.tui.pages import MENU, Scan
from tests.tui.stand_in import PASSWORD, SETTINGS, StandIn
from wms_tui.domain.database_errors import DatabaseBusy, DatabaseReadOnly
from wms_tui.domain.errors import AccountLocked, SessionEnded, WeakPassword
from wms_tui.settings import Settings

ESC, F1, F5, F10 = b"\x1b", b"\x1bOP", b"\x1b[15~", b"\x1b[21~"


async def test_a_wrong_password_is_told_and_the_name_is_asked_again():
    async with terminal() as it:
        await it.type(b"boss\rwrong\r")
        assert "User name or password is wrong." in it.screen()
        assert "User name" in it.rows()[-2]
        assert it.client.actor is None


async def test_the_sign_in_page_shows_the_notice_of_the_settings():
    async with terminal(settings=replace(SETTINGS, notice=("Password of all: [b]plum[/]",))) as it:
        await it.settle()
        assert "Password of all: [b]plum[/]" in it.screen()


async def test_a_password_is_masked():
    async with terminal() as it:
        await it.type(b"boss\rsecret")
        assert "secret" not in it.screen()
        assert "******" in it.screen()


async def test_a_locked_account_says_how_long():
    client = StandIn()
    client.failures["sign_in"] = AccountLocked(seconds=30)
    async with terminal(client=client) as it:
        await it.type(SIGN_IN)
        assert "Try again in 30 seconds." in it.screen()


async def test_esc_returns_to_the_user_name():
    async with terminal() as it:
        await it.type(b"boss\rsec" + ESC + b"keeper\r" + PASSWORD.encode() + b"\r")
        assert "keeper (admin)" in it.rows()[0]


async def test_a_database_that_cannot_be_opened_is_told_tried_again_and_can_be_left():
    client = StandIn()
    client.failures["open"] = DatabaseReadOnly(where="/srv/wms.sqlite")
    async with terminal(client=client) as it:
        await it.settle()
        assert "/srv/wms.sqlite is read-only" in it.screen()
        await it.type(SIGN_IN)
        assert not any(call[0] == "sign_in" for call in client.calls)
        await it.type(F5 + SIGN_IN)
        assert "Home" in it.rows()[0]
    client = StandIn()
    client.failures["open"] = DatabaseReadOnly(where="/srv/wms.sqlite")
    async with terminal(client=client) as it:
        it.send(F10)
        await it.until(lambda: it.app.return_code is not None)


async def test_a_new_database_asks_for_the_first_administrator():
    client = StandIn(users=False)
    async with terminal(client=client) as it:
        await it.settle()
        assert "First administrator" in it.rows()[0]
        await it.type(f"boss\r{PASSWORD}\rsomething else\r".encode())
        assert "The two passwords differ." in it.screen()
        await it.type(f"{PASSWORD}\r{PASSWORD}\r".encode())
        assert client.calls[1:3] == [("create_first_admin", "boss", PASSWORD), ("sign_in", "boss", PASSWORD)]
        assert "Home" in it.rows()[0]


async def test_a_weak_first_password_is_refused_and_asked_again():
    client = StandIn(users=False)
    client.failures["create_first_admin"] = WeakPassword(least=12)
    async with terminal(client=client) as it:
        await it.type(b"boss\rboss boss boss\rboss boss boss\r")
        assert "too easy to guess" in it.screen()
        await it.type(f"{PASSWORD}\r{PASSWORD}\r".encode())
        assert "Home" in it.rows()[0]


async def test_home_opens_by_digit_and_letter_and_signs_out():
    for key in (b"9", b"p", b"P"):
        async with terminal() as it:
            await it.type(SIGN_IN + key)
            assert "My account" in it.rows()[0]
            await it.type(ESC)
            assert "Home" in it.rows()[0]
            await it.type(b"z")
            assert "There is no 'z' in the menu." in it.screen()
            await it.type(F10)
            assert "You are signed out." in it.screen()
            assert it.client.actor is None


async def test_home_shows_todays_figures_and_what_needs_a_person():
    async with terminal() as it:
        await it.type(SIGN_IN)
        await it.until(lambda: "Posted today" in it.screen())
        for label, number in (("Receipt", "3"), ("Expiring lots", "12")):
            assert any(label in row and row.rstrip().endswith(number) for row in it.rows())
        assert "Below minimum" not in it.screen()


async def test_a_draft_that_cannot_be_opened_is_told_and_can_be_left():
    client = StandIn()
    client.failures["open_draft"] = DatabaseBusy()
    async with terminal(client=client) as it:
        await it.type(SIGN_IN + b"1")
        assert "The database is busy" in it.screen()
        await it.type(b"A1\r" + ESC)
        assert "Ignored after the refusal: 1." in it.screen()
        await it.type(ESC)
        assert "Home" in it.rows()[0]


async def test_signing_out_while_the_figures_are_fetched_ends_nothing():
    client = StandIn()
    client.gates["figures"] = asyncio.Event()
    async with terminal(client=client) as it:
        it.send(SIGN_IN + F10)
        await it.until(lambda: "You are signed out." in it.screen())
        client.gates["figures"].set()
        await it.type(SIGN_IN)
        assert "boss (admin)" in it.rows()[0]


async def test_a_fault_of_the_program_shows_no_password(capfd: pytest.CaptureFixture[str]):
    client = StandIn()
    client.failures["sign_in"] = RuntimeError("a fault")
    with pytest.raises(WorkerFailed, match="a fault"):
        async with terminal(client=client) as it:
            it.send(SIGN_IN)
            await it.until(lambda: it.app.return_code)
    report = capfd.readouterr().err
    assert "RuntimeError: a fault" in report
    assert PASSWORD not in report


async def test_one_changes_ones_password():
    async with terminal() as it:
        await it.type(SIGN_IN + f"91\r{PASSWORD}\rlamp forest nine\rlamp forest nine\r".encode())
        assert ("change_password", PASSWORD, "lamp forest nine") in it.client.calls
        assert "The password is changed." in it.screen()
        assert "My account" in it.rows()[0]


async def test_a_new_password_that_is_too_short_is_refused_before_it_is_typed_again():
    async with terminal() as it:
        await it.type(SIGN_IN + f"91\r{PASSWORD}\rshort\r".encode())
        assert "too easy to guess" in it.screen() and "again" not in it.rows()[-2]
        await it.type(b"lamp forest nine\r")
        assert "too easy to guess" not in it.screen() and "again" in it.rows()[-2]


async def test_f1_shows_the_help_in_parts_and_esc_closes_it():
    async with terminal(size=(20, 16), menu=MENU) as it:
        await it.type(SIGN_IN + b"1" + F1)
        first = it.screen()
        assert "Scan what is on the" in first
        await it.type(F1)
        assert it.screen() != first
        await it.type(ESC)
        assert "+ 0  ! 0" in it.screen()
        assert isinstance(it.app.page, Scan)


async def test_a_question_mark_in_the_empty_line_is_help_and_more_behind_it_is_a_code():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1?")
        assert "Takes the last line back." in it.screen()
        await it.type(b"X1\r")
        assert "Takes the last line back." not in it.screen()
        page = it.app.page
        assert isinstance(page, Scan)
        assert page.saved == ["?X1"]
        for close in (ESC, F1, b"\b", b"\r"):
            await it.type(b"?" + close)
            assert "Takes the last line back." not in it.screen()
            assert page.line.text == ""
        assert page.saved == ["?X1"]
        assert it.app.page is page


async def test_a_scan_while_the_help_is_open_is_taken():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1" + F1 + b"A1\r")
        page = it.app.page
        assert isinstance(page, Scan)
        assert page.saved == ["A1"]


async def test_help_of_a_menu_toggles_with_a_question_mark():
    async with terminal() as it:
        await it.type(SIGN_IN + b"?")
        assert "Press the digit or the letter" in it.screen()
        await it.type(b"?")
        assert "Press the digit or the letter" not in it.screen()
        await it.type(b"?9")
        assert "My account" in it.rows()[0]


async def locked(it: Terminal) -> None:
    """Wait for the lock, whose second begins here."""
    it.app.settings = replace(it.app.settings, idle_lock=1)
    it.app._watch_idle()
    await locked_once(it)


async def locked_once(it: Terminal) -> None:
    """Wait for the lock, which does not come a second time, however slowly the test goes on."""
    await it.until(lambda: "Locked" in it.screen())
    it.app.settings = replace(it.app.settings, idle_lock=600)


async def test_the_idle_lock_covers_the_page_and_the_same_password_goes_on():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1A1\rhalf")
        page = it.app.page
        await locked(it)
        assert "half" not in it.screen() and "A1" not in it.screen()
        await it.type(b"wrong\r")
        assert "password is wrong" in it.screen()
        await it.type(ESC + PASSWORD.encode() + b"\r-done\r")
        assert it.app.page is page
        assert isinstance(page, Scan)
        assert page.saved == ["A1", "half-done"]


async def test_scanning_on_at_a_locked_terminal_is_one_wrong_password_and_not_a_lock_out():
    client = StandIn()
    async with terminal(client=client, menu=MENU) as it:
        await it.type(SIGN_IN + b"1")
        await locked(it)
        await it.type(b"4006381333931\r" * 6 + b"secret")
        assert [call for call in client.calls if call[0] == "confirm"] == [("confirm", "4006381333931")]
        assert "5 ignored" in it.screen() and "secret" not in it.screen()


async def test_somebody_else_can_sign_in_at_a_locked_terminal():
    async with terminal(settings=Settings(SETTINGS.database, idle_lock=1)) as it:
        await it.type(SIGN_IN)
        await locked_once(it)
        await it.type(F10 + b"keeper\r" + PASSWORD.encode() + b"\r")
        assert "keeper (admin)" in it.rows()[0]


async def test_an_ended_session_leads_to_the_sign_in_page_with_its_sentence():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1ENDED\rA1\rBOLT\r")
        assert "Sign in" in it.rows()[0]
        assert SessionEnded().text() in it.screen()
        assert [call for call in it.client.calls if call[0] == "sign_in"] == [("sign_in", "boss", PASSWORD)]
        await it.type(ESC + SIGN_IN)
        assert "Home" in it.rows()[0]


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (5, 2), (10, 4), (20, 4), (8, 40), (20, 16), (40, 8), (200, 50)])
async def test_every_page_lives_at_any_size(size: tuple[int, int]):
    async with terminal(size=size, menu=MENU) as it:
        for data in (b"x\rbad\r", F1, ESC, SIGN_IN, b"?", b"9", ESC, b"1", b"A1\rBAD\rX\r", F1, ESC, ESC):
            await it.type(data)
            assert len(it.rows()) == size[1]


async def test_text_from_outside_is_text_and_sends_no_control_sequence():
    names = ["[/]", "[@click=app.quit]x", "=cmd|' /C calc'!A0", "\x1d\x07x", "\x9b31mred", "a\u202eb", "[red]r[/red]"]
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1")
        for name in names:
            await it.type(name.encode() + b"\r")
        shown = it.screen()
        assert "[/]" in shown and "[@click=app.quit]x" in shown and "[red]r[/red]" in shown
        assert not set(shown) & set("\x1b\x07\x9b\u202e\x1d")
