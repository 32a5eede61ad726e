"""Plays a replay to the real application: its keys go through the ordered gate, as a scanner's do.

Steps that write are sent as fast as they stand in the file; only those that look at the screen wait for it. At a pace
each is waited for, so that a person can follow.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from wms_tui.domain.replay import PASSWORD, PATIENCE, Script, Step, Verb
from wms_tui.domain.replay_errors import NotOnScreen, OnScreen, SecretMissing, StepNotMet
from wms_tui.tui.gate import Typed
from wms_tui.tui.keys import ENTER
from wms_tui.tui.settling import dealt_with, painted, rows
from wms_tui.tui.terminal.reading import KeyReader

if TYPE_CHECKING:
    from wms_tui.tui.app import WmsApp

LOOK = 0.02
"""Seconds between two looks at the screen."""


class Played(Typed):
    """Keys that a replay sends, not a person."""


class Player:
    """``secrets`` are the values of the variables that the file names; ``speed`` is in steps a second, 0 for no pace.

    ``step`` is the one at hand; ``done`` says that all were. ``sent`` counts. ``go_on`` is not set while a
    person has the replay stand still.
    """

    def __init__(self, app: WmsApp, script: Script, secrets: Mapping[str, str], speed: float = 0) -> None:
        self.step = script.steps[0] if script.steps else Step(0, Verb.ENTER)
        self.sent = 0
        self.done = not script.steps
        self.go_on = asyncio.Event()
        self.go_on.set()
        self._app = app
        self._steps = script.steps
        self._secrets = secrets
        self._speed = speed
        self._patience = PATIENCE
        self._do: dict[Verb, Callable[[Step], Awaitable[None]]] = {
            Verb.SIGN_IN: self._sign_in,
            Verb.SCAN: self._scan,
            Verb.TYPE: self._type,
            Verb.KEY: self._key,
            Verb.ENTER: self._enter,
            Verb.SECRET: self._secret,
            Verb.WAIT: self._wait,
            Verb.EXPECT: self._expect,
            Verb.ABSENT: self._absent,
            Verb.PATIENCE: self._be_patient,
            Verb.PAUSE: self._pause,
        }

    async def play(self) -> None:
        """All steps. Raises ``StepNotMet``, ``SecretMissing``."""
        for step in self._steps:
            self.step = step
            if self._speed:
                await self._keep_pace()
            await self._do[step.verb](step)
        self.done = True
        await self._settle()

    async def _keep_pace(self) -> None:
        await self._settle()
        await asyncio.sleep(1 / self._speed)
        await self.go_on.wait()

    async def _settle(self) -> None:
        await dealt_with(self._app)
        await painted(self._app)

    def _send(self, text: str, *keys: str) -> None:
        """As the terminal would: bytes of the text, then keys."""
        reader = KeyReader()
        self._app.post_message(Played([*reader.feed(text.encode()), *reader.expire(), *keys]))
        self.sent += 1

    async def _sign_in(self, step: Step) -> None:
        self._send(step.text, ENTER)
        self._send(self._value(step, PASSWORD), ENTER)

    async def _scan(self, step: Step) -> None:
        self._send(step.text, ENTER)

    async def _type(self, step: Step) -> None:
        self._send(step.text)

    async def _key(self, step: Step) -> None:
        self._send("", step.text)

    async def _enter(self, step: Step) -> None:
        self._send("", ENTER)

    async def _secret(self, step: Step) -> None:
        self._send(self._value(step, step.text))

    def _value(self, step: Step, name: str) -> str:
        if not self._secrets.get(name):
            raise SecretMissing(line=step.line, name=name)
        return self._secrets[name]

    async def _wait(self, step: Step) -> None:
        deadline = time.monotonic() + self._patience
        while not self._shows(step.text):
            if time.monotonic() > deadline:
                raise StepNotMet(rows(self._app), line=step.line, text=step.text, seconds=f"{self._patience:g}")
            await asyncio.sleep(LOOK)

    async def _expect(self, step: Step) -> None:
        await self._settle()
        if not self._shows(step.text):
            raise NotOnScreen(rows(self._app), line=step.line, text=step.text)

    async def _absent(self, step: Step) -> None:
        await self._settle()
        if self._shows(step.text):
            raise OnScreen(rows(self._app), line=step.line, text=step.text)

    def _shows(self, text: str) -> bool:
        """Without regard to blanks: a small screen breaks a sentence where it has to."""
        return "".join(text.split()) in "".join("".join(rows(self._app)).split())

    async def _be_patient(self, step: Step) -> None:
        self._patience = step.seconds

    async def _pause(self, step: Step) -> None:
        if self._speed:
            await asyncio.sleep(step.seconds)
