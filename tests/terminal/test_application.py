"""The program as it is: its start, its first user, its end."""

import os
import re
import signal
from itertools import cycle
from pathlib import Path

import pytest

from tests.support.warehouse import PASSWORD
from tests.terminal.harness import F10, Open, sign_in
from wms_tui.services.backend import Backend


def test_the_first_start_makes_the_database_and_asks_for_the_administrator(start_terminal: Open, tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    it = start_terminal(url)
    it.wait_for("First administrator")
    it.send(f"boss\r{PASSWORD}\r{PASSWORD}\r".encode())
    it.wait_for("boss (admin)")
    it.send(F10)
    it.wait_for("You are signed out.")
    it.send(F10)
    assert it.wait_for_end() == 0
    Backend.open(url).close()


def test_name_and_password_typed_before_the_database_is_open(start_terminal: Open, sqlite_url: str):
    it = start_terminal(sqlite_url)
    it.wait_for("User name")
    it.send(sign_in("ken"))
    it.wait_for("ken (keeper)")


def test_a_password_typed_while_the_program_loads_is_not_shown(start_terminal: Open, sqlite_url: str):
    it = start_terminal(sqlite_url)
    it.wait_for(lambda _: not it.echoes())
    it.send(sign_in("ken"))
    it.wait_for("ken (keeper)")
    it.send(F10)
    it.wait_for("You are signed out.")
    it.send(F10)
    assert it.wait_for_end() == 0
    assert PASSWORD.encode() not in it.raw
    assert it.echoes()


def test_a_database_of_another_program_is_refused_with_a_sentence(start_terminal: Open, tmp_path: Path):
    other = tmp_path / "other.sqlite"
    other.write_text("not a database at all, and long enough to be read as one" * 100)
    before = other.read_bytes()
    it = start_terminal(f"sqlite:///{other}")
    it.wait_for("not a warehouse database")
    it.send(F10)
    assert it.wait_for_end() == 0
    assert other.read_bytes() == before


@pytest.mark.parametrize("end", ["terminal closed", signal.SIGHUP, signal.SIGTERM])
def test_it_ends_at_once_and_quietly_when_the_line_drops(start_terminal: Open, sqlite_url: str, end: object):
    it = start_terminal(sqlite_url)
    it.wait_for("User name")
    it.send(sign_in("ken"))
    it.wait_for("ken (keeper)")
    if isinstance(end, signal.Signals):
        os.kill(it.process.pid, end)
    else:
        it.hang_up()
    assert it.wait_for_end(5) == 0
    assert it.errors.read_text() == ""


def test_keys_that_other_programs_quit_by_do_nothing(open_terminal: Open, sqlite_url: str):
    it = open_terminal(sqlite_url)
    it.wait_for("User name")
    it.send(b"\x03\x11\x10\x1a\x15" + sign_in("ken"))
    it.wait_for("ken (keeper)")


def test_it_sends_only_what_every_terminal_understands(open_terminal: Open, sqlite_url: str):
    it = open_terminal(sqlite_url)
    it.wait_for("User name")
    it.send(sign_in("ken"))
    it.wait_for("ken (keeper)")
    it.send(F10)
    it.wait_for("You are signed out.")
    it.send(F10)
    it.wait_for_end()
    modes = set(re.findall(rb"\x1b\[[?>][^a-zA-Z]*[a-zA-Z]", it.raw))
    assert modes == {b"\x1b[?1049h", b"\x1b[?25l", b"\x1b[?1049l", b"\x1b[?25h"}
    assert b"\x1b]" not in it.raw


def test_a_byte_that_is_not_utf8_ends_nothing(open_terminal: Open, sqlite_url: str):
    it = open_terminal(sqlite_url)
    it.wait_for("User name")
    it.send(b"\xff\xfe\r\x80\r")
    it.wait_for("User name or password is wrong.")


def test_a_resize_at_any_moment_loses_nothing(open_terminal: Open, sqlite_url: str):
    it = open_terminal(sqlite_url)
    it.wait_for("User name")
    typed = b"ken\r" + PASSWORD.encode()
    for byte, size in zip(typed, cycle([(10, 4), (5, 2), (1, 1), (20, 16), (200, 50)]), strict=False):
        it.resize(size)
        it.send(bytes([byte]))
    it.resize((80, 24))
    it.wait_for("*" * len(PASSWORD))
    it.send(b"\r")
    it.wait_for("ken (keeper)")


def test_what_is_typed_before_the_program_paints_is_kept(start_terminal: Open, sqlite_url: str):
    it = start_terminal(sqlite_url)
    it.send(sign_in("ken"))
    it.wait_for("ken (keeper)")
