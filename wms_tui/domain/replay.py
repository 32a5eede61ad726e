"""A replay: keys and scans of a session as a text file, one step a line, to be played to the application again.

Empty lines and lines that begin with ``#`` say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from wms_tui.domain.errors import Refused
from wms_tui.domain.replay_errors import (
    BadReplay,
    BadScreenSize,
    BadSeconds,
    HeadingLate,
    StepEmpty,
    StepFull,
    UnknownKey,
    UnknownStep,
)
from wms_tui.domain.replay_text import unescaped

PASSWORD = "WMS_PASSWORD"  # noqa: S105 - where it is found
PIN = "WMS_PIN"
BADGE = "WMS_BADGE"
SECRET = "WMS_SECRET"  # noqa: S105 - where it is found
"""Variables of the environment that hold what no file does."""
KEYS = (
    *("enter", "escape", "tab", "backtab", "backspace", "up", "down", "left", "right"),
    *("home", "end", "insert", "delete", "pageup", "pagedown"),
    *(f"f{number}" for number in range(1, 13)),
)
PATIENCE = 10.0
MOST_SECONDS = 3600.0


class Verb(StrEnum):
    """The first word of a step."""

    DEMO = "demo"  # plays in a furnished warehouse that is thrown away afterwards
    SIZE = "size"  # of the terminal, where there is none
    LANGUAGE = "language"
    SIGN_IN = "sign-in"  # a user's name; the password comes from the environment
    SCAN = "scan"  # a code and Enter
    TYPE = "type"  # characters alone
    KEY = "key"
    ENTER = "enter"
    SECRET = "secret"  # noqa: S105 - a variable of the environment whose value is typed
    WAIT = "wait"  # until a text is on the screen
    EXPECT = "expect"  # a text on the screen, now that all before is done
    ABSENT = "absent"  # no such text
    PATIENCE = "patience"  # seconds that the steps from here on wait at most
    PAUSE = "pause"  # seconds, where somebody looks on


HEADINGS = frozenset({Verb.DEMO, Verb.SIZE, Verb.LANGUAGE})
_ALONE = frozenset({Verb.DEMO, Verb.ENTER})
_SECONDS = frozenset({Verb.PATIENCE, Verb.PAUSE})
_SIZE = re.compile(r"([1-9]\d{0,2})x([1-9]\d{0,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Step:
    """``text`` is without escapes; ``seconds`` belongs to pauses and patience."""

    line: int
    verb: Verb
    text: str = ""
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Script:
    """A whole replay. ``size`` is columns and rows, ``language`` a locale tag or empty."""

    steps: tuple[Step, ...]
    demo: bool = False
    size: tuple[int, int] = (80, 24)
    language: str = ""


def read_script(text: str, today: date) -> Script:
    """The steps of a file. Raises ``BadReplay`` with every line that is no step."""
    script, steps = Script(()), list[Step]()
    faults: list[tuple[int, Refused]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            step = _step(number, line.strip(), today)
            if step.verb not in HEADINGS:
                steps.append(step)
            elif steps:
                raise HeadingLate(word=step.verb.value)
            else:
                script = _headed(script, step)
        except Refused as fault:
            faults.append((number, fault))
    if faults:
        raise BadReplay(faults)
    return replace(script, steps=tuple(steps))


def size_of(text: str) -> tuple[int, int]:
    """Columns and rows. Raises ``BadScreenSize``."""
    found = _SIZE.fullmatch(text)
    if found is None:
        raise BadScreenSize(text=text)
    return int(found[1]), int(found[2])


def _headed(script: Script, step: Step) -> Script:
    if step.verb is Verb.DEMO:
        return replace(script, demo=True)
    if step.verb is Verb.SIZE:
        return replace(script, size=size_of(step.text))
    return replace(script, language=step.text)


def _step(number: int, line: str, today: date) -> Step:
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    verb = _one_of(word, [verb.value for verb in Verb], UnknownStep)
    if verb in _ALONE:
        if rest:
            raise StepFull(word=word)
        return Step(number, Verb(verb))
    if not rest:
        raise StepEmpty(word=word)
    if verb in _SECONDS:
        return Step(number, Verb(verb), seconds=_seconds(rest))
    if verb == Verb.KEY:
        return Step(number, Verb.KEY, _one_of(rest.lower(), KEYS, UnknownKey))
    return Step(number, Verb(verb), unescaped(rest, today))


def _one_of(word: str, known: Iterable[str], fault: Callable[..., Refused]) -> str:
    if word not in known:
        raise fault(word=word, known=", ".join(known))
    return word


def _seconds(text: str) -> float:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", text, re.ASCII) or float(text) > MOST_SECONDS:
        raise BadSeconds(text=text)
    return float(text)
