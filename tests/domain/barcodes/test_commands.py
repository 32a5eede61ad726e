"""Command barcodes and badges: their prefixes go before everything else."""

from datetime import date
from decimal import Decimal

import pytest

from wms_tui.domain.barcodes import BadgeCode, Command, CommandCode, Rules, Unknown, command_code, resolve
from wms_tui.domain.barcodes.commands import BADGE_PREFIX, COMMAND_NAMES, PREFIX

RULES = Rules(date(2026, 3, 1))
ARGUMENTS = {Command.QUANTITY: "12", Command.SCREEN: "COUNT", Command.DEVICE: "RF-07", Command.KEY: "2"}


@pytest.mark.parametrize("command", Command)
@pytest.mark.parametrize("prefix", [PREFIX, "CMD-"])
def test_every_command_is_read_as_it_is_printed(command, prefix):
    code = command_code(command, ARGUMENTS.get(command, ""), prefix)
    rules = Rules(RULES.today, command_prefix=prefix)
    for scanned in (code, code.lower(), "]C0" + code):
        result = resolve(scanned, rules)
        assert isinstance(result, CommandCode)
        assert result.command is command


def test_every_command_has_a_name():
    assert set(COMMAND_NAMES) == set(Command)


def test_commands_pass_code_39_and_other_keyboards():
    for command in Command:
        code = command_code(command, ARGUMENTS.get(command, ""))
        assert not set(code) & set("%$/+")
        assert not set(command.value) & set("AMQWYZ")


@pytest.mark.parametrize("word, quantity", [("X12", "12"), ("x2.5", "2.5"), ("X000007", "7")])
def test_a_quantity(word, quantity):
    assert resolve(PREFIX + word, RULES).quantity == Decimal(quantity)


def test_a_screen_by_name_and_the_menu():
    assert resolve("..GO.COUNT", RULES).target == "count"
    assert resolve("..GO", RULES).target == ""


def test_the_name_of_a_terminal():
    assert resolve("..device.rf-07", RULES).target == "RF-07"
    assert command_code(Command.DEVICE, "rf-07") == "..DEVICE.RF-07"


@pytest.mark.parametrize(
    ("code", "key"),
    [("..2", "f2"), ("..10", "f10"), ("..F2", "f2"), ("..up", "up"), ("..DN", "down"), ("..PGDN", "pagedown")],
)
def test_a_key_by_its_code(code, key):
    result = resolve(code, RULES)
    assert (result.command, result.target) == (Command.KEY, key)


@pytest.mark.parametrize(
    "code",
    [
        "..DEVICE",
        "..DEVICE.",
        "..DEVICE.-1",
        "..0",
        "..13",
        "..02",
        "..F",
        "..F0",
        "..",
        "...",
        "..X",
        "..X0",
        "..X-1",
        "..X1e5",
        "..POSTS",
        "..GO.",
        "..POST..POST",
    ],
)
def test_no_command(code):
    assert isinstance(resolve(code, RULES), Unknown)


def test_a_reserved_prefix_goes_before_the_catalog(know):
    assert isinstance(resolve("..POST", RULES, know({"..POST": "OWN"})), CommandCode)
    off = Rules(RULES.today, command_prefix="", badge_prefix="")
    assert resolve("..POST", off, know({"..POST": "OWN"})).goods.sku == "OWN"
    assert isinstance(resolve(BADGE_PREFIX + "7", off), Unknown)


def test_a_badge_keeps_its_secret():
    result = resolve(".ID.s3cret", RULES)
    assert isinstance(result, BadgeCode)
    assert result.badge == "s3cret"
    assert "s3cret" not in repr(result)
