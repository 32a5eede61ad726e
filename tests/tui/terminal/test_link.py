"""The line on a real pty: what is not read is never waited for, and of the frames meanwhile only the last follows."""

import asyncio
import os
import pty
import select
import time

import pytest

from wms_tui.tui.terminal.line import raw
from wms_tui.tui.terminal.link import Link

FILLS = b"x" * 200_000
"""More than a pty takes when nobody reads."""


class Line:
    """A pty whose far end reads when it is told to; ``newest`` is the frame that would be sent now."""

    def __init__(self):
        self.far, self.near = pty.openpty()
        raw(self.near)
        self.newest = b""
        self.link = Link(self.near, self._make)

    def _make(self):
        made, self.newest = self.newest, b""
        return made

    def show(self, frame):
        self.newest = frame
        self.link.due()

    def read(self, seconds=0.05):
        data = b""
        while select.select([self.far], [], [], seconds)[0]:
            data += os.read(self.far, 65536)
        return data

    async def read_all(self):
        """Until nothing more comes, with the loop at work."""
        data, quiet = b"", 0
        while quiet < 5:
            more = self.read(0)
            data, quiet = data + more, 0 if more else quiet + 1
            await asyncio.sleep(0.01)
        return data

    def close(self):
        self.link.close()
        for end in (self.far, self.near):
            os.close(end)


@pytest.fixture
def line():
    it = Line()
    yield it
    it.close()


async def test_a_frame_is_sent_at_once(line):
    line.show(b"one")
    assert line.read() == b"one"
    assert (line.link.traffic.sent, line.link.traffic.frames) == (3, 1)


async def test_nothing_new_is_nothing_sent(line):
    line.link.due()
    assert line.read() == b""
    assert line.link.traffic.frames == 0


async def test_a_line_that_takes_nothing_stops_nobody_and_gets_the_latest(line):
    began = time.monotonic()
    line.show(FILLS)
    for number in range(40):
        line.show(b"stale %d" % number)
    line.show(b"latest")
    assert time.monotonic() - began < 10
    await asyncio.sleep(0.1)
    data = await line.read_all()
    assert data == FILLS + b"latest"
    assert line.link.traffic.left_out == 41
    assert line.link.traffic.stalled >= 0.1


async def test_what_comes_first_comes_before_the_frame(line):
    line.link.first(b"\a")
    line.show(b"frame")
    assert line.read() == b"\aframe"


async def test_the_last_word_waits_no_longer_than_it_may(line):
    line.show(FILLS)
    began = time.monotonic()
    line.link.say(b"bye", 0.2)
    assert 0.1 < time.monotonic() - began < 10
    assert (await line.read_all()).startswith(b"xxx")


async def test_the_last_word_is_said_where_somebody_listens(line):
    line.link.say(b"bye")
    assert line.read() == b"bye"


async def test_a_terminal_that_is_gone_is_no_fault():
    line = Line()
    os.close(line.far)
    line.show(b"one")
    line.show(b"two")
    line.link.say(b"bye")
    line.link.close()
    assert line.link.traffic.sent == 0
    os.close(line.near)


async def test_the_shells_own_description_of_the_terminal_still_waits(line):
    assert os.get_blocking(line.near)


async def test_where_the_terminal_cannot_be_opened_writes_still_wait_for_nothing(line, monkeypatch):
    line.link.close()

    def refuse(*_arguments):
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    line.link = Link(line.near, line._make)
    monkeypatch.undo()
    began = time.monotonic()
    line.show(FILLS)
    line.show(b"latest")
    assert time.monotonic() - began < 10
    assert await line.read_all() == FILLS + b"latest"
