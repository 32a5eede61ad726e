"""Assembles keys to lines; knows nothing of screens."""

from __future__ import annotations

from wms_tui.tui.keys import BACKSPACE, CLEAR, ENTER, TAB

_ENDS = frozenset({ENTER, TAB})
_EDITS = frozenset({BACKSPACE, CLEAR})


def writes(key: str) -> bool:
    """Whether the key is part of a line: a character, the end of the line, or an edit of it."""
    return len(key) == 1 or key in _ENDS or key in _EDITS


def ends(key: str) -> bool:
    """Whether the key ends a line."""
    return key in _ENDS


class Line:
    """The line being typed.

    Enter ends a line, also an empty one: some questions may be passed over. Tab ends a line as a scanner's suffix; on
    an empty line it is nothing, so that a suffix of CR and Tab ends a line once.
    """

    def __init__(self) -> None:
        self.text = ""

    def press(self, key: str) -> str | None:
        """Take one key; the whole line if this key ended it, else None."""
        if key in _ENDS:
            return self._end(key)
        if key == BACKSPACE:
            self.text = self.text[:-1]
        elif key == CLEAR:
            self.text = ""
        elif len(key) == 1:
            self.text += key
        return None

    def clear(self) -> str:
        """Empty the line; what was in it."""
        text, self.text = self.text, ""
        return text

    def _end(self, key: str) -> str | None:
        return self.clear() if self.text or key == ENTER else None
