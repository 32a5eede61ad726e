"""The catalogs are complete, say what the English says, and fit where they are shown."""

from __future__ import annotations

import re
import string
from gettext import GNUTranslations
from importlib import import_module
from io import BytesIO
from pkgutil import walk_packages

import pytest

import wms_tui
from tests import catalogs
from wms_tui.domain.display import width
from wms_tui.domain.texts import (
    CHINESE,
    ENGLISH,
    LANGUAGES,
    N_,
    TRANSLATED,
    language_of,
    locale_for,
    sentence,
    translator,
)
from wms_tui.tui.guide import Hint
from wms_tui.tui.menu import MenuEntry
from wms_tui.tui.page import Page
from wms_tui.tui.widgets.listing import Column

REFRESH = "run: python -m tests.catalogs"
CHINESE_BEFORE_ASCII = re.compile(
    r"[\u4e00-\u9fff）」][,;:?!](\s|$)|[\u4e00-\u9fff）」]\.(?!\.|\w)|\([\u4e00-\u9fff]+\)"
)


@pytest.fixture(params=TRANSLATED)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


def strings(language: str) -> dict[str, str]:
    return {message.id: message.string for message in catalogs.read(language) if message.id}


def test_every_language_of_the_program_is_english_or_has_a_catalog():
    assert set(LANGUAGES) == {ENGLISH, *TRANSLATED}


def test_every_string_of_the_sources_is_translated(language: str):
    known = strings(language)
    wanted = {message.id for message in catalogs.template() if message.id}
    assert not wanted - {text for text, translation in known.items() if translation.strip()}, REFRESH


def test_no_translation_is_a_guess(language: str):
    assert not [message.id for message in catalogs.read(language) if message.id and message.fuzzy]


def test_the_compiled_catalog_is_that_of_the_sentences(language: str):
    compiled = GNUTranslations(BytesIO(catalogs.mo_path(language).read_bytes()))
    assert {text: compiled.gettext(text) for text in strings(language)} == strings(language), REFRESH
    assert catalogs.mo_path(language).read_bytes() == catalogs.mo_text(catalogs.read(language)), REFRESH


def fields(template: str) -> list[str]:
    return sorted(field for _, field, _, _ in string.Formatter().parse(template) if field is not None)


def test_translations_have_the_fields_of_the_english(language: str):
    for text, translation in strings(language).items():
        assert set(fields(translation)) == set(fields(text)), text


def test_keys_and_options_are_called_what_they_are_called(language: str):
    names = re.compile(r"\bF\d+\b|\bEsc\b|\bPgUp\b|\bPgDn\b|--[a-z-]+|\bWMS_\w+|\.(?:csv|xlsx)\b|\bwms [a-z]+\b")
    for text, translation in strings(language).items():
        assert set(names.findall(text)) <= set(names.findall(translation)), text


def test_chinese_has_chinese_punctuation():
    for translation in strings(CHINESE).values():
        bare = re.sub(r"\{\w+\}", "名", translation)
        assert translation == translation.strip()
        assert not CHINESE_BEFORE_ASCII.search(bare), translation


def things(kind: type) -> list:
    modules = [import_module(module.name) for module in walk_packages(wms_tui.__path__, "wms_tui.") if _is_ours(module)]
    values = [value for module in modules for value in vars(module).values()]
    tuples = [part for value in values if isinstance(value, tuple) for part in value]
    return [value for value in (*values, *tuples) if isinstance(value, kind)]


def _is_ours(module) -> bool:
    return "migrations" not in module.name and not module.name.endswith("__main__")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_short_texts_fit_their_places(tag: str):
    """A handheld of 20 columns shows a title, a menu entry and two keys."""
    translate = translator(tag)
    for page in {page for page in things(type) if issubclass(page, Page)}:
        assert width(translate(page.HEADING).replace("{kind}", "Adjustment")) <= 24, page
        for hint in page.GUIDE.hints:
            assert width(translate(hint.word)) <= 14, hint
    for entry in things(MenuEntry):
        assert width(translate(entry.title)) <= 20, entry
    for hint in things(Hint):
        assert width(translate(hint.word)) <= 14, hint
    for column in things(Column):
        assert width(translate(column.title)) <= 16, column


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        *(
            (tag, CHINESE)
            for tag in ("zh", "zh_CN", "zh_CN.UTF-8", "zh-Hans", "zh_SG", "ZH_cn", "zh_Hans_CN.GB18030@x")
        ),
        *(
            (tag, ENGLISH)
            for tag in ("en", "en_GB.UTF-8", "C", "POSIX", "C.UTF-8", "", "de_DE", "nonsense", "../../x", "zhx")
        ),
    ],
)
def test_tags_name_a_language(tag: str, meant: str):
    assert language_of(tag) == meant
    assert translator(tag)(N_("Stock")) == {CHINESE: "库存", ENGLISH: "Stock"}[meant]


def test_a_choice_of_language_keeps_the_country_of_the_terminal():
    assert locale_for("", "zh_SG.UTF-8") == "zh_SG.UTF-8"
    assert locale_for("zh_CN", "zh_SG.UTF-8") == "zh_SG.UTF-8"
    assert locale_for("en", "zh_CN.UTF-8") == "en"


def test_an_empty_text_stays_empty():
    """gettext keeps the catalog's header under the empty text."""
    assert translator(CHINESE)("") == ""


def test_marked_fields_are_translated_and_data_is_not():
    told = sentence(translator(CHINESE), N_("There is no {what} {code}."), {"what": N_("user"), "code": "Stock"})
    assert told == "没有用户 Stock。"
