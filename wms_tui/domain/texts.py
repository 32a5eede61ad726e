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

DOMAIN = "wms"
LOCALE_DIR = Path(__file__).parent.parent / "locale"
ENGLISH, CHINESE = "en", "zh_CN"
LANGUAGES: dict[str, str] = {ENGLISH: "English", CHINESE: "简体中文"}
"""The languages of the program by their own names."""
TRANSLATED = (CHINESE,)
"""Those that have a catalog; the sentences themselves are English."""


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


def language_of(tag: str) -> str:
    """The language of the program for a tag such as ``zh``, ``zh-Hans``, ``zh_SG.UTF-8``; English for all others."""
    language = tag.replace("-", "_").split(".")[0].split("@")[0].split("_")[0].casefold()
    return CHINESE if language == "zh" else ENGLISH


def locale_for(chosen: str, terminal: str) -> str:
    """The locale tag for who chose a language at a terminal: a terminal of that language also knows the country."""
    return terminal if not chosen or language_of(chosen) == language_of(terminal) else chosen


def translator(language: str) -> Translate:
    """The translator for a language tag."""
    return _catalog(language_of(language))


@lru_cache(maxsize=len(LANGUAGES))
def _catalog(language: str) -> Translate:
    if language == ENGLISH:
        return as_written
    look_up = gettext.translation(DOMAIN, LOCALE_DIR, languages=[language]).gettext
    return lambda template: look_up(template) if template else template
