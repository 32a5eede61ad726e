"""The application with a replay at its keyboard, and a person beside it who may halt it, take over or stop."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events

from wms_tui.domain.errors import WmsError
from wms_tui.domain.replay import Script
from wms_tui.domain.replay_errors import ReplayCutShort, ReplayStopped
from wms_tui.domain.texts import N_
from wms_tui.settings import Settings
from wms_tui.tui.app import WmsApp, run_here
from wms_tui.tui.client import Client
from wms_tui.tui.gate import keys_of
from wms_tui.tui.replaying import Played, Player

STOP, HALT = "\x03", " "
HALTED = N_("The replay stands still in line {line}. Space goes on, Ctrl+C stops, any other key takes over.")
GOES_ON = N_("The replay goes on.")
YOURS = N_("The replay ended in line {line}. You are at work now.")


class ReplayApp(WmsApp):
    """``failure`` says why not all was played. With ``stays`` the person works on after the last step."""

    def __init__(
        self,
        settings: Settings,
        script: Script,
        secrets: Mapping[str, str],
        speed: float = 0,
        stays: bool = False,
        client: Client | None = None,
    ) -> None:
        super().__init__(settings, client)
        self.player = Player(self, script, secrets, speed)
        self.failure: WmsError | None = None
        self.taken_over = False
        self.played = False
        self._arrived = 0
        self._stays = stays

    async def on_event(self, event: events.Event) -> None:
        keys = keys_of(event)
        if keys is None or isinstance(event, Played) or self.taken_over or self.played:
            await super().on_event(event)
        else:
            self._interrupted(keys)
        if isinstance(event, Played):
            self._arrived += 1

    def _begin(self) -> None:
        super()._begin()
        self.run_worker(self._play(), name="replay")

    async def _play(self) -> None:
        try:
            await self.player.play()
        except WmsError as error:
            self.failure = error
            self.exit()
            return
        self.played = True
        if self._stays:
            self._say(YOURS)
        else:
            self.exit()

    def _interrupted(self, keys: list[str]) -> None:
        """What a person presses while the replay is at work is for the replay, and nothing of it for the page."""
        if STOP in keys:
            self.failure = ReplayStopped(line=self.player.step.line)
            self.exit()
        elif set(keys) == {HALT}:
            self._halt()
        else:
            self.taken_over = True
            for worker in self.workers:
                if worker.name == "replay":
                    worker.cancel()
            self._say(YOURS)

    def _halt(self) -> None:
        go_on = self.player.go_on
        if go_on.is_set():
            go_on.clear()
            self._say(HALTED)
        else:
            go_on.set()
            self._say(GOES_ON)

    def _say(self, template: str) -> None:
        self.page.say(self.page.tr(template, line=self.player.step.line))
        self.page.changed()

    def check(self) -> None:
        """Raise why the replay was not played to its end; nothing where a person took over, or stayed."""
        if self.failure is not None:
            raise self.failure
        if not self.taken_over and not (self.played and self._stays) and not self._all_taken():
            raise ReplayCutShort(line=self.player.step.line)

    def _all_taken(self) -> bool:
        """The last step may have ended the program, as a session does."""
        return self.player.done and self._arrived == self.player.sent and not len(self.gate)


def play(app: ReplayApp, size: tuple[int, int] | None) -> int:
    """Play on this terminal, or without one at a size; the exit status.

    Raises ``NoTerminal``, and why the replay was not played to its end.
    """
    if size is None:
        status = run_here(app)
    else:
        app.run(headless=True, size=size)
        status = app.return_code or 0
    if not status:
        app.check()
    return status
