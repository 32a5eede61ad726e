"""A terminal that fails on whatever its kind does not understand: the judge of what the program sends."""

from tests.terminal.strict.emulator import StrictTerminal
from tests.terminal.strict.grid import Cell
from tests.terminal.strict.looks import PLAIN, Look
from tests.terminal.strict.report import Refused
from tests.terminal.strict.rules import ANSI16, KINDS, MODERN, MONO_ASCII, VT100, VT220, Rules

__all__ = [
    "ANSI16",
    "KINDS",
    "MODERN",
    "MONO_ASCII",
    "PLAIN",
    "VT100",
    "VT220",
    "Cell",
    "Look",
    "Refused",
    "Rules",
    "StrictTerminal",
]
