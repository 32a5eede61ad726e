"""The same program with Textual's own driver: what a terminal gets without ours. Run as ``python -m``."""

from __future__ import annotations

import sys

from wms_tui.tui import app

app._driver = lambda: None

if __name__ == "__main__":
    from wms_tui.__main__ import main

    sys.exit(main())
