"""The README's pictures, taken by the program itself: ``python -m tests.screenshots [FOLDER]``."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

from tests.support.warehouse import PASSWORD, add_catalog, add_users, signed_in
from tests.tui.driving import Terminal
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import movements
from wms_tui.services.backend import Backend
from wms_tui.settings import Settings
from wms_tui.tui.app import WmsApp
from wms_tui.tui.client import Client

FOLDER = Path(__file__).parent / "data" / "screenshots"
WIDE, HANDHELD = (80, 24), (20, 16)
SIGN_IN = f"ken\r{PASSWORD}\r".encode()

SCENES: tuple[tuple[str, tuple[int, int], bytes], ...] = (
    ("sign-in", WIDE, b"ken"),
    ("home", WIDE, SIGN_IN),
    ("receipt", WIDE, SIGN_IN + b"1A1\rBOLT\r4006381333931\r12\rNUT\r14006381333938\rMILK\rM1\r"),
    ("refusal", WIDE, SIGN_IN + b"1WRONG-LABEL\rBOLT\r"),
    ("stock", WIDE, SIGN_IN + b"5BOLT\r"),
    ("history", WIDE, SIGN_IN + b"6"),
    ("handheld", HANDHELD, SIGN_IN + b"2A1\rBOLT\r"),
    ("document", WIDE, SIGN_IN + b"6\x1b[B\r"),
    ("help", WIDE, SIGN_IN + b"1?"),
)
"""Name, size of the terminal, what is typed. They are taken in this order on one database."""


def warehouse(url: str) -> None:
    """The small warehouse of the tests, with some stock."""
    Backend.prepare(url)
    backend = Backend.open(url)
    add_users(backend)
    add_catalog(backend)
    keeper = signed_in(backend, "ken")
    stock = (
        Line("BOLT", Decimal(1200), target="A1"),
        Line("NUT", Decimal(800), target="A2"),
        Line("MILK", Decimal(36), target="A1", lot="M1"),
        Line("BOLT", Decimal(240), target="A2"),
    )
    backend.run(movements.post, keeper, PostDocument(DocumentKind.RECEIPT, "first", stock, "PO-1001", "Bolt Works"))
    issue = (Line("BOLT", Decimal(48), source="A1"),)
    backend.run(movements.post, keeper, PostDocument(DocumentKind.ISSUE, "second", issue, "SO-2001", "Garage Smith"))
    backend.close()


@asynccontextmanager
async def running(url: str, size: tuple[int, int]) -> AsyncIterator[Terminal]:
    client = Client(url)
    app = WmsApp(Settings(url, idle_lock=0, bell=False), client)
    async with app.run_test(size=size):
        yield Terminal(app, client)


async def take(url: str, size: tuple[int, int], typed: bytes) -> str:
    """The screen as SVG, once everything typed has been dealt with."""
    async with running(url, size) as terminal:
        await terminal.type(typed)
        await asyncio.gather(*(worker.wait() for worker in terminal.app.workers if worker.name != "gate"))
        await terminal.settle()
        return _steady(terminal.app.export_screenshot(title="wms"))


def _steady(svg: str) -> str:
    """The picture without the random names of its parts, and in the reader's own font instead of one to be fetched."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code", "monospace")
    return re.sub(r"terminal-\d+", "terminal", svg)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/pictures.sqlite"
        warehouse(url)
        for name, size, typed in SCENES:
            (folder / f"{name}.svg").write_text(asyncio.run(take(url, size, typed)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
