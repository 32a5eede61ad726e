"""The command line: a thin front end over the services."""

from __future__ import annotations


def run(argv: list[str]) -> int:
    """Carry out a command line and answer the exit status: 0 done, 1 refused, 2 misused."""
    if not argv:
        from wms_tui.cli import application

        return application.main()
    from wms_tui.cli.program import main

    return main(argv)
