"""What can be wrong with a replay, in its file or on the screen. See the tree in ``errors.py``."""

from __future__ import annotations

from typing import Any

from wms_tui.domain.errors import Refused
from wms_tui.domain.file_errors import BadRows
from wms_tui.domain.texts import N_


class BadReplay(BadRows):
    """Lines of a replay that cannot be understood, all of them listed."""

    template = N_("Nothing was replayed: the file has lines that are no steps ({count}).")


class UnknownStep(Refused):
    template = N_("{word} is no step. Use one of: {known}.")


class StepEmpty(Refused):
    template = N_("Write behind {word} what it is about.")


class StepFull(Refused):
    template = N_("Nothing stands behind {word}.")


class UnknownKey(Refused):
    template = N_("{word} is no key. Use one of: {known}.")


class BadEscape(Refused):
    template = N_("{text} is no character. Write <GS>, <ESC>, <0x11>, <U+00A0> or <DAY+30>, and < itself as <LT>.")


class BadScreenSize(Refused):
    template = N_("{text} is no size. Write columns and rows, such as 20x16.")


class BadSeconds(Refused):
    template = N_("{text} is no time. Write seconds, such as 2 or 0.5.")


class HeadingLate(Refused):
    template = N_("{word} stands before the first step that does something.")


class SecretMissing(Refused):
    template = N_("Line {line} needs a secret. Set {name} in the environment.")


class StepNotMet(Refused):
    """``screen`` is what stood there instead, row by row."""

    template = N_("Line {line}: {text} did not come to the screen within {seconds} s.")

    def __init__(self, screen: list[str], **fields: Any) -> None:
        super().__init__(**fields)
        self.screen = screen


class NotOnScreen(StepNotMet):
    template = N_("Line {line}: {text} is not on the screen.")


class OnScreen(StepNotMet):
    template = N_("Line {line}: {text} must not be on the screen.")


class ReplayCutShort(Refused):
    template = N_("The program ended in line {line}, before all of the replay was done.")


class ReplayStopped(Refused):
    template = N_("The replay was stopped in line {line}.")
