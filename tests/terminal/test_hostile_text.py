"""What reaches a real terminal when every name tries to steer it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.support.databases import SqliteFiles
from tests.support.hostile import DANGEROUS, open_hostile_shop
from tests.terminal.harness import F10, Open, sign_in
from tests.tui.test_hostile_text import ENTERING, LOOKING, READING
from wms_tui.domain.display import DANGEROUS as FORBIDDEN

# Cursor moves, colours, modes and the alternate screen: what the program writes itself. No name holds a BS, by
# which the painter goes back.
OURS = re.compile(r"\x08+|\x1b\[[0-9;]*[ABCDHJKmt]|\x1b\[\?[0-9;]+[hl]|\x1b\[<?[0-9]*u|\x1b\(B|\r\n|[\r\n]")


@pytest.fixture
def hostile_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    with sqlite_files.copy_of("hostile", open_hostile_shop) as url:
        yield url


def test_no_control_character_of_a_name_reaches_the_terminal(open_terminal: Open, hostile_url: str):
    it = open_terminal(hostile_url, WMS_BELL="0", WMS_TERMINAL=DANGEROUS[1])
    it.wait_for("User name")
    it.send(sign_in("ken"))
    it.wait_for("ken (keeper)")
    for keys in (*LOOKING, *READING, *ENTERING):
        it.send(keys)
    it.send(F10)
    it.wait_for("You are signed out.")
    it.send(F10)
    assert it.wait_for_end() == 0
    sent = OURS.sub("", it.raw.decode())
    left = {sent[found.start() - 5 : found.end() + 10] for found in FORBIDDEN.finditer(sent)}
    assert not left
    assert "PWNED" in sent
