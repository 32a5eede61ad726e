"""The commands, each with the module that declares and runs it. A module is imported when its command is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """``module`` has ``declare(parser, translate)`` and ``run(console, arguments) -> int``."""

    name: str
    summary: str
    module: str


COMMANDS: tuple[Command, ...] = ()
