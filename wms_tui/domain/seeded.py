"""Names that the program gives in a new database: read in the reader's language while nobody has changed them."""

from __future__ import annotations

from wms_tui.domain import access, locations, movements
from wms_tui.domain.texts import N_, Term, Translate

FIRST_UNIT = ("pcs", N_("Pieces"))
"""Code and name."""

NAMES: frozenset[str] = frozenset(
    {
        FIRST_UNIT[1],
        *access.ROLES,
        *(name for _, name, _, _ in locations.SEED),
        *(name for _, name, _ in movements.REASONS),
    }
)


def named(name: str) -> str:
    """A name from the database as a field of a sentence."""
    return Term(name) if name in NAMES else name


def kept_name(translate: Translate, before: str, text: str) -> str:
    """The name as it is stored after somebody read ``before`` in his language and left or wrote ``text``."""
    return before if text == shown_name(translate, before) else text


def shown_name(translate: Translate, name: str) -> str:
    """A name from the database as it is read; one that the site gave is data and stays as it is."""
    return translate(name) if name in NAMES else name
