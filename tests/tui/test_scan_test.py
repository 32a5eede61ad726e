"""The scan test: every code is explained, nothing happens."""

from __future__ import annotations

import pytest

from tests.tui.conftest import AtWork
from tests.tui.test_commands import documents, drafted, ken, squeezed  # noqa: F401 - a fixture
from wms_tui.domain.barcodes.commands import Command, command_code

SIZES = pytest.mark.parametrize("size", [(80, 24), (20, 16)])
GS1 = b"]d20104006381333931" + b"10AB\x1d" + b"17270131\r"


@SIZES
@pytest.mark.parametrize("user", ["ken", "fay", "ada"])
async def test_every_role_reads_what_a_code_is(at_work: AtWork, size, user):
    async with at_work(user, size) as it:
        await it.type(b"-BOLT\r")
        assert "It stands for BOLT" in squeezed(it)


async def test_the_parts_of_a_gs1_code_are_named_and_what_cannot_be_seen_is_shown(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"..GO.SCAN\r" + GS1)
        told = squeezed(it)
        assert "<FNC1>" in told
        assert "(01) GTIN" in told
        assert "(10) BATCH/LOT: AB" in told
        assert "2027-01-31" in told


async def test_a_refused_code_says_what_to_do(at_work: AtWork):
    async with at_work("ken") as it:
        bells = it.bells
        await it.type(b"-4006381333932\r")
        assert "as a GTIN its last digit would be" in squeezed(it)
        await it.until(lambda: it.bells == bells + 3)


@SIZES
async def test_commands_are_explained_and_not_carried_out(at_work: AtWork, shop, ken, size):  # noqa: F811
    before = documents(shop, ken)
    async with at_work("ken", size) as it:
        await it.type(b"1A1\rNUT\r..GO\r-")
        for command in set(Command) - {Command.KEY, Command.DEVICE}:
            code = command_code(command, "12" if command is Command.QUANTITY else "")
            await it.type(code.encode() + b"\r")
            assert "Scan test" in it.rows()[0]
            assert "It is the command" in squeezed(it)
        await it.type(b"..FOO\r")
        assert "There is no command ..FOO" in squeezed(it)
        await it.type(b"\x1b")
        assert "Home" in it.rows()[0]
    assert drafted(shop, ken) == {"NUT": 1}
    assert documents(shop, ken) == before


async def test_a_badge_is_told_and_not_shown(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"-")
        for byte in b".ID.K-4711":
            await it.type(bytes([byte]))
            assert "47" not in it.screen()
        await it.type(b"\r")
        assert "somebody's badge" in it.screen()
        assert "4711" not in it.screen()


async def test_the_last_codes_are_listed_with_their_outcome(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"-A1\rWRONG\r..OK\r")
        rows = [row.split()[:3] for row in it.rows()]
        listed = [row for row in rows if row[:1] in (["1"], ["2"], ["3"])]
        assert listed == [["3", "+", "..OK"], ["2", "!", "WRONG"], ["1", "+", "A1"]]
