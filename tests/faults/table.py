"""The README's table of trials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.campaign import Result
from tests.faults.programme import FAULTS

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- trials -->\n", "<!-- end of trials -->"
HEAD = "| fault | what happens | engines | trials | failures | seeds | run on |\n|---|---|---|---|---|---|---|\n"
ENGINE_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def written() -> dict[str, str]:
    """The rows that the README has, by the name of their fault."""
    body = README.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    return {name: row for row in body.splitlines() if (name := row_name(row))}


def row_name(row: str) -> str:
    found = re.match(r"\| `(\w[\w-]*)` \|", row)
    return found.group(1) if found else ""


def write_readme(results: Sequence[Result]) -> None:
    """Put the results in; a fault that was not run keeps its row."""
    rows = {**{fault.name: f"| `{fault.name}` | {fault.title} | | 0 | | | not yet |" for fault in FAULTS}, **written()}
    rows |= {result.fault.name: _row(result) for result in results}
    table = HEAD + "".join(f"{rows[fault.name]}\n" for fault in FAULTS)
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    README.write_text(before + BEGIN + table + END + rest.partition(END)[2], encoding="utf-8")


def _failures(result: Result) -> str:
    """How many, and how the other trials ended where that differs."""
    return f"{len(result.failures)} ({result.ends})" if result.ends else str(len(result.failures))


def _row(result: Result) -> str:
    fault = result.fault
    engines = ", ".join(ENGINE_NAMES[engine] for engine in fault.engines)
    seeds = f"{result.seed} to {result.seed + result.trials - 1}"
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    cells = (f"`{fault.name}`", fault.title, engines, f"{result.trials:,}", _failures(result), seeds, day)
    return "| " + " | ".join(cells) + " |"
