"""What stands above rows: muted, its words underlined."""

from __future__ import annotations

import re

from textual.content import Content

_WORDS = re.compile(r"\S+(?: \S+)*")


def underlined(text: str) -> Content:
    """Only words are underlined: a slow terminal is told where columns begin, not each blank between them."""
    words = Content.styled(text, "$muted")
    for found in _WORDS.finditer(text):
        words = words.stylize("underline", *found.span())
    return words
