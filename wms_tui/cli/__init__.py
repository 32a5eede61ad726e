"""The command line: a thin front end over the services."""

from __future__ import annotations


def run(argv: list[str]) -> int:
    return 2
