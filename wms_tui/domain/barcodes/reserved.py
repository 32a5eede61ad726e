"""What a line says to the program itself and to no catalog: a command, or somebody's badge.

Such a code may stand alone, also behind a scanner's note on the symbol (``]C0..POST``), or behind what somebody had
typed before he scanned it. Behind typed text a command is taken only as sheets print it, in capitals, and for a key
only where the text is nothing but what is looked for: elsewhere ``10..12`` is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wms_tui.domain.barcodes.commands import BADGE_PREFIX, PREFIX, Command, Order, order_of
from wms_tui.domain.barcodes.digits import trimmed
from wms_tui.domain.barcodes.visible import visible

AIM = "]"
BADGE = "***"
"""What is shown in the place of a badge."""
_AIM = re.compile(r"\][A-Za-z]\d", re.ASCII)
_BEGUN_AIM = re.compile(r"\]([A-Za-z]\d?)?", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_PRINTED = re.compile(r"[A-Z0-9][A-Z0-9._-]*", re.ASCII)
_MOST = 200


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command, a badge, or with neither of them a command that there is not. ``code`` is what may be shown of it."""

    code: str
    order: Order | None = None
    badge: str = field(default="", repr=False)

    @property
    def presses_key(self) -> bool:
        """Whether it stands for a key of the terminal."""
        return self.order is not None and self.order.command is Command.KEY


@dataclass(frozen=True, slots=True)
class Reserved:
    """How a site's reserved codes begin; an empty prefix turns them off."""

    command: str = PREFIX
    badge: str = BADGE_PREFIX

    def begins(self, character: str) -> bool:
        """Whether a reserved code may begin so."""
        folded = character.upper()
        return character == AIM or any(folded == prefix[:1].upper() for prefix in (self.command, self.badge) if prefix)

    def may_become(self, text: str, behind: bool) -> bool:
        """Whether more characters can make a reserved code of the text; ``behind`` something typed a command alone."""
        if _BEGUN_AIM.fullmatch(text):
            return True
        data = _data(text)
        if len(data) > _MOST:
            return False
        if behind:
            return _begins(data, self.command, _PRINTED)
        folded = data.upper()
        return _begins(folded, self.command.upper(), _WORD) or _begins(folded, self.badge.upper(), None)

    def is_badge(self, text: str) -> bool:
        """Whether the text, maybe not yet whole, is somebody's badge."""
        return bool(self.badge) and _data(trimmed(text)).upper().startswith(self.badge.upper())

    def heard(self, text: str, behind: bool = False, keys: bool = False) -> Spoken | None:
        """What the whole text says; None for any other text. ``keys`` may stand behind something typed."""
        data = _data(trimmed(text))
        if behind:
            return self._printed(data, keys)
        folded = data.upper()
        if self.is_badge(data) and len(data) > len(self.badge):
            return Spoken(BADGE, badge=data[len(self.badge) :])
        if not (self.command and folded.startswith(self.command.upper())):
            return None
        word = data[len(self.command) :]
        return Spoken(visible(data), order_of(word)) if _WORD.fullmatch(word) else None

    def _printed(self, data: str, keys: bool) -> Spoken | None:
        word = data.removeprefix(self.command)
        if not self.command or word == data or not _PRINTED.fullmatch(word):
            return None
        order = order_of(word)
        said = Spoken(data, order) if order else None
        return None if said is None or (said.presses_key and not keys) else said


def _data(text: str) -> str:
    return text[3:] if _AIM.match(text) else text


def _begins(text: str, prefix: str, word: re.Pattern[str] | None) -> bool:
    """Whether the text is the beginning of the prefix, or the prefix and the beginning of a word."""
    if not prefix:
        return False
    if prefix.startswith(text):
        return True
    rest = text.removeprefix(prefix)
    return rest != text and (word is None or word.fullmatch(rest) is not None)
