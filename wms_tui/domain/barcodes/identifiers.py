"""GS1 application identifiers: what biip knows of their form, and what their contents have to keep beyond it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from wms_tui.domain.barcodes.contents import CONTENTS, Check

_FIXED = re.compile(r"N\d+\+N(\d+)", re.ASCII)
_TABLE = "gs1_application_identifiers/_application_identifiers.json"


@dataclass(frozen=True, slots=True)
class Identifier:
    """``length`` is that of its data where no FNC1 has to end it, else 0; ``form`` matches the data."""

    ai: str
    title: str
    length: int
    form: re.Pattern[str]
    checks: tuple[Check, ...]


@cache
def table() -> dict[str, Identifier]:
    """All identifiers by their digits.

    Read from biip's own table without importing biip, which takes 150 ms and 24 MB for what is not used here.
    """
    import json
    from importlib.util import find_spec
    from pathlib import Path

    package = find_spec("biip")
    assert package is not None and package.submodule_search_locations
    stored = Path(package.submodule_search_locations[0]) / _TABLE
    return {row["ai"]: _identifier(row) for row in json.loads(stored.read_text(encoding="utf-8"))}


def _identifier(row: dict[str, Any]) -> Identifier:
    ai = row["ai"]
    fixed = None if row["separator_required"] else _FIXED.fullmatch(row["format"])
    form = row["pattern"].removeprefix(f"^{ai}").removesuffix("$")
    return Identifier(ai, row["data_title"], int(fixed[1]) if fixed else 0, _compiled(form), CONTENTS.get(ai, ()))


@cache
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form, re.ASCII)


def identifier_at(text: str, at: int) -> Identifier | None:
    """The identifier that the text goes on with; None for none."""
    known = table()
    return known.get(text[at : at + 2]) or known.get(text[at : at + 3]) or known.get(text[at : at + 4])


def identifier(ai: str) -> Identifier | None:
    """The identifier of exactly these digits."""
    return table().get(ai)
