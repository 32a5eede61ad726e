"""Whatever is typed, at any speed and across screens, lands in its place."""

import asyncio
from itertools import pairwise
from typing import cast

from tests.tui.driving import SIGN_IN, Terminal, terminal
from tests.tui.pages import MENU, Scan
from tests.tui.stand_in import PASSWORD, StandIn

CODES = [f"SKU-{number:04}" for number in range(500)]


def scan_page(terminal: Terminal) -> Scan:
    return cast(Scan, terminal.app.page)


async def test_user_and_password_in_one_write_before_the_database_is_open():
    client = StandIn()
    client.gates["open"] = asyncio.Event()
    async with terminal(client=client) as it:
        await it.until(lambda: "Opening the database" in it.screen())
        it.send(SIGN_IN)
        await it.until(lambda: f"{len(SIGN_IN)} waiting" in it.screen())
        client.gates["open"].set()
        await it.settle()
        assert client.calls[1:2] == [("sign_in", "boss", PASSWORD)]
        assert "Home" in it.rows()[0]
        assert "boss (admin)" in it.rows()[0]


async def test_a_whole_session_typed_ahead_crosses_the_screens():
    data = SIGN_IN + b"1\rA1\r" + b"B2\n" + b"C3\r\n" + b"D4\t"
    for cut in (len(data), 1, 7):
        async with terminal(menu=MENU) as it:
            for start in range(0, len(data), cut):
                it.send(data[start : start + cut])
            await it.settle()
            assert scan_page(it).saved == ["A1", "B2", "C3", "D4"]


async def test_500_codes_in_one_write_each_saved_in_order():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1")
        await it.type("".join(f"{code}\r" for code in CODES).encode())
        assert scan_page(it).saved == CODES
        assert "SKU-0499" in it.screen()
        assert "Taken 500" in it.screen()
        assert it.bells == 500


async def test_500_codes_a_byte_at_a_time():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1")
        for byte in "".join(f"{code}\r" for code in CODES).encode():
            it.send(bytes([byte]))
        await it.settle()
        assert scan_page(it).saved == CODES


async def test_after_a_refusal_nothing_is_applied_until_a_key_that_no_scanner_sends():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1")
        await it.type(b"A1\rBAD\r" + b"B2\rC3\t\r\n" + b"hal")
        page = scan_page(it)
        assert page.saved == ["A1"]
        assert "Unknown code BAD" in it.screen()
        assert "Refused: press Esc" in it.screen()
        assert "2 ignored" in it.screen()
        await it.type(b"\x1bOS\x1bOS")
        assert page.held and page.undone == 0
        await it.type(b"\x1bD4\r")
        assert page.saved == ["A1", "D4"]
        assert [scan.code for scan in page.scans.last()] == ["A1", "BAD", "B2", "C3", "hal", "D4"]


async def test_f3_releases_too_and_says_what_was_ignored():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1BAD\rX\rY\r")
        await it.type(b"\x1bOR")
        assert "Ignored after the refusal: 2. Scan them again." in it.screen()
        assert isinstance(it.app.page, Scan)
        await it.type(b"\x1bOR")
        assert "Home" in it.rows()[0]


async def test_a_line_begun_before_the_refusal_of_a_key_is_not_joined_with_what_comes_after():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1")
        page = scan_page(it)
        await it.type(b"AB")
        page.held = True
        await it.type(b"CD\r\x1bEF\r")
        assert page.saved == ["ABEF"]


async def test_control_characters_are_part_of_a_code_and_never_an_action():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1")
        await it.type(b"10AB\x1d21X\r\x11\x10\x03\x1a\r")
        assert scan_page(it).saved == ["10AB\x1d21X", "\x11\x10\x03\x1a"]
        assert "10AB\ufffd21X" in it.screen()


async def test_saves_never_overlap_and_the_queue_is_shown():
    async with terminal(menu=MENU) as it:
        await it.type(SIGN_IN + b"1")
        it.send(b"A\r" * 50)
        await it.until(lambda: "waiting" in it.screen())
        await it.settle()
        assert "waiting" not in it.screen()
        assert all(first.number + 1 == second.number for first, second in pairwise(scan_page(it).scans.last()))


async def test_whoever_waits_is_told_what_for_and_then_sees_what_was_said_before():
    client = StandIn()
    client.gates["sign_out"] = asyncio.Event()
    async with terminal(client=client) as it:
        await it.type(SIGN_IN)
        it.send(b"\x1b[21~")
        await it.until(lambda: "Waiting for the database" in it.screen())
        client.gates["sign_out"].set()
        await it.until(lambda: "You are signed out." in it.screen())
        assert "Waiting" not in it.screen()
