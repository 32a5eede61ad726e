"""GS1 application identifiers: what biip knows of their form, and what their contents have to keep beyond it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from wms_tui.domain.barcodes.contents import CONTENTS, Check

_FIXED = re.compile(r"N\d+\+N(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Identifier:
    """``length`` is that of its data where no FNC1 has to end it, else 0; ``form`` matches the data."""

    ai: str
    title: str
    length: int
    form: re.Pattern[str]
    checks: tuple[Check, ...]


def identifier_at(text: str, at: int) -> Identifier | None:
    """The identifier that the text goes on with; None for none."""
    return _by_start(text[at : at + 4])


@lru_cache(maxsize=20_000)
def _by_start(start: str) -> Identifier | None:
    from biip import ParseError
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

    try:
        known = GS1ApplicationIdentifier.extract(start)
    except ParseError:
        return None
    return _identifier(known.ai)


@lru_cache(maxsize=1000)
def _identifier(ai: str) -> Identifier:
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

    known = GS1ApplicationIdentifier.extract(ai)
    fixed = None if known.separator_required else _FIXED.fullmatch(known.format)
    form = re.compile(known.pattern.removeprefix(f"^{ai}").removesuffix("$"), re.ASCII)
    return Identifier(ai, known.data_title, int(fixed[1]) if fixed else 0, form, CONTENTS.get(ai, ()))


def identifier(ai: str) -> Identifier | None:
    """The identifier of exactly these digits."""
    found = identifier_at(ai, 0)
    return found if found is not None and found.ai == ai else None
