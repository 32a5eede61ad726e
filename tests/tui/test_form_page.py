"""Forms: one line fills one field after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.tui.driving import SIGN_IN, Terminal, terminal
from wms_tui.domain.access import Permission
from wms_tui.domain.errors import BadQuantity
from wms_tui.domain.texts import N_
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide
from wms_tui.tui.menu import MenuEntry
from wms_tui.tui.widgets.form import FormPane, FormRow, FormView

kept: list[dict[str, str]] = []


class Bin(FormPage):
    """Saves into a list; a bin of 0 rows is refused as a whole, one of letters at once."""

    HEADING = N_("Home")
    GUIDE = Guide("A bin.", FILLING)

    async def fields(self) -> tuple[Field, ...]:
        kinds = (Choice("aisle", "Aisle"), Choice("bin", "Bin"))
        return (
            Field("code", "Code", "A-01", fixed=True),
            Field("name", "Name", "Old name", about="What people call it."),
            Field("kind", "Kind", "bin", choices=kinds),
            Field("rows", "Rows", "3"),
            Field("pin", "PIN", secret=True),
        )

    def check(self, field: Field, text: str) -> str:
        if field.name == "rows" and not text.isdecimal():
            raise BadQuantity(text=text, places=0)
        return text

    def blamed(self, error: Exception) -> str:
        return "rows" if isinstance(error, BadQuantity) else ""

    async def save(self, values: Mapping[str, str]) -> None:
        if values["rows"] == "0":
            raise BadQuantity(text="0", places=0)
        kept.append(dict(values))
        await self.shell.back()


@dataclass(frozen=True, slots=True)
class BinEntry(MenuEntry):
    def make(self) -> Bin:
        return Bin()


MENU = (BinEntry("Bin", "1", "B", Permission.OWN_ACCOUNT, ""),)
UP, RIGHT, F10, ESC = b"\x1b[A", b"\x1b[C", b"\x1b[21~", b"\x1b"


@pytest.fixture(params=[(80, 24), (20, 16)])
async def it(request):
    kept.clear()
    async with terminal(request.param, menu=MENU) as opened:
        await opened.type(SIGN_IN + b"1")
        yield opened


def saved(**changed: str) -> dict[str, str]:
    return {"code": "A-01", "name": "Old name", "kind": "bin", "rows": "3", "pin": ""} | changed


async def test_typing_replaces_a_text_and_backspace_changes_it(it: Terminal):
    await it.type(b"New\r" + b"\r" + b"\x7f12\r" + F10)
    assert kept == [saved(name="New", rows="12")]


async def test_what_stands_in_the_line_is_saved_without_enter(it: Terminal):
    await it.type(b"New" + F10)
    assert kept == [saved(name="New")]


async def test_a_field_with_choices_says_what_they_are(it: Terminal):
    await it.type(b"\r")
    assert "Left and right choose: Aisle, Bin" in " ".join(it.screen().split())


def test_a_group_is_named_above_its_first_field_however_the_form_is_scrolled():
    rows = tuple(FormRow(f"Field {number}", "", group="Group A" if number < 4 else "Group B") for number in range(8))
    pane = FormPane()

    def shown(current: int, height: int) -> list[str]:
        pane.value = FormView(rows, current)
        return [line.plain.strip() for line in pane.lines(20, height)]

    assert shown(0, 10)[0] == "Group A"
    assert shown(0, 20).count("Group B") == 1
    assert shown(7, 3)[-1].startswith(">Field 7")
    assert shown(4, 3)[:2] == ["Group B", ">Field 4"]
    assert shown(0, 3)[:2] == ["Group A", ">Field 0"]
    assert all(shown(current, 1)[0].startswith(f">Field {current}") for current in range(8))


async def test_enter_alone_keeps_every_value(it: Terminal):
    await it.type(b"\r\r\r\r\r" + F10)
    assert kept == [saved()]


@pytest.mark.parametrize("keys", [RIGHT, b"1\r", b"ai\r", b"AISLE\r"])
async def test_a_choice_is_taken_by_arrow_number_or_name(it: Terminal, keys: bytes):
    await it.type(b"\r" + keys + F10)
    assert kept == [saved(kind="aisle")]


async def test_no_choice_is_refused_and_stays_to_be_corrected(it: Terminal):
    await it.type(b"\rzone\r")
    assert "zone" in it.screen()
    assert "none of" in it.screen()
    await it.type(b"\x15" + F10)
    assert kept == [saved()]


async def test_a_text_that_the_field_cannot_hold_stays_in_the_line(it: Terminal):
    await it.type(b"\r\rmany\r")
    assert "many" in it.rows()[-2]
    await it.type(b"\x15" + b"4\r" + F10)
    assert kept == [saved(rows="4")]


async def test_a_refusal_to_save_goes_to_its_field_and_keeps_the_rest(it: Terminal):
    await it.type(b"New\r\r0\r" + F10)
    assert kept == []
    await it.type(b"7" + F10)
    assert kept == [saved(name="New", rows="7")]


async def test_a_secret_is_never_shown(it: Terminal):
    await it.type(UP + b"4711")
    assert "4711" not in it.screen()
    await it.type(b"\r")
    assert "4711" not in it.screen()
    assert "****" in it.screen()
    await it.type(F10)
    assert kept == [saved(pin="4711")]


async def test_leaving_with_changes_asks_first(it: Terminal):
    await it.type(b"New\r" + ESC)
    assert isinstance(it.app.page, Bin)
    await it.type(b"\r" + ESC)
    assert isinstance(it.app.page, Bin)
    await it.type(ESC)
    assert not isinstance(it.app.page, Bin)
    assert kept == []


async def test_leaving_without_changes_asks_nothing(it: Terminal):
    await it.type(b"\r" + ESC)
    assert not isinstance(it.app.page, Bin)
