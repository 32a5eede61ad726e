"""Sentences for people: marked where they are written, translated where they are read.

A sentence is a gettext template with named fields, for example ``N_("Unknown code {code}.")``. Nothing here is global:
one process may serve operators of several languages, so whoever shows a sentence passes its own translator.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

Translate = Callable[[str], str]

LOCALE_DIR = Path(__file__).parent.parent / "locale"


class Term(str):
    """A marked string: as a field of another sentence it is translated with it, other fields are data and are not."""

    __slots__ = ()


def N_(template: str) -> str:  # noqa: N802 - gettext's own name for a marked, untranslated string
    """Mark a template for extraction; it is translated when it is shown."""
    return Term(template)


def sentence(translate: Translate, template: str, fields: Mapping[str, object]) -> str:
    """The template in the reader's language with its fields put in."""
    named = {name: translate(value) if isinstance(value, Term) else value for name, value in fields.items()}
    return translate(template).format(**named)


def as_written(template: str) -> str:
    """The translator of someone who reads English."""
    return template


@lru_cache(maxsize=16)
def translator(language: str) -> Translate:
    """The translator for a language tag such as ``en`` or ``zh_CN``; English where no catalog is installed."""
    catalog = gettext.translation("wms", LOCALE_DIR, languages=[language], fallback=True)
    return catalog.gettext
