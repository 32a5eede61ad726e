"""argparse's help in columns of the terminal: Chinese characters take two, and break without spaces."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable

from wms_tui.domain.display import width
from wms_tui.domain.texts import N_, Translate
from wms_tui.domain.wrapping import wrapped

FILLER = "\ue000"
"""Stands after a wide character while argparse counts characters; taken out at the end."""
_HEADING = re.compile("(?m)^( *[^ -~]+):$")
USAGE = N_("usage:")
VALUES = (
    N_("SKU"),
    N_("LOCATION"),
    N_("LOT"),
    N_("USER"),
    N_("REFERENCE"),
    N_("ROLE"),
    N_("NAME"),
    N_("NOTE"),
    N_("KEY"),
)
"""What argparse itself calls the values of our options."""


class HelpLayout(argparse.HelpFormatter):
    """The formatter of one parser; ``translate`` is its reader's."""

    def __init__(self, translate: Translate, prog: str) -> None:
        super().__init__(prog)
        self._translate = translate

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, filled(f"{self._translate(USAGE)} ") if prefix is None else prefix)

    def format_help(self) -> str:
        return _HEADING.sub(r"\1：", super().format_help().replace(FILLER, ""))

    def _get_default_metavar_for_optional(self, action: argparse.Action) -> str:
        return self._translate(super()._get_default_metavar_for_optional(action))

    def _metavar_formatter(self, action: argparse.Action, default_metavar: str) -> Callable[[int], tuple[str, ...]]:
        plain = super()._metavar_formatter(action, default_metavar)
        return lambda size: tuple(filled(str(name)) for name in plain(size))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(" ".join(text.split()), width - len(indent)))


def filled(text: str) -> str:
    """As many characters as columns."""
    return "".join(character + FILLER * (width(character) - 1) for character in text)
