"""``wms replay``: recorded keys and scans go through the real application, for tests and for training."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wms_tui.cli.application import without_echo
from wms_tui.cli.console import Console, Heading
from wms_tui.cli.replay_place import place
from wms_tui.domain.errors import FileError
from wms_tui.domain.file_errors import FileMissing, FileUndecodable
from wms_tui.domain.replay_errors import BadScreenSize, StepNotMet
from wms_tui.domain.texts import N_, Translate

if TYPE_CHECKING:
    from wms_tui.domain.replay import Script

TRAININGS = Path(__file__).parent.parent / "training"
ENDING = ".replay"
TITLES = {"shift": N_("A shift without a key: receive two pallets, put away, issue, undo, count")}
"""The replays that come with the program."""
HEADINGS = (Heading("name", N_("Name")), Heading("title", N_("What it shows")))
PLAYED = N_("Replayed, steps: {steps}; sent to the application: {sent}; seconds: {seconds}.")
ONE_FILE = N_("Name a FILE to replay, --record FILE, or --list.")
FASTEST = 100.0
STEPS = N_(
    "One step a line: scan CODE, type TEXT, key F8, enter, secret VARIABLE, sign-in USER, wait TEXT, expect TEXT, "
    "absent TEXT, pause SECONDS, patience SECONDS; before them demo, size 20x16, language zh_CN. Passwords come from "
    "WMS_PASSWORD. Invisible characters are written <GS>, <ESC>, <0x11>."
)


def declare(parser: ArgumentParser, translate: Translate) -> None:
    told = translate(N_("a file of steps, or the name of a training of --list"))
    parser.add_argument("file", metavar=translate(N_("FILE")), nargs="?", help=told)
    recorded = translate(N_("open the application and write what is typed and scanned into this new file"))
    parser.add_argument("--record", metavar=translate(N_("FILE")), help=recorded)
    listed = translate(N_("list the trainings that come with the program"))
    parser.add_argument("--list", action="store_true", help=listed)
    paced = translate(N_("so many steps a second, for somebody to follow; without it as fast as it goes"))
    parser.add_argument("--speed", type=_speed(translate), metavar=translate(N_("NUMBER")), default=0.0, help=paced)
    parser.add_argument(
        "--stay", action="store_true", help=translate(N_("stay in the application after the last step"))
    )
    headless = translate(N_("play without a terminal"))
    parser.add_argument("--headless", action="store_true", help=headless)
    sized = translate(N_("columns and rows without a terminal, such as 20x16; else those of the file, or 80x24"))
    parser.add_argument("--size", type=_size(translate), metavar="SIZE", help=sized)
    parser.epilog = translate(STEPS)


def run(console: Console, arguments: Namespace) -> int:
    """Play, record, or list; status 1 where a step was not met."""
    if arguments.list:
        console.table(HEADINGS, [(name, console.translate(title)) for name, title in TITLES.items()])
        return 0
    if bool(arguments.file) == bool(arguments.record):
        console.misuse(ONE_FILE)
    return _record(console, Path(arguments.record)) if arguments.record else _play(console, arguments)


def _record(console: Console, path: Path) -> int:
    with without_echo():
        from wms_tui.tui.recording import record_here

        return record_here(console.settings, path)


def _play(console: Console, arguments: Namespace) -> int:
    script = _read(arguments.file)
    headless = arguments.headless or console.as_json or arguments.size is not None
    with place(console, script.demo) as (settings, secrets), without_echo():
        from wms_tui.tui.replay_app import ReplayApp, play

        settings = replace(settings, language=script.language or settings.language)
        app = ReplayApp(settings, script, {**os.environ, **secrets}, arguments.speed, arguments.stay and not headless)
        began = time.perf_counter()
        try:
            status = play(app, (arguments.size or script.size) if headless else None)
        except StepNotMet as fault:
            return _fail(console, fault)
        seconds = round(time.perf_counter() - began, 2)
    console.say(PLAYED, steps=len(script.steps), sent=app.player.sent, seconds=seconds)
    console.answer({"steps": len(script.steps), "sent": app.player.sent, "seconds": seconds})
    return status


def _fail(console: Console, fault: StepNotMet) -> int:
    """What was expected, and the screen that was there instead."""
    told = fault.text(console.translate)
    console.warn(told)
    for row in fault.screen:
        console.warn(f"| {row}")
    answer = {"error": fault.code, "message": told, "line": fault.fields["line"], "screen": fault.screen}
    console.answer(answer)
    return 1


def _read(name: str) -> Script:
    """A file, or a training of this name where there is no such file."""
    from wms_tui.domain.replay import read_script

    path = Path(name)
    if name in TITLES and not path.exists():
        path = TRAININGS / f"{name}{ENDING}"
    try:
        return read_script(path.read_text(encoding="utf-8"), date.today())
    except FileNotFoundError as error:
        raise FileMissing(path=name) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FileUndecodable(path=name, tried="UTF-8", line=line) from error
    except OSError as error:
        raise FileError(path=name, why=error.strerror) from error


def _size(translate: Translate) -> Callable[[str], tuple[int, int]]:
    def read(text: str) -> tuple[int, int]:
        from wms_tui.domain.replay import size_of

        try:
            return size_of(text)
        except BadScreenSize as error:
            raise ArgumentTypeError(error.text(translate)) from error

    return read


def _speed(translate: Translate) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            speed = float(text)
        except ValueError:
            speed = 0.0
        if not 0 < speed <= FASTEST:
            raise ArgumentTypeError(translate(N_("{text} is no speed from 0.01 to 100")).format(text=text))
        return speed

    return read
