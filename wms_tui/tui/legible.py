"""Text for a terminal that lacks its characters: what cannot be read takes no room, and codes stand out."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from wms_tui.tui.terminal.glyphs import UNKNOWN, folded
from wms_tui.tui.terminal.profiles import UTF_8

Value = TypeVar("Value")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def legible(value: Value, charset: str) -> Value:
    """The same value with each run of characters that the charset lacks as one ``?``, in all texts that it holds."""
    return value if charset == UTF_8 else cast(Value, _legible(value, charset))


def _legible(value: object, charset: str) -> object:
    if isinstance(value, str):
        short = value if value.isascii() else _FOREIGN.sub(lambda run: _shortened(run[0], charset), value)
        return value if short == value else short
    if type(value) is tuple:
        parts = tuple(_legible(part, charset) for part in value)
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
    if is_dataclass(value) and not isinstance(value, type):
        held = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        changed = {name: _legible(part, charset) for name, part in held.items()}
        return replace(value, **changed) if any(changed[name] is not held[name] for name in held) else value
    return value


def _shortened(run: str, charset: str) -> str:
    """Characters with a likeness stay for the terminal's own floor to fold."""
    short = ""
    for character in run:
        lost = UNKNOWN in folded(character, charset)[0]
        short += "" if lost and short.endswith(UNKNOWN) else UNKNOWN if lost else character
    return short
