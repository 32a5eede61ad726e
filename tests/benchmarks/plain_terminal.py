"""The same program with Textual's own driver and compositor: what a terminal gets without ours. Run by ``-m``."""

from __future__ import annotations

import sys

from textual._compositor import Compositor

from wms_tui.tui import app, page

app._driver = lambda: None
page.SparingCompositor = Compositor

if __name__ == "__main__":
    from wms_tui.__main__ import main

    sys.exit(main())
