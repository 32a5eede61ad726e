"""The ordered gate: every key of an operator goes through one queue, and one consumer takes them one at a time.

Textual delivers Enter, printable keys and moves of the focus on different paths, so that a fast scanner's codes get
joined, lost or put into the wrong field. Here nothing is forwarded to widgets: the consumer hands each key to the page
that is current at that moment, and while a page waits for the database, keys wait in the queue.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Mapping

from textual import events

from wms_tui.tui.keys import ENTER, ESCAPE, TAB, UNKNOWN, Sent, character_key, fold_line_ends, raw_of

_ENDS = frozenset({ENTER, TAB})
_NAMED = {"enter": "enter", "escape": "escape", "tab": "tab", "backspace": "backspace", "shift+tab": "backtab"}
_CONTROLS = {
    "ctrl+@": "\x00",
    "ctrl+backslash": "\x1c",
    "ctrl+right_square_bracket": "\x1d",
    "ctrl+circumflex_accent": "\x1e",
    "ctrl+underscore": "\x1f",
}


class Typed(events.Event):
    """Raw keys as our own driver reads them from the terminal, in order."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__()
        self.keys = keys


def keys_of(event: events.Event) -> list[str] | None:
    """The raw keys in an event of ours or of Textual's own drivers; None for an event that is no input."""
    if isinstance(event, Typed):
        return event.keys
    if isinstance(event, events.Paste):
        return [character_key(character) for character in event.text]
    if isinstance(event, events.Key):
        return [_key_of(event)]
    return None


def _key_of(event: events.Key) -> str:
    if event.key in _NAMED:
        return _NAMED[event.key]
    if event.character:
        return event.character
    if event.key in _CONTROLS:
        return _CONTROLS[event.key]
    prefix, _, letter = event.key.rpartition("+")
    return chr(ord(letter) & 0x1F) if prefix == "ctrl" and len(letter) == 1 and letter.isascii() else event.key


class Gate:
    """The queue. ``put`` may be called with keys in any portions; ``get`` gives them back in the same order.

    ``settled`` says that all keys so far have been dealt with. What is sent for keys that the device was taught is read
    as the keys are taken: they may have been typed before it was known which device it is. Keys that nobody knows are
    passed on while ``learning``, else dropped.
    """

    def __init__(self) -> None:
        self._keys: deque[str] = deque()
        self._arrived = asyncio.Event()
        self._after_return = False
        self._last = time.monotonic()
        self.settled = False
        self.taught: Mapping[str, str] = {}
        self.learning = False

    def __len__(self) -> int:
        """How many keys wait."""
        return len(self._keys)

    @property
    def types_on(self) -> bool:
        """Whether the next key that waits is a character."""
        return bool(self._keys) and len(self._keys[0]) == 1

    @property
    def goes_on(self) -> bool:
        """Whether the line goes on or ends with what waits; a scanner may send ESC more than once in a row."""
        following = next((key for key in self._keys if key != ESCAPE), "")
        return len(following) == 1 or following in _ENDS

    def put(self, keys: Iterable[str]) -> None:
        folded, self._after_return = fold_line_ends(keys, self._after_return)
        self._keys.extend(folded)
        self._last = time.monotonic()
        self._arrived.set()

    def put_signal(self, name: str) -> None:
        """Queue something that is to happen in the order of the keys and is none, such as the idle lock."""
        self._keys.append(name)
        self._arrived.set()

    async def get(self) -> str:
        """The next key; whoever asks is done with the one before."""
        while True:
            while not self._keys:
                self.settled = True
                self._arrived.clear()
                await self._arrived.wait()
            self.settled = False
            key = self._read(self._keys.popleft())
            if key != UNKNOWN or self.learning:
                return key

    def _read(self, key: str) -> str:
        sent = raw_of(key)
        return Sent(self.taught[sent], sent) if sent in self.taught else key

    @property
    def idle(self) -> float:
        """Seconds since the last key."""
        return time.monotonic() - self._last
