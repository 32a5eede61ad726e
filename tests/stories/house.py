"""The people of the stories at their terminals, and the warehouse in which they work."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.roles import MADE_BY_HAND, SCREENS
from tests.support.warehouse import add_catalog, add_users, password_hash
from tests.terminal.harness import ESC, F10, Open, RealTerminal, sign_in
from wms_tui.domain.access import ROLES
from wms_tui.domain.errors import WmsError
from wms_tui.domain.seeded import shown_name
from wms_tui.domain.texts import CHINESE, ENGLISH, LANGUAGES, language_of, sentence, translator
from wms_tui.services import access
from wms_tui.services.backend import Backend
from wms_tui.services.door import record
from wms_tui.tui.menu import ENTRIES, MenuEntry

LOCALES = {ENGLISH: "en_US.UTF-8", CHINESE: "zh_CN.UTF-8"}
THIRD_KEEPER = "lee"
_ENTRY = re.compile(r"^ +([\d-]) +([A-Z]) +(\S+(?: \S+)*)", re.MULTILINE)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def open_house(url: str) -> None:
    """An administrator, three keepers and somebody from finance; the small catalog; two bins, A1 and A2."""
    Backend.prepare(url)
    with closing(Backend.open(url)) as backend:
        add_users(backend)
        backend.work(_add_third_keeper)
        add_catalog(backend)


def _add_third_keeper(tx: Any) -> None:
    access.add(tx, THIRD_KEEPER, password_hash(), "keeper")
    record(tx, None, "")


@dataclass
class Desk:
    """A terminal in the house. ``language`` is the one that whoever sits there reads."""

    it: RealTerminal
    language: str

    def say(self, template: str, **fields: object) -> str:
        """The sentence in the language of the desk."""
        return sentence(translator(self.language), template, fields)

    def keys(self, *typed: str | bytes) -> None:
        """Press keys, type, scan."""
        self.it.send(b"".join(part.encode() if isinstance(part, str) else part for part in typed))

    def reads(self, template: str, **fields: object) -> str:
        """Wait until a sentence is there; the screen."""
        return self.sees(self.say(template, **fields))

    def refuses(self, error: WmsError) -> None:
        """Wait until this refusal is there, and acknowledge it."""
        self.sees(error.text(translator(self.language)))
        self.keys(ESC)

    def sees(self, *texts: str) -> str:
        """Wait until all of these are there, wherever a row ends; the screen."""
        wanted = [_run_together(text) for text in texts]
        return self.it.wait_for(lambda screen: all(text in _run_together(screen) for text in wanted))

    def sign_in(self, name: str, role: str) -> None:
        """Sign in, and find exactly the screens of the role."""
        self.reads("User name")
        self.it.forget()
        self.keys(sign_in(name))
        self.it.wait_for(f"{name} ({shown_name(translator(self.language), role)})")
        self.offers(ENTRIES, role if role in ROLES else MADE_BY_HAND)

    def sign_out(self) -> None:
        """From Home."""
        self.keys(F10)
        self.reads("You are signed out.")

    def choose_language(self, language: str) -> None:
        """From Home, for oneself."""
        self.keys("92", LANGUAGES[language], F10)
        self.language = language
        self.reads("Your settings are saved.")
        self.keys(ESC)
        self.reads("Posted today")

    def ever_showed(self, *numbers: str) -> set[str]:
        """Those of the numbers that stood on the screen since somebody signed in, with or without separators."""
        shown = {number.replace(",", "") for row in self.it.seen for number in _NUMBER.findall(row)}
        return shown & set(numbers)

    def offers(self, menu: Iterable[MenuEntry], role: str) -> None:
        """Wait until there are exactly the screens of a role, by the table of roles."""
        wanted = {one.digit: self.say(one.title) for one in menu if role in SCREENS[str(one.title)]}
        self.it.wait_for(lambda screen: {digit: title for digit, _, title in _ENTRY.findall(screen)} == wanted)


def _run_together(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True)
class Answer:
    """What ``wms …`` answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class House:
    """``wms(name, …)`` runs a command line as somebody in ``folder``, ``desk`` opens a terminal."""

    url: str
    folder: Path
    language: str
    open_terminal: Open
    wms: Callable[..., Answer]

    def desk(self, size: tuple[int, int] = (80, 24), **environment: str) -> Desk:
        """A terminal; it speaks what its environment says."""
        language = environment.get("WMS_LANG") or language_of(environment["LANG"])
        return Desk(self.open_terminal(self.url, size, **environment), language)

    def words(self, english: str, chinese: str) -> str:
        """What people of this house call something."""
        return chinese if self.language == CHINESE else english

    @property
    def locale(self) -> str:
        """That of a terminal which speaks the language of the house by itself."""
        return LOCALES[self.language]

    @property
    def foreign_locale(self) -> str:
        return LOCALES[ENGLISH if self.language == CHINESE else CHINESE]

    def export(self, user: str, what: str) -> list[dict[str, str]]:
        """The rows that ``wms export`` writes for somebody."""
        answer = self.wms(user, "export", what, "-")
        assert answer.status == 0, answer.err
        return list(csv.DictReader(io.StringIO(answer.out)))
