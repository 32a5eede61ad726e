"""Every visible string goes through gettext: a pseudo-language shows those that do not, and Babel finds them all.

At 80×24 ``test_languages`` goes each of these ways in Chinese and finds the same words; there the pseudo-language is a
campaign: ``pytest tests/tui/test_every_string.py -m campaign``.
"""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import walk_packages

import pytest
from babel.messages.extract import extract

import wms_tui
from tests.tui.conftest import AtWork
from tests.tui.driving import Terminal
from tests.tui.test_history import F1, F4, F6, F9
from tests.tui.test_stock import DOWN, ESC, F8, PAGE_DOWN, UP
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import Term
from wms_tui.tui.guide import F1 as F1_HINT
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.menu import ENTRIES, MenuEntry

PACKAGE = Path(wms_tui.__file__).parent
SOURCES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
OTHER_LETTERS = str.maketrans(
    string.ascii_uppercase + string.ascii_lowercase, "".join(chr(0x1D5A0 + number) for number in range(52))
)
F5 = b"\x1b[15~"
F2, F7, F10 = b"\x1bOQ", b"\x1b[18~", b"\x1b[21~"
# Names that the program gives, and what the shop's people have entered.
DATA = """
WMS wms tui ken kim keeper Esc Enter Up Down R I T A S H P F V PO SO ref tty test Acme urgent movement reverse any
BOLT NUT MILK LOTTED FLOUR Bolt Nut Resin Flour pcs kg carton SUPPLIER CUSTOMER LOSS bolts nuts milk out back
Left Right oltzz Down Backspace Page PgDn PgUp SERIAL Drill OLD Old ada fay admin finance AISLE ZONE MAIN English TAB
Zebra invalid zpl letter Matrix Data IP ZPL PDF BAG SCRAP TRANSIT SHUT EUR CNY QQQ Tools hand
TTY DOCK DEVICE ESC dev modern ansi vt mono ascii ms
FOUND LOST DAMAGED EXPIRED SAMPLE RETURNED OPENING olt x y zz NO soon none such
"""


def pseudo(template: str) -> str:
    """In other letters and between brackets; fields stay as they are."""
    parts = re.split(r"(\{\w*\})", template)
    return "⟦" + "".join(part if part.startswith("{") else part.translate(OTHER_LETTERS) for part in parts) + "⟧"


def untranslated(screen: str) -> set[str]:
    """The words that did not go through the translator and are no data, which may be cut."""
    screen = re.sub(r"\b[RITAV]-\d{4}-\d+|\b[0-9a-f]{12,}\b|v?\d[\w.]*", " ", screen)
    return {word for word in re.findall(r"[A-Za-z]+", screen) if word not in DATA}


