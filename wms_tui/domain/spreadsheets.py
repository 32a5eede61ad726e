"""Text that a spreadsheet would take for a formula: made harmless in what we write, restored in what we read."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
_GUARDED = re.compile(r"'+\s*[=+\-@\t\r＝＋－＠]")


def guard(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would evaluate it or ``unguard`` would cut one."""
    return "'" + text if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text as it was before ``guard``."""
    return text[1:] if _GUARDED.match(text) else text
