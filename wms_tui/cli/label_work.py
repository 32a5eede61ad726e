"""``wms labels work``: sending what waits before the printers, once or until it is ended."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace
from collections import Counter
from typing import Any

from wms_tui.cli.console import Console
from wms_tui.cli.signing import opened
from wms_tui.domain.errors import WmsError
from wms_tui.domain.printing import JobState
from wms_tui.domain.texts import N_

EVERY_SECONDS = 2.0
WORKED_OFF = N_("Jobs sent: {sent}. To be tried again: {waiting}. Perhaps printed: {unsure}. Given up: {failed}.")
GONE_ON = N_("Working off the queue; Ctrl+C ends it.")


def run(console: Console, arguments: Namespace) -> int:
    """Whoever can open the database may run this: it prints what others have ordered."""
    from wms_tui.services import label_work

    ended = threading.Event()
    went = Counter[JobState]()
    with opened(console) as backend, _ends_between_jobs(ended):
        if not arguments.once:
            console.say(GONE_ON)
        while True:
            try:
                went.update(label_work.work_off(backend, stop=ended.is_set))
            except WmsError as error:
                if arguments.once:
                    raise
                console.warn(error.text(console.translate))
            if arguments.once or ended.wait(EVERY_SECONDS):
                break
    counted = {state.value: went[state] for state in JobState if state is not JobState.SENDING}
    console.say(WORKED_OFF, **counted)
    console.answer(counted)
    return 0


class _ends_between_jobs:  # noqa: N801 - used like a function
    """While it is entered, the first signal to end lets the job that is being sent come to its end."""

    def __init__(self, ended: threading.Event) -> None:
        self._ended = ended
        self._before: dict[int, Any] = {}

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._end)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _end(self, number: int, _: Any) -> None:
        if self._ended.is_set():
            raise KeyboardInterrupt
        self._ended.set()
