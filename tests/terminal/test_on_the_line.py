"""What a terminal goes through: another size, somebody else's writing, a line that takes nothing, names that steer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from functools import partial

import pytest

from tests.support.databases import SqliteFiles
from tests.support.hostile import open_hostile_shop
from tests.terminal.at_work import at_work
from tests.terminal.conftest import add_products
from tests.terminal.fanned import Onlooker, fanned
from tests.terminal.harness import DOWN
from tests.terminal.meant import differences
from tests.terminal.on_the_line import Device
from tests.terminal.strict import Look
from tests.tui.test_hostile_text import ENTERING, LOOKING, READING

KINDS = ("modern", "ansi16", "vt220", "vt100", "mono-ascii")
MONO = KINDS[2:]
PTY_HOLDS = 24_000
"""Bytes, at the most, while nobody reads; and a frame."""


JOINED = (
    *("☀\ufe0f Sun cream", "👨\u200d👩\u200d👧 Family pack", "👍🏽 Gloves", "🇨🇳 Tea bags"),
    *("Cafe\u0301 noir", "1\ufe0f\u20e3 First", "शक्\u200dति Oil"),
)
"""Names with characters that are joined into one."""


@pytest.fixture
def hostile_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    with sqlite_files.copy_of("hostile", open_hostile_shop) as url:
        yield url


@pytest.mark.parametrize("kind", MONO)
async def test_without_colours_a_refusal_looks_unlike_a_plain_message(warehouse_url: str, kind: str):
    async with at_work(Device(kind, (80, 24)), warehouse_url) as it:
        await it.type(b"1A1\r")
        assert not any(look.reverse for text in ("At A1", "Item", "1 + A1") for look in [it.look_of(text)])
        await it.type(b"WRONG\r")
        assert all(it.look_of(text).reverse for text in ("Unknown code WRONG", "Refused: press"))
        assert it.look_of("! WRONG").reverse
        assert it.look_of("Receipt").reverse


@pytest.mark.parametrize("kind", MONO)
async def test_without_colours_the_chosen_row_is_reversed_and_no_other(warehouse_url: str, kind: str):
    async with at_work(Device(kind, (80, 24)), warehouse_url) as it:
        await it.type(b"7")
        rows = ("BOLT", "FLOUR", "LOTTED")
        assert [it.look_of(row).reverse for row in rows] == [False, False, False]
        await it.type(DOWN)
        assert [it.look_of(row).reverse for row in rows] == [True, False, False]
        await it.type(DOWN)
        assert [it.look_of(row).reverse for row in rows] == [False, True, False]


@pytest.mark.parametrize("kind", KINDS)
async def test_after_a_resize_to_almost_nothing_and_back_the_page_stands_there(warehouse_url: str, kind: str):
    async with at_work(Device(kind, (80, 24)), warehouse_url) as it:
        await it.type(b"5")
        for size in ((10, 4), (40, 8), (80, 24)):
            it.line.resize(size)
            await it.settled()
        it.line.resize((10, 4))
        it.line.resize((80, 24))
        await it.settled()
        await it.type(b"BOLT\r")


@pytest.mark.parametrize("keys", [b"\x0c", b"..DRAW\r"])
@pytest.mark.parametrize("kind", KINDS)
async def test_what_somebody_else_writes_is_healed_by_repainting(warehouse_url: str, kind: str, keys: bytes):
    async with at_work(Device(kind, (80, 24)), warehouse_url) as it:
        await it.type(b"5")
        for row, text in enumerate(("broadcast message from root", "~" * 80, "the system goes down")):
            it.terminal.disturb(text, row * 7, 0, Look(underline=True))
        assert not it.shows_the_page()
        await it.type(keys)
        await it.type(b"BOLT\r")


@pytest.mark.parametrize("kind", ["modern", "vt220"])
async def test_a_line_that_takes_nothing_for_two_seconds_stops_nobody(warehouse_url: str, kind: str):
    """Of 300 frames and 85 keys come those that the pty itself holds, and the latest."""
    async with at_work(Device(kind, (80, 24)), warehouse_url) as it:
        await it.type(b"7")
        it.line.stop_reading()
        before, began = it.terminal.received, time.monotonic()
        for _ in range(300):
            it.app.repaint()
        it.line.type(b"S" * 40 + b"\x7f" * 40 + b"FLOUR")
        await it.line.until(partial(it.means, "FLOUR"), lambda: "the keys did not come")
        await asyncio.sleep(max(0.0, began + 2 - time.monotonic()))
        it.line.go_on_reading()
        await it.shown("FLOUR")
        assert it.terminal.received - before < PTY_HOLDS
        traffic = it.app._driver.link.traffic
        assert traffic.left_out > 200 and traffic.stalled >= 1


@pytest.mark.parametrize("size", [(80, 24), (20, 16)])
async def test_nothing_of_a_name_steers_a_terminal_of_any_kind(hostile_url: str, size: tuple[int, int]):
    onlookers = [Onlooker(Device(kind, size)) for kind in KINDS]
    async with at_work(Device("vt220", size), hostile_url, driver=fanned(onlookers)) as it:
        for keys in (*LOOKING, *READING, *ENTERING):
            await it.type(keys)
            assert not differences(it.app, *(onlooker.look() for onlooker in onlookers))


async def test_names_of_joined_characters_move_nothing_beside_them(warehouse_url: str):
    add_products(warehouse_url, {f"AA-{number}": name for number, name in enumerate(JOINED)})
    onlookers = [Onlooker(Device(kind, (80, 24))) for kind in KINDS]
    async with at_work(Device("vt220", (80, 24)), warehouse_url, driver=fanned(onlookers)) as it:
        await it.type(b"1A1\r")
        for number, name in enumerate(JOINED):
            await it.type(f"AA-{number}\r".encode())
            await it.shown(name[-3:])
            assert not differences(it.app, *(onlooker.look() for onlooker in onlookers))
