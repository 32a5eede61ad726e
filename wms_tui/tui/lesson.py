"""What is taught of a terminal's keys, one key after the other; knows nothing of screens."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.device_errors import KeyTaken
from wms_tui.domain.devices import TAUGHT, key_name, spelt, taught
from wms_tui.tui.keys import BACKSPACE, ESCAPE, character_key
from wms_tui.tui.terminal.keymaps import known

NEVER_OTHERS = frozenset({BACKSPACE, ESCAPE})
"""What these send is never another key: whoever mistypes would lose the way to correct it."""


class Lesson:
    """``keys`` is what is sent → name of the key, as it is to be remembered."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.keys = dict(keys)
        self._pressed: dict[str, str] = {}
        self._at = 0

    @property
    def over(self) -> bool:
        return self._at >= len(TAUGHT)

    @property
    def asked(self) -> str:
        """The key that is to be pressed."""
        return TAUGHT[self._at]

    @property
    def now(self) -> str:
        """What the asked key was taught to send; empty for what the maps say."""
        return next((sent for sent, key in self.keys.items() if key == self.asked), "")

    def press(self, sent: str) -> None:
        """Take what was sent for the asked key, and go on. Raises ``KeyTaken``, ``UnfitKey``."""
        key, usual = self.asked, known(sent) if len(sent) > 1 else character_key(sent)
        other = self._pressed.get(sent) or self.keys.get(sent) or (usual if usual in NEVER_OTHERS else None)
        if other and other != key:
            raise KeyTaken(sent=spelt(sent), key=key_name(other))
        if usual == key:
            self.keys = {own: name for own, name in self.keys.items() if name != key}
        else:
            self.keys = taught(self.keys, key, sent)
        self._pressed[sent] = key
        self.skip()

    def skip(self) -> None:
        """Leave the asked key as it is."""
        self._at += 1

    def end(self) -> None:
        """Ask for no more."""
        self._at = len(TAUGHT)

    def map(self) -> list[tuple[str, str]]:
        """Each key that was taught with what it sends, in the order in which they are asked for."""
        return sorted(((key, sent) for sent, key in self.keys.items()), key=lambda pair: TAUGHT.index(pair[0]))
