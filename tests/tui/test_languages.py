"""The screens in Chinese: complete, whole, in columns; the language follows the operator."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from rich.cells import cell_len

from tests.tui.conftest import AtWork
from tests.tui.driving import terminal
from tests.tui.stand_in import PASSWORD, SETTINGS, StandIn
from tests.tui.test_every_string import JOURNEYS, untranslated, whose
from wms_tui.domain.access import ADMIN_ROLE, ROLES, Actor
from wms_tui.domain.barcodes.commands import KEYS, Command
from wms_tui.settings import Settings, load
from wms_tui.tui.formats import Formats
from wms_tui.tui.terminal.text import CUT

CHINESE = "zh_CN.UTF-8"
SCANNED = re.compile(r" +\d+ [-+!] ")
"""A row of the tape, whose whole sentence stood in the message line."""
SEQUENCE = re.compile(r"ESC \[\d+~")
"""What a key sends, told to whoever teaches it."""
KNOWN = {"SKU", "PIN", "YYYY", "MM", "DD", "Backspace", "PgDn", "PgUp", "Page", "Down", "RF", "TTY", "SSH"}
KNOWN |= {"WMS", "TERMINAL", "WMS_TERMINAL", "device"}
KNOWN |= {command.value for command in Command} | set(KEYS)


@pytest.mark.parametrize(
    ("journey", "size"),
    [
        *((journey, (80, 24)) for journey in JOURNEYS),
        *((journey, (20, 16)) for journey in ("stock", "document", "issue", "counting", "catalog")),
        ("history", (200, 50)),
    ],
)
async def test_every_screen_is_chinese_and_whole(
    at_work: AtWork, journey: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tests.tui.conftest.Settings", lambda **more: Settings(language=CHINESE, **more))
    async with at_work(whose(journey), size) as it:
        for keys in JOURNEYS[journey]:
            await it.type(keys)
            shown = it.screen()
            assert not untranslated(shown) - KNOWN, f"after {keys!r}:\n{shown}"
            assert all(cell_len(row) <= size[0] for row in it.rows()), shown
            cut = [row for row in it.rows() if CUT in SEQUENCE.sub("", row) and not SCANNED.match(row)]
            assert size[0] < 80 or not cut, f"cut after {keys!r}:\n{shown}"


class Chooser(StandIn):
    """Whoever signs in has chosen a language and a theme."""

    def __init__(self, language: str, theme: str = "") -> None:
        super().__init__()
        self.chosen = language, theme

    async def sign_in(self, name: str, password: str) -> Actor:
        await super().sign_in(name, password)
        language, theme = self.chosen
        self.actor = Actor(1, name, "session", ADMIN_ROLE, ROLES[ADMIN_ROLE], language=language, theme=theme)
        return self.actor


async def test_the_language_is_the_terminals_until_somebody_with_another_one_signs_in():
    async with terminal(client=Chooser("zh_CN")) as it:
        await it.settle()
        assert "User name" in it.screen()
        await it.type(f"boss\r{PASSWORD}\r".encode())
        assert "主页" in it.rows()[0] and "管理员" in it.rows()[0]
        await it.type(b"\x1b[21~")
        assert "Sign in" in it.rows()[0]
        assert "You are signed out." in it.screen()


async def test_english_at_a_chinese_terminal():
    settings = Settings(database=SETTINGS.database, language=CHINESE, idle_lock=0)
    async with terminal(client=Chooser("en"), settings=settings) as it:
        await it.settle()
        assert "用户名" in it.screen()
        await it.type(f"boss\r{PASSWORD}\r".encode())
        assert "Home" in it.rows()[0]


async def test_two_operators_of_one_process_read_their_own_language():
    async with terminal(client=Chooser("zh_CN")) as one, terminal(client=Chooser("en")) as other:
        for it in (one, other):
            await it.type(f"boss\r{PASSWORD}\r".encode())
        assert "主页" in one.screen() and "Home" in other.screen()


async def test_an_unknown_language_is_english():
    settings = Settings(database=SETTINGS.database, language="tlh_XX.UTF-8@x", idle_lock=0)
    async with terminal(client=Chooser("../../etc"), settings=settings) as it:
        await it.type(f"boss\r{PASSWORD}\r".encode())
        assert "Home" in it.screen()


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN.UTF-8"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB"}, "en_GB"),
        ({"LC_MESSAGES": "en_GB", "LC_ALL": "zh_SG"}, "zh_SG"),
        ({"LC_ALL": "zh_SG", "WMS_LANG": "en"}, "en"),
        ({"LC_ALL": "", "LANG": ""}, "en"),
        ({}, "en"),
    ],
)
def test_the_environment_names_the_language(environ: dict[str, str], language: str, tmp_path):
    assert load(environ={"WMS_HOME": str(tmp_path), **environ}).language == language


NUMBERS = [
    ("en", "1,234,567.5", "1,234.50", "2026-11-05", "2026-11-05"),
    ("zh_CN.UTF-8", "1,234,567.5", "1,234.50", "2026/11/05", "2026/11/05"),
    ("en_IN", "12,34,567.5", "1,234.50", "2026-11-05", "2026-11-05"),
    ("en_ZA.UTF-8", "1\xa0234\xa0567,5", "1\xa0234,50", "2026/11/05", "2026/11/05"),
    ("C.UTF-8", "1,234,567.5", "1,234.50", "2026-11-05", "2026-11-05"),
    ("POSIX", "1,234,567.5", "1,234.50", "2026-11-05", "2026-11-05"),
    ("de_DE", "1,234,567.5", "1,234.50", "2026-11-05", "2026-11-05"),
    ("", "1,234,567.5", "1,234.50", "2026-11-05", "2026-11-05"),
]


@pytest.mark.parametrize(("tag", "number", "money", "day", "begins"), NUMBERS)
def test_numbers_and_days_as_the_country_writes_them(tag: str, number: str, money: str, day: str, begins: str):
    formats = Formats(tag)
    assert formats.grouped(Decimal("1234567.500")) == number
    assert formats.money(Decimal("1234.5")) == money
    assert formats.day(date(2026, 11, 5)) == day
    assert formats.minute(datetime(2026, 11, 5, 12, tzinfo=UTC)).startswith(begins)


def test_exact_numbers_stay_exact():
    formats = Formats("zh_CN")
    assert formats.grouped(Decimal("999999999999.123456")) == "999,999,999,999.123456"
    assert formats.grouped(Decimal("1E+6")) == "1,000,000"
    assert formats.money(Decimal("0.1234")) == "0.1234"
    assert formats.cost(Decimal("2.5")) == "2.5000"
    assert formats.money(None) == formats.cost(None) == formats.day(None) == ""


def test_an_amount_with_the_currency_of_the_site():
    assert Formats("zh_CN", "CNY").money(Decimal("1234.5")) == "¥1,234.50"
    assert Formats("en_US", "USD").money(Decimal("1234.5678")) == "$1,234.5678"


def test_a_moment_of_today_is_its_time():
    formats, now = Formats("zh_CN"), datetime(2026, 11, 5, 12, tzinfo=UTC).astimezone()
    assert formats.lately(now.replace(hour=9, minute=5), now) == "09:05"
    assert formats.lately(datetime(2026, 10, 1, 12, tzinfo=UTC), now) == "2026/10/01"
