"""``wms`` alone: the terminal application, without what only commands need, so that it is painted at once."""

from __future__ import annotations

import sys

from wms_tui import settings
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import Translate, as_written, translator


def main() -> int:
    """Open the application; the exit status. What is refused is said on standard error."""
    translate: Translate = as_written
    try:
        loaded = settings.load()
        translate = translator(loaded.language)
        return open_application(loaded)
    except WmsError as error:
        from wms_tui.domain.display import harmless

        print(harmless(error.text(translate)), file=sys.stderr)
        return 1


def open_application(loaded: settings.Settings) -> int:
    from wms_tui.tui.app import run

    return run(loaded)
