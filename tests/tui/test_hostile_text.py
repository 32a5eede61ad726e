"""Names from outside are text on every page: shown, not obeyed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.strip import Strip

from tests.support.databases import SqliteFiles
from tests.support.hostile import HARMLESS, LOTTED, NAMES, SCANS, open_hostile_shop
from tests.tui.conftest import AtWork
from tests.tui.driving import Terminal
from tests.tui.test_stock import DOWN, F8, PAGE_DOWN
from wms_tui.domain.access import check_name
from wms_tui.domain.display import DANGEROUS as FORBIDDEN
from wms_tui.domain.errors import BadName
from wms_tui.tui.terminal.text import safe

# F3 and not Esc: an ESC and a code that begins with [ in one write are a key sequence.
BACK, F2, F4, F6, F7, F9 = b"\x1bOR", b"\x1bOQ", b"\x1bOS", b"\x1b[17~", b"\x1b[18~", b"\x1b[20~"
LOOKING = [
    *(
        b"5",
        PAGE_DOWN,
        PAGE_DOWN,
        b"[/]\r",
        f"{LOTTED}\r".encode(),
        PAGE_DOWN,
        *(f"{scan}\r".encode() for scan in SCANS),
    ),
    *(b"[@click=app.quit]x\r", b"{x}\r", b"nothing [/b] {y}\r", BACK),
]
READING = [b"6", PAGE_DOWN, *(DOWN + b"\r" + F8 + BACK for _ in NAMES), b"[/]\r", b"{x}\r", BACK]
ENTERING = [
    *(b"1", F6, PAGE_DOWN, BACK, b"[/]\r", *(f"{scan}\r".encode() for scan in SCANS), F2, b"4\r", F4, b"{z}\r", BACK),
    *(F8, b"[red]\r", b"{p}[/]\r", b"[@click=app.quit]n\r", F8, F9, BACK, BACK, BACK),
    *(b"2", b"A1\r", f"{LOTTED}\r".encode(), BACK + BACK + BACK),
    *(b"4", b"A1\r", b"[/]\r", b"B-01\r", F6, BACK, F7, F7, BACK + BACK + BACK),
]
PAGES = {"looking": LOOKING, "reading": READING, "entering": ENTERING}


@pytest.fixture
def shop_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    with sqlite_files.copy_of("hostile", open_hostile_shop) as url:
        yield url


def strips(it: Terminal) -> list[Strip]:
    return it.app.screen._compositor.render_strips(it.app.size)


def check(it: Terminal) -> None:
    """Nothing on the screen steers a terminal, nothing is a link, and nobody has ended the program."""
    assert it.app.is_running and it.app.return_code is None
    for strip in strips(it):
        assert not FORBIDDEN.search(strip.text), repr(strip.text)
        assert not any(segment.style and (segment.style.link or "@click" in segment.style.meta) for segment in strip)


@pytest.mark.parametrize("size", [(80, 24), (20, 16)])
@pytest.mark.parametrize("pages", PAGES)
async def test_nothing_is_obeyed_on_any_page(at_work: AtWork, pages: str, size: tuple[int, int]):
    async with at_work(size=size) as it:
        for keys in PAGES[pages]:
            await it.type(keys)
            check(it)
        assert it.client.actor is not None


async def test_every_name_is_shown_as_text(at_work: AtWork):
    async with at_work(size=(200, 50)) as it:
        await it.type(b"5")
        for name, scan in zip(NAMES, SCANS, strict=True):
            await it.type(f"{scan}\r".encode())
            assert it.screen().count(safe(name)) >= 4
        await it.type(BACK + b"6")
        for name in NAMES:
            assert safe(name) in it.screen()
        for name in reversed(NAMES):
            await it.type(DOWN + b"\r")
            assert it.screen().count(safe(name)) >= 4
            await it.type(BACK)


@pytest.mark.parametrize("name", NAMES)
def test_no_user_can_have_such_a_name(name: str):
    with pytest.raises(BadName):
        check_name(name)


def test_harmless_names_are_left_as_they_are():
    assert [safe(name) for name in HARMLESS] == list(HARMLESS)