JOURNEYS = {
    "home and help": [b"", b"?", ESC, b"y", ESC],
    "account": [b"9", F1, ESC, b"1", F1, ESC, b"old\ra\rb\r", ESC, b"2", F1, ESC, b"soon\r", ESC, ESC],
    "this terminal": [
        *(b"94", F1, ESC, b"/dev/x\r", b"\x15", DOWN, b"zz\r", b"\x15", b"1\r", b"5\r", b"\x15", DOWN, b"4\r", F10),
        *(b"4..DEVICE.TTY9\r", b"..DEVICE.DOCK-1\r", ESC),
    ],
    "keys": [
        *(
            b"95",
            b"?",
            b"\r",
            b"\x1b[98~",
            b"\x1b[98~",
            b"\x7f",
            b"\x1d",
            b"x\r",
            b"0\r",
            b"\r",
            b"zz\r",
            b"2\r",
            b"0\r",
        ),
        *(b"1\r", b"5", b"0\r", b"0\r"),
    ],
    "catalog": [
        *(b"7", F1, ESC, b"olt", F4, F9, F6, F1, ESC, b"\r", b"zz\r", b"\x7f\x7f", b"BOLT\r", F1, ESC, F8),
        *(F2, F1, ESC, b"soon\r", ESC, ESC, F4, F1, ESC, b"zz\r", ESC, F6, ESC, F9, ESC),
    ],
    "administration": [b"0", F1, ESC, b"z", ESC],
    "users": [
        b"01",
        F1,
        ESC,
        F4,
        b"zz",
        ESC,
        F2,
        F1,
        ESC,
        b"a b\r",
        F10,
        ESC,
        ESC,
        b"ken\r",
        F1,
        ESC,
        ESC,
        DOWN,
        F9,
        ESC,
    ],
    "roles": [b"02", F1, ESC, F4, b"zz", ESC, F2, F1, ESC, F10, ESC, ESC, DOWN, b"\r", F10, F1, ESC, ESC, F9, ESC],
    "counting": [
        *(b"8", F1, ESC, F4, F2, F1, ESC, F10, b"NO" + F10, b"A1, A2" + F10, F1, ESC, b"zz\r", ESC, b"A1\r"),
        *(b"BOLT\r", b"7\r", b"NUT\r", F2, b"5\r", b"NO\r", ESC, b"LOTTED\r", F8, ESC, ESC, F4, F6, F1, ESC, F6),
        *(F1, ESC, ESC, ESC, F8, b"A1\r", ESC, F7, F7, F7, F9),
    ],
    "review": [
        *(b"8" + F2 + b"A1" + F10 + b"A1\r3\rBOLT\rNO\r" + ESC + F8 + F7 + F7, DOWN + F6, F1, ESC, F4, F10, ESC),
        *(DOWN + F2, F6, F6, F9, ESC, ESC),
    ],
    "stock": [b"5", F1, ESC, b"BOLT\r", b"NUT\r", PAGE_DOWN, b"A1\r", b"M1\r", b"olt\r", b"FLOUR\r", b"zz\r", b"\r"],
    "history": [b"6", F1, ESC, *[F4] * 7, F6, b"soon\r", b"2026-01-01\r", b"2026-02-01\r", b"PO-\r", b"none such\r"],
    "understood": [b"6", b"BOLT\r", b"A1\r", b"ken\r", b"SO\r", b"R-2026-000001\r", F8, UP],
    "document": [b"6PO-2\r" + DOWN + b"\r", F1, ESC, F9, F9, F9, b"V-9\r", ESC, b"milk\r" + DOWN + b"\r", F9],
    "receipt": [
        *(b"1", F1, F1, ESC, b"NO\r", ESC, b"A1\r", b"BOLT\r", b"3\r", b"NUT\r", b"=5\r", F2, b"7\r", F4, b"0*\r", ESC),
        *(b"NO\rBOLT\r", ESC, b"LOTTED\r", b"L1\r", F6, ESC, F8, b"R-ref\r", b"Acme\r", b"urgent\r", b"BOLT\r", ESC),
        *(F8, F9, F9, F9, ESC, ESC),
    ],
    "issue": [b"2", b"A1\r", b"BOLT\r", b"9999\r", b"BOLT\r", ESC, b"MILK\r", b"NO\r", ESC, ESC, F7, F7],
    "transfer": [b"3", b"A1\r", b"A1\r", ESC, b"A2\r", b"BOLT\r", ESC + ESC + ESC],
    "adjustment": [b"4", b"A1\r", b"NO\r", ESC, b"LOST\r", b"BOLT\r", b"FLOUR\r", ESC, ESC, ESC, ESC],
    "draft on home": [b"1A1\rBOLT\r", ESC, ESC, ESC, b"1"],
    "labels": [
        *(b"7BOLT\r", F5, F1, ESC, b"\rzz\r", b"\x15" + b"0" + F10, b"\x151\rzz" + F10, ESC, ESC, ESC),
        *(b"5", F10, b"NUT\r" + DOWN + F10, ESC, ESC, ESC),
    ],
    "printers": [
        *(b"09", F1, ESC, F9, F2, F1, ESC, b"Zebra" + F10, b"z.invalid" + F10, b"Zebra" + DOWN, F9, F9, b"\r", ESC),
        *(F6, F1, ESC, F4, F6, F6, ESC, ESC, b"3A1" + DOWN + F10, F10, ESC, ESC, ESC, b"09" + F6 + F6 + DOWN),
        *(b"\r", F9, ESC, F4, F4, ESC),
    ],
    "sign-in": [F10, F1, ESC, b"ken\r"],
}


