"""The ``wms`` command: without arguments the application, otherwise the command line. Nothing heavy is imported."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    from wms_tui.cli import run

    return run(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
