"""Where a replay plays: in the database at hand, or in a furnished warehouse that is thrown away afterwards."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from wms_tui.cli.console import Console
from wms_tui.cli.demo import FURNISHING, new_password, notice
from wms_tui.cli.progress import ProgressLine
from wms_tui.domain.replay import BADGE, PASSWORD, PIN
from wms_tui.settings import Settings


@contextmanager
def place(console: Console, demo: bool) -> Iterator[tuple[Settings, Mapping[str, str]]]:
    """The settings with the database, and the secrets that hold there.

    A database that the command line names goes before ``demo``.
    """
    if not demo or console.database:
        yield console.settings, {}
        return
    from wms_tui.services.demo.furnishing import furnish
    from wms_tui.services.demo.training import Badge, prepare

    console.warn(console.translate(FURNISHING))
    with tempfile.TemporaryDirectory(prefix="wms-replay-", ignore_cleanup_errors=True) as folder:
        url, password = f"sqlite:///{Path(folder) / 'replay.sqlite'}", new_password()
        furnished = furnish(url, datetime.now().astimezone(), password, progress=ProgressLine(console))
        prefix = console.settings.reserved().badge
        badge = Badge(f"{prefix}{secrets.token_hex(8)}", _pin())
        prepare(url, badge, prefix)
        told = notice(console, furnished, password, stays=True)  # without the hint at --keep, which demo alone has
        secret = {PASSWORD: password, BADGE: badge.code, PIN: badge.pin}
        yield replace(console.settings, database=url, notice=told), secret


def _pin() -> str:
    """Six digits that nobody would refuse as too simple."""
    return f"{secrets.randbelow(900) + 100}{secrets.randbelow(5)}{secrets.randbelow(5) + 5}7"
