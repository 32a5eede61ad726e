"""``wms demo`` on a terminal: who may sign in stands there, and nothing is left behind."""

import re

from tests.terminal.harness import F10, shows


def test_a_keeper_signs_in_as_the_page_says_and_nothing_is_left_behind(open_terminal, tmp_path):
    it = open_terminal("sqlite:///never-opened.sqlite", (80, 24), "demo", TMPDIR=str(tmp_path))
    screen = it.wait_for(shows("jun (keeper)", "Password of all:", "User name"))
    assert [path.name for path in tmp_path.glob("wms-demo-*/demo.sqlite")]
    password = re.search(r"Password of all: (\S+)", screen)[1]
    it.send(f"jun\r{password}\r".encode())
    it.wait_for(shows("Home", "jun (keeper)", "Not yet posted", "Below minimum"))
    it.send(F10)
    it.wait_for("You are signed out.")
    it.send(F10)
    assert it.process.wait(30) == 0
    assert not list(tmp_path.glob("wms-demo-*"))
