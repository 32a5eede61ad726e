"""The judge on a real pty: whoever looks at a terminal that got what it must not get is told what that was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.on_the_line import Device
from tests.terminal.strict import Refused
from tests.terminal.strict_pty import strict_pty


def test_a_terminal_that_is_taken_for_a_better_one_refuses_what_it_is_sent(tmp_path: Path, warehouse_url: str):
    with (
        pytest.raises(Refused, match="mono-ascii"),
        strict_pty(tmp_path, warehouse_url, Device("mono-ascii", (20, 16), term="vt220")) as it,
    ):
        it.wait_for("用户名")
