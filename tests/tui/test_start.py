"""What a cold start may load before the first screen is painted."""

import subprocess
import sys

HEAVY = (
    "sqlalchemy",
    "sqlmodel",
    "pydantic",
    "alembic",
    "argon2",
    "zxcvbn",
    "openpyxl",
    "wms_tui.services",
    "wms_tui.db",
)


def test_the_first_screen_is_painted_without_the_services():
    code = f"import sys, wms_tui.tui.app; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_a_terminal_it_says_what_scripts_can_do():
    code = "from wms_tui.settings import Settings; from wms_tui.tui.app import run; run(Settings('sqlite://'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert "NoTerminal: The application needs a terminal." in done.stderr
