"""Holds keys back that may become a command or a badge, so that no page ever sees a part of one."""

from __future__ import annotations

from wms_tui.domain.barcodes.reserved import Reserved


class Hearing:
    """``text`` is held back; ``press`` gives back what turned out to be no reserved code."""

    def __init__(self) -> None:
        self.text = ""
        self._behind = False

    def press(self, reserved: Reserved, character: str, behind: bool) -> str | None:
        """Take a character; the characters that go on to the page, in order, or None if this one is not for it.

        ``behind`` says whether there is something in the line already.
        """
        if not self.text:
            if not reserved.begins(character):
                return None
            self._behind = behind
        text, freed = self.text + character, 0
        while freed < len(text) and not reserved.may_become(text[freed:], self._behind):
            freed += 1
            self._behind = True
        self.text = text[freed:]
        return text[:freed]

    def take(self) -> tuple[str, bool]:
        """What was held back, which is no more, and whether it stood behind something."""
        text, self.text = self.text, ""
        return text, self._behind
