"""Where a replay plays: in the database at hand, or in a furnished warehouse that is thrown away afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from wms_tui.cli.console import Console
from wms_tui.cli.demo import FURNISHING, new_password
from wms_tui.cli.progress import ProgressLine
from wms_tui.domain.replay import PASSWORD


@contextmanager
def place(console: Console, demo: bool) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The URL, and the secrets that hold there. A database that the command line names goes before ``demo``."""
    if not demo or console.database:
        yield console.settings.database, {}
        return
    from wms_tui.services.demo.furnishing import furnish

    console.warn(console.translate(FURNISHING))
    with tempfile.TemporaryDirectory(prefix="wms-replay-", ignore_cleanup_errors=True) as folder:
        url, password = f"sqlite:///{Path(folder) / 'replay.sqlite'}", new_password()
        furnish(url, datetime.now().astimezone(), password, progress=ProgressLine(console))
        yield url, {PASSWORD: password}
