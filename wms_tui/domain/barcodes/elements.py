"""GS1 codes taken apart: element strings as scanners send them, and the bracketed form as labels print it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wms_tui.domain import barcode_errors as errors
from wms_tui.domain.barcodes.associations import check_together
from wms_tui.domain.barcodes.identifiers import Identifier, identifier, identifier_at
from wms_tui.domain.barcodes.readings import Element
from wms_tui.domain.barcodes.visible import GS, visible

_MONTHS = "1[0-2]"
"""What the forms of days have in common."""

_ALLOWED = re.compile(r"[!\"%-?A-Z_a-z]*", re.ASCII)


def split(text: str) -> tuple[Element, ...]:
    """The parts of an element string with 0x1D for FNC1. Raises ``BadGs1Code``."""
    return _together(_parts(text))


def _parts(text: str) -> Iterator[Element]:
    at, end = 0, len(text)
    while at < end:
        if text[at] == GS:
            at += 1
            continue
        known = identifier_at(text, at)
        if known is None:
            raise errors.UnknownIdentifier(ai=visible(text[at : at + 4]))
        start = at + len(known.ai)
        at = start + known.length if known.length else _end(text, start)
        yield element(known, text[start:at])


def _together(parts: Iterator[Element]) -> tuple[Element, ...]:
    """All of them, if they may stand together; a refusal tells which were read before it."""
    found: list[Element] = []
    try:
        found.extend(parts)
        if not found:
            raise errors.EmptyGs1Code
        return check_together(tuple(found))
    except errors.CodeRefused as refused:
        refused.parts = tuple(found)
        raise


def _end(text: str, start: int) -> int:
    found = text.find(GS, start)
    return len(text) if found < 0 else found


def element(known: Identifier, value: str) -> Element:
    """One part, checked. Raises ``BadGs1Code``."""
    if not known.form.fullmatch(value):
        raise _misformed(known, value)
    for check in known.checks:
        fault = check(value)
        if fault is not None:
            raise fault[0](ai=known.ai, title=known.title, value=value, **fault[1])
    return Element(known.ai, value, known.title)


def _misformed(known: Identifier, value: str) -> errors.BadGs1Code:
    fields = {"ai": known.ai, "title": known.title, "value": visible(value)}
    if not value.strip(GS):
        return errors.EmptyPart(**fields)
    if _MONTHS in known.form.pattern and value.isdecimal() and len(value) in {6, 8, 10, 12}:
        return errors.WrongPartDate(**fields)
    if GS in value or (_ALLOWED.fullmatch(value) and not _has_strange_letters(known, value)):
        return errors.WrongLength(**fields)
    return errors.WrongCharacters(**fields)


def _has_strange_letters(known: Identifier, value: str) -> bool:
    """Whether data of digits alone holds something else."""
    return "-" not in known.form.pattern and "A" not in known.form.pattern and not value.isdecimal()


_PART = re.compile(r"\((\d{2,4})\)((?:\\\(|[^(\\]|\\(?!\())*)", re.ASCII | re.DOTALL)


def split_bracketed(text: str) -> tuple[Element, ...]:
    r"""The parts of ``(01)…(10)…``; a bracket within data is written ``\(``. Raises ``BadGs1Code``."""
    return _together(_bracketed_parts(text))


def _bracketed_parts(text: str) -> Iterator[Element]:
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            raise errors.BadBrackets
        known = identifier(part[1])
        if known is None:
            raise errors.UnknownIdentifier(ai=part[1])
        yield element(known, part[2].replace("\\(", "("))
        at = part.end()
