"""Arguments that all commands share, and argparse in the reader's language."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from wms_tui.cli.help_layout import HelpLayout
from wms_tui.cli.misuse import told
from wms_tui.domain.display import harmless
from wms_tui.domain.texts import N_, Translate

MISUSED = 2


@dataclass(slots=True)
class Shared:
    """Options that may stand before or after the command."""

    database: str | None = None
    terminal: str | None = None
    device: str | None = None
    json: bool = False

    @property
    def environment(self) -> dict[str, str]:
        """What the options say in the place of the environment."""
        said = {"WMS_PROFILE": self.terminal, "WMS_TERMINAL": self.device}
        return {name: text for name, text in said.items() if text}


_VALUED = {"--db": "database", "--terminal": "terminal", "--device": "device"}


def split_shared(argv: list[str]) -> tuple[Shared, list[str]]:
    """Take the shared options out of a command line; what is left is the command's own."""
    shared, rest = Shared(), list[str]()
    words = iter(argv)
    for word in words:
        name, equals, text = word.partition("=")
        if word == "--json":
            shared.json = True
        elif name in _VALUED:
            setattr(shared, _VALUED[name], text if equals else next(words, None) or "")
        else:
            rest.append(word)
    return shared, rest


def add_shared(parser: argparse.ArgumentParser, translate: Translate) -> None:
    """Name the shared options in the help; they are taken out before a parser sees them."""
    group = parser.add_argument_group(translate(N_("everywhere")))
    group.add_argument("--db", metavar="URL", help=translate(N_("the database: sqlite:///FILE or postgresql://…")))
    profiles = translate(N_("what the terminal is: modern, ansi16, vt220, vt100 or mono-ascii"))
    group.add_argument("--terminal", metavar=translate(N_("KIND")), help=profiles)
    group.add_argument("--device", metavar=translate(N_("NAME")), help=translate(N_("what this terminal is called")))
    group.add_argument("--json", action="store_true", help=translate(N_("answer in JSON")))


def whole(translate: Translate) -> Callable[[str], int]:
    """A reader of counts and ids: whole numbers from 1 that a database can hold."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,18}", text, re.ASCII) or int(text) < 1:
            raise argparse.ArgumentTypeError(translate(N_("{text} is not a whole number from 1")).format(text=text))
        return int(text)

    return read


class Misused(SystemExit):
    """The command line cannot be understood; ``message`` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(MISUSED)
        self.message = message


class Parser(argparse.ArgumentParser):
    """argparse in the reader's language."""

    def __init__(self, translate: Translate, prog: str, description: str = "", epilog: str | None = None) -> None:
        layout: Any = partial(HelpLayout, translate)
        super().__init__(prog, None, description, epilog, formatter_class=layout, add_help=False, allow_abbrev=False)
        self.translate = translate
        self._positionals.title = translate(N_("arguments"))
        self._optionals.title = translate(N_("options"))
        self.add_argument("-h", "--help", action="help", help=translate(N_("show this help")))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line and how it is used."""
        sentence = told(self.translate, message)
        print(self.format_usage() + harmless(f"{self.prog}: {sentence}"), file=sys.stderr)
        raise Misused(sentence)

    def add_subparsers(self, **keywords: Any) -> Any:
        """Commands below this one, with parsers of the same kind."""
        keywords.setdefault("parser_class", self._child)
        return super().add_subparsers(**keywords)

    def _child(self, prog: str, **keywords: Any) -> Parser:
        return Parser(self.translate, prog, str(keywords.get("description") or ""))
