"""``wms screenshots``: the pictures of the documentation, taken of a made-up warehouse at a fixed moment."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from pathlib import Path

from wms_tui.cli.console import Console
from wms_tui.cli.progress import ProgressLine
from wms_tui.domain.errors import FileError
from wms_tui.domain.texts import LANGUAGES, N_, Translate

TAKEN = N_("Pictures taken: {count}. They are in {folder}.")
Size = tuple[int, int]


def declare(parser: ArgumentParser, translate: Translate) -> None:
    told = translate(N_("the folder for the pictures; one folder a language is made in it"))
    parser.add_argument("folder", metavar=translate(N_("FOLDER")), help=told)
    sized = translate(N_("columns and rows of the terminal, such as 200x50; 80x24 without this"))
    parser.add_argument("--size", type=_size(translate), metavar="SIZE", default=(80, 24), help=sized)


def run(console: Console, arguments: Namespace) -> int:
    """Furnish a warehouse, lead the application through every screen, and write what it shows."""
    _stay_in_utc()
    folder, progress = Path(arguments.folder), ProgressLine(console)
    with tempfile.TemporaryDirectory(prefix="wms-screenshots-") as home:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            count = asyncio.run(_take(Path(home), folder, arguments.size, progress))
        except OSError as error:
            raise FileError(path=str(error.filename or folder), why=error.strerror) from error
    console.say(TAKEN, count=count, folder=str(folder))
    console.answer({"count": count, "folder": str(folder)})
    return 0


async def _take(home: Path, folder: Path, size: Size, progress: Callable[[int, int], None]) -> int:
    from wms_tui.services.demo.furnishing import furnish
    from wms_tui.tui.scene import HANDHELD, NORMAL
    from wms_tui.tui.walking import FURNISHED, NOW, PASSWORD

    furnish(f"sqlite:///{home / FURNISHED}", NOW, PASSWORD)
    sizes = (NORMAL, HANDHELD) if size == NORMAL else (size,)
    taken = 0
    for number, language in enumerate(LANGUAGES):
        progress(number, len(LANGUAGES))
        for each in sizes:
            taken += await _walk(home, folder / language, language, each)
    progress(1, 1)
    return taken


async def _walk(home: Path, folder: Path, language: str, size: Size) -> int:
    from wms_tui.tui.picture import compact
    from wms_tui.tui.scenes import has_picture, scenes_at
    from wms_tui.tui.walking import Walk

    count = 0
    async for scene, app in Walk(home, language, size).through(scenes_at(size)):
        if not has_picture(scene, size):
            continue
        picture = compact(app.export_screenshot(title=scene.name, simplify=True))
        _keep(folder, f"{scene.file_name(size)}.svg", picture)
        count += 1
    return count


def _keep(folder: Path, name: str, picture: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(picture, encoding="utf-8")


def _size(translate: Translate) -> Callable[[str], Size]:
    def read(text: str) -> Size:
        found = re.fullmatch(r"([1-9]\d{0,2})x([1-9]\d{0,2})", text, re.ASCII)
        if found is None:
            raise ArgumentTypeError(translate(N_("{text} is no size such as 80x24")).format(text=text))
        return int(found[1]), int(found[2])

    return read


def _stay_in_utc() -> None:
    """The pictures are the same wherever they are taken."""
    os.environ["TZ"] = "UTC"
    if sys.platform != "win32":
        time.tzset()
