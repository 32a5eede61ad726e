"""Every screen of every role on every kind of terminal: the strict terminal takes all of it and shows the page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.terminal.fanned import Onlooker, fanned
from tests.terminal.meant import differences, told_by_colour_alone
from tests.terminal.on_the_line import GBK, Device, Line, LineWalk
from wms_tui.tui.app import WmsApp
from wms_tui.tui.scene import HANDHELD, NORMAL, SMALLEST, Size
from wms_tui.tui.scenes import scenes_at
from wms_tui.tui.terminal.driver import TerminalDriver

KINDS = ("modern", "ansi16", "vt220", "vt100", "mono-ascii")
LATIN = "en_GB.ISO-8859-1"
WALKS = [Device("vt220", NORMAL), Device("mono-ascii", HANDHELD), Device("vt100", SMALLEST[-1])]
"""Those with a line; all others look on."""


def devices(size: Size) -> list[Device]:
    """All kinds, and one that does not erase in colour, and those of other charsets."""
    usual = [Device(kind, size) for kind in KINDS]
    chinese = [Device(kind, size, GBK) for kind in ("ansi16", "vt220")]
    return [*usual, Device("modern", size, term="screen-256color"), *chinese, Device("vt220", size, LATIN)]


EACH = [device for size in (NORMAL, HANDHELD, *SMALLEST) for device in devices(size)]


async def walk(home: Path, device: Device, driver: type[TerminalDriver] = TerminalDriver, *onlookers: Onlooker) -> None:
    """Go through all screens of a size; on each the terminal, and those of the onlookers, show what is meant."""
    line = Line(device)
    async for scene, app in LineWalk(home, "zh_CN", device.size, line, driver).through(scenes_at(device.size)):
        await line.until(lambda app=app: not differences(app, line.terminal), partial(told, scene.name, app, line))
        assert not differences(app, *(onlooker.look() for onlooker in onlookers)), scene.name
        assert line.terminal.between
        assert not told_by_colour_alone(app), scene.name
    assert_left_as_found(line)
    line.close()


def told(name: str, app: WmsApp, line: Line) -> str:
    """What the terminal shows, and what of it is wrong."""
    return "\n".join((name, *differences(app, line.terminal), *line.terminal.rows()))


def assert_left_as_found(line: Line) -> None:
    """After the end: the screen of before or an empty one, no look, and a cursor that can be seen."""
    it = line.terminal
    assert (it.alternate, it.cursor_shown, it.look.reverse, it.look.underline) == (False, True, False, False)
    left = {"".join(row.split()).strip("#") for row in it.rows()}
    assert left == {""}


@pytest.mark.parametrize("device", WALKS, ids=str)
async def test_terminals_of_all_kinds_show_every_screen(demonstration: Path, device: Device):
    others = [Onlooker(other) for other in devices(device.size)[:: 1 if device.size == HANDHELD else 2]]
    await walk(demonstration, device, fanned(others), *others)


@pytest.mark.campaign
@pytest.mark.parametrize("device", EACH, ids=str)
async def test_each_kind_shows_every_screen_through_its_own_driver(demonstration: Path, device: Device):
    await walk(demonstration, device)
