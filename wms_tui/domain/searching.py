"""Searching as one types: the pieces of a text by which an index finds any part of it, Chinese too.

A run of letters and digits is indexed by its bigrams, by its trigrams where they are ASCII, and by each of its other
characters alone; a word that is searched asks for as few of them as cover it. What the pieces find is then held against
the text itself, since pieces may stand apart.

Behind a text stand marks for what is often filtered by: its category, and whether it is inactive. They are capitals,
which no text that is searched has, and longer than any other ASCII piece.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from string import ascii_uppercase

MOST_TEXT = 2000
"""Of a product's searchable text; more than this is cut."""
INACTIVE = "INACTIVE"


def searchable(text: str) -> str:
    """The text as it is compared: small letters, and full-width forms as their plain ones."""
    return unicodedata.normalize("NFKC", text).casefold()[:MOST_TEXT]


def marked(text: str, category_id: int | None, active: bool) -> str:
    """A searchable text with its marks."""
    marks = ([] if category_id is None else [category_mark(category_id)]) + ([] if active else [INACTIVE])
    return " ".join([text, *marks])


def category_mark(category_id: int) -> str:
    """Letters alone, for a digit might be searched."""
    return "KIND" + "".join(ascii_uppercase[int(digit)] for digit in str(category_id))


def words(text: str) -> tuple[str, ...]:
    """What must all stand in a searchable text for it to be found."""
    return tuple(dict.fromkeys(searchable(text).split()))


def pieces(text: str) -> frozenset[str]:
    """Everything by which a searchable text is found, its marks with it."""
    return frozenset(piece for run in _runs(text) for piece in ([run] if _is_mark(run) else _all_of(run)))


def covering(word: str) -> frozenset[str]:
    """The pieces that a text with this word has; none where only the start of a code can tell."""
    return frozenset(piece for run in _runs(word) for piece in _cover(run))


def _runs(text: str) -> Iterator[str]:
    run = ""
    for character in text:
        if character.isalnum():
            run += character
        elif run:
            yield run
            run = ""
    if run:
        yield run


def _is_mark(run: str) -> bool:
    return run.isascii() and run.isupper()


def _all_of(run: str) -> Iterator[str]:
    for place, character in enumerate(run):
        if not character.isascii():
            yield character
        if place + 2 <= len(run):
            yield run[place : place + 2]
        if (three := run[place : place + 3]) and len(three) == 3 and three.isascii():
            yield three


def _cover(run: str) -> Iterator[str]:
    """Trigrams beside each other over ASCII, bigrams elsewhere; the last ones reach the end."""
    if len(run) == 1:
        if not run.isascii():
            yield run
    elif len(run) == 2:
        yield run
    elif run.isascii():
        yield from (run[place : place + 3] for place in {*range(0, len(run) - 2, 3), len(run) - 3})
    else:
        yield from (run[place : place + 2] for place in range(len(run) - 1))
