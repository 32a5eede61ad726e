"""Writes what an operator types and scans as a replay, without what is secret.

It listens at the gate: each key is seen with the page that is about to take it, in the order in which it is taken.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from wms_tui.domain.errors import FileError
from wms_tui.domain.replay import BADGE, KEYS, PASSWORD, PIN, SECRET, Verb
from wms_tui.domain.replay_text import escaped
from wms_tui.domain.texts import N_
from wms_tui.settings import Settings
from wms_tui.tui.app import WmsApp, run_here
from wms_tui.tui.gate import Gate
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.keys import BACKSPACE, CLEAR, ENTER
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.page import Page
from wms_tui.tui.screens.lock import Lock
from wms_tui.tui.screens.sign_in import SignIn

NO_MORE = N_("Nothing is recorded any more: {why}.")
HEADER = "# Recorded by wms replay --record. A secret is taken from the variable of the environment that is named.\n"


class Recorder:
    """``badge`` is how a badge's code begins; such codes are no more written than what is typed masked."""

    def __init__(self, file: IO[str], badge: str = "") -> None:
        self._file = file
        self._badge = badge.casefold()
        self._text = ""
        self._secret = ""
        self._badge_read = False
        self._page: Page | None = None

    def take(self, key: str, page: Page) -> None:
        """A key, and the page that is about to take it."""
        if page is not self._page:
            self.flush()
            self._page = page
        if isinstance(page, LinePage) and page.masked():
            self._secret = self._asked_for(page)
        if key in {BACKSPACE, CLEAR} and self._text and isinstance(page, LinePage):
            self._text = self._text[:-1] if key == BACKSPACE else ""
        elif len(key) == 1:
            self._text += key
        elif key == ENTER and self._text and not self._hidden:
            self._step(Verb.SCAN, escaped(self._text))
            self._text = self._secret = ""
        elif key in KEYS:
            self.flush()
            self._badge_read = self._badge_read and key not in BACK_KEYS
            self._step(Verb.ENTER if key == ENTER else Verb.KEY, "" if key == ENTER else key)

    def flush(self) -> None:
        """Write what was typed and not ended by Enter."""
        if self._text and self._hidden:
            self._step(Verb.SECRET, self._hidden)
            self._badge_read = self._hidden == BADGE
        elif self._text:
            self._step(Verb.TYPE, escaped(self._text))
        self._text = self._secret = ""

    def _asked_for(self, page: Page) -> str:
        if not isinstance(page, SignIn | Lock):
            return SECRET
        return PIN if self._badge_read else PASSWORD

    @property
    def _hidden(self) -> str:
        """Where what was typed is to be taken from; empty for what may be read."""
        return BADGE if self._is_badge(self._text) else self._secret

    def _is_badge(self, text: str) -> bool:
        """Anywhere in the text: somebody may have typed something before he scanned it."""
        return bool(self._badge) and self._badge in text.casefold()

    def _step(self, verb: Verb, text: str) -> None:
        self._file.write(f"{verb.value} {text}".rstrip() + "\n")
        self._file.flush()


class RecordedGate(Gate):
    """A gate whose keys are written as they are taken."""

    def __init__(self, app: WmsApp, recorder: Recorder) -> None:
        super().__init__()
        self._app = app
        self._recorder: Recorder | None = recorder

    async def get(self) -> str:
        key = await super().get()
        if self._recorder is not None:
            try:
                self._recorder.take(key, self._app.page)
            except OSError as error:
                self._recorder = None
                self._app.page.warn(self._app.page.tr(NO_MORE, why=error.strerror))
        return key


def record_here(settings: Settings, path: Path) -> int:
    """Open the application on this terminal and write a replay into a new file; the exit status.

    Raises ``NoTerminal``, ``FileError``.
    """
    app = WmsApp(settings)
    with recorder_into(path, settings) as recorder:
        app.gate = RecordedGate(app, recorder)
        return run_here(app)


@contextmanager
def recorder_into(path: Path, settings: Settings) -> Iterator[Recorder]:
    """A recorder that writes into a new file, for its owner alone. Raises ``FileError``."""
    try:
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
    except OSError as error:
        raise FileError(path=str(path), why=error.strerror) from error
    with file:
        file.write(f"{HEADER}language {settings.language}\n")
        recorder = Recorder(file, settings.reserved().badge)
        yield recorder
        with suppress(OSError):
            recorder.flush()
