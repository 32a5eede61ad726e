"""Every screen of every role on every kind of terminal: the strict terminal takes all of it and shows the page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.terminal.fanned import Onlooker, fanned
from tests.terminal.meant import differences, told_by_colour_alone
from tests.terminal.on_the_line import GBK, Device, Line, LineWalk
from tests.terminal.strict import StrictTerminal
from wms_tui.tui.app import WmsApp
from wms_tui.tui.scenes import HANDHELD, NORMAL, scenes_at
from wms_tui.tui.terminal.driver import TerminalDriver

KINDS = ("modern", "ansi16", "vt220", "vt100", "mono-ascii")
LATIN = "en_GB.ISO-8859-1"
DEVICES = (
    *(Device(kind, NORMAL) for kind in KINDS),
    Device("modern", NORMAL, term="screen-256color"),
    Device("ansi16", NORMAL, GBK),
    Device("vt220", NORMAL, GBK),
    Device("vt220", NORMAL, LATIN),
)


async def walk(home: Path, device: Device, driver: type[TerminalDriver] = TerminalDriver, *onlookers: Onlooker) -> None:
    """Go through all screens of a size; on each the terminal, and those of the onlookers, show what is meant."""
    line = Line(device)
    terminals = [line.terminal, *(onlooker.terminal for onlooker in onlookers)]
    async for scene, app in LineWalk(home, "zh_CN", device.size, line, driver).through(scenes_at(device.size)):
        await line.until(partial(all_show, app, terminals), partial(told, scene.name, app, terminals))
        assert line.terminal.between
        assert not told_by_colour_alone(app), scene.name
    assert_left_as_found(line)
    line.close()


def all_show(app: WmsApp, terminals: list[StrictTerminal]) -> bool:
    return not any(differences(app, it) for it in terminals)


def told(name: str, app: WmsApp, terminals: list[StrictTerminal]) -> str:
    """Which terminals show something else, and what."""
    wrong = [(it, differences(app, it)) for it in terminals]
    parts = ("\n".join((f"{it.rules.name} {it.charset}", *found, *it.rows())) for it, found in wrong if found)
    return "\n".join((name, *parts))


def assert_left_as_found(line: Line) -> None:
    """After the end: the screen of before or an empty one, no look, and a cursor that can be seen."""
    it = line.terminal
    assert (it.alternate, it.cursor_shown, it.look.reverse, it.look.underline) == (False, True, False, False)
    left = {"".join(row.split()).strip("#") for row in it.rows()}
    assert left == {""}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_handheld_shows_every_screen(demonstration: Path, kind: str):
    await walk(demonstration, Device(kind, HANDHELD))


async def test_terminals_of_all_kinds_show_every_screen(demonstration: Path):
    others = [Onlooker(device) for device in DEVICES]
    await walk(demonstration, Device("vt220", NORMAL), fanned(others), *others)


@pytest.mark.campaign
@pytest.mark.parametrize("device", DEVICES, ids=str)
async def test_each_kind_shows_every_screen_through_its_own_driver(demonstration: Path, device: Device):
    await walk(demonstration, device)