OF_THE_ADMINISTRATOR = {"administration", "users", "roles", "review", "places", "setup", "audit", "printers"}


def whose(journey: str) -> str:
    """Who goes this way."""
    return "ada" if journey in OF_THE_ADMINISTRATOR else "ken"


@pytest.mark.parametrize("size", [pytest.param((80, 24), marks=pytest.mark.campaign), (20, 16)])
@pytest.mark.parametrize("journey", JOURNEYS)
async def test_a_pseudo_language_leaves_no_word_of_english(
    at_work: AtWork, journey: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
):
    async with at_work(whose(journey), size) as it:
        monkeypatch.setattr("wms_tui.tui.at_terminal.translator", lambda tag: pseudo)
        it.app.suit(None)
        for keys in JOURNEYS[journey]:
            await it.type(keys)
            assert not untranslated(it.screen()), f"after {keys!r}:\n{it.screen()}"
        await shown_in_time(it)


async def shown_in_time(it: Terminal) -> None:
    """Figures come in their own time."""
    await it.type(ESC * 4)
    await it.until(lambda: not untranslated(it.screen()))


@cache
def extracted() -> set[str]:
    """All templates that Babel finds in the package."""
    found = set()
    for path in SOURCES:
        for _, message, _, _ in extract("python", BytesIO(path.read_bytes()), keywords={"N_": None}):
            assert isinstance(message, str)
            found.add(message)
    return found


@cache
def calls() -> list[tuple[Path, ast.Call]]:
    """Each call in the package, and where it stands."""
    trees = [(path, ast.parse(path.read_text())) for path in SOURCES]
    return [(path, node) for path, tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_every_marked_string_is_a_literal():
    for path, call in calls():
        if getattr(call.func, "id", "") == "N_":
            assert len(call.args) == 1 and isinstance(call.args[0], ast.Constant), f"{path}:{call.lineno}"


def test_every_template_has_named_fields_only():
    for template in extracted():
        for _, field, spec, conversion in string.Formatter().parse(template):
            assert field is None or (field.isidentifier() and not spec and not conversion), template
        assert template.strip(), repr(template)


def modules() -> list[object]:
    names = [module.name for module in walk_packages(wms_tui.__path__, "wms_tui.") if "migrations" not in module.name]
    return [import_module(name) for name in names if not name.endswith("__main__")]


def hints_of(guide: Guide) -> list[str]:
    return [guide.about, *(text for hint in guide.hints for text in (hint.word, hint.does))]


def test_every_guide_title_and_error_is_marked_and_extracted():
    wanted: list[str] = [F1_HINT.word, F1_HINT.does, *(entry.title for entry in ENTRIES)]
    for module in modules():
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, WmsError):
                wanted.append(thing.template)
            if isinstance(getattr(thing, "GUIDE", None), Guide):
                wanted += [thing.HEADING, *hints_of(thing.GUIDE)]
            if isinstance(thing, Hint | MenuEntry):
                wanted += [thing.word, thing.does] if isinstance(thing, Hint) else [thing.title]
    unmarked = {text for text in wanted if text and not isinstance(text, Term)}
    assert not unmarked
    assert not set(wanted) - {""} - extracted()


def test_words_in_the_fields_of_errors_are_marked():
    """``NotFound(what="document")`` would stay English in every language; columns of files have their own names."""
    errors = {cls.__name__ for module in modules() for cls in vars(module).values() if _is_error(cls)}
    for path, call in calls():
        if _name(call.func) not in errors:
            continue
        for field in call.keywords:
            text = getattr(field.value, "value", None)
            is_words = isinstance(text, str) and re.fullmatch("[A-Za-z]+( [A-Za-z]+)*", text)
            assert field.arg == "column" or not is_words, f"{path}:{call.lineno}"


def _is_error(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, WmsError)


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")
