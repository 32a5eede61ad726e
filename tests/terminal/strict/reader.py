"""Bytes to characters, controls and sequences."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Protocol

from tests.terminal.strict.report import Forbidden
from tests.terminal.strict.rules import CONTROLS, DEL, ESC, Rules

_LONGEST = 64
_SEQUENCE = re.compile(r"(\??)(\d{0,5}(?:;\d{0,5})*)", re.ASCII)
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
"""Controls, directions and joiners, surrogates, private characters, separators of lines."""


class Target(Protocol):
    """What is done with them; numbers that were left out are None."""

    def show(self, character: str) -> None: ...
    def control(self, control: str) -> None: ...
    def sequence(self, private: bool, numbers: list[int | None], final: str) -> None: ...


class Reader:
    """Takes one byte after the other. A sequence may come in any number of parts."""

    def __init__(self, rules: Rules, charset: str, target: Target) -> None:
        assert charset in rules.charsets, f"no {rules.name} has {charset}"
        self._rules, self._target = rules, target
        self._decoder = codecs.getincrementaldecoder(charset)()
        self._sequence = ""

    @property
    def between(self) -> bool:
        """Whether no character or sequence has begun that is not ended."""
        return not self._sequence and not self._decoder.getstate()[0]

    def reset(self) -> None:
        self._sequence = ""
        self._decoder.reset()

    def take(self, byte: int) -> None:
        """Raises ``Forbidden``."""
        try:
            characters = self._decoder.decode(bytes([byte]))
        except UnicodeDecodeError as error:
            raise Forbidden(f"byte {byte:#04x}: {error.reason}") from error
        for character in characters:
            if self._sequence:
                self._go_on(character)
            elif character == ESC:
                self._sequence = ESC
            else:
                self._plain(character)

    def _plain(self, character: str) -> None:
        if character in CONTROLS:
            self._target.control(character)
        elif character == DEL or unicodedata.category(character) in _UNSEEN:
            raise Forbidden(f"U+{ord(character):04X} is no character to be shown")
        else:
            self._target.show(character)

    def _go_on(self, character: str) -> None:
        if self._sequence == ESC:
            if character != "[":
                what = "a C1 control in two bytes" if "@" <= character <= "_" else "a sequence of its own"
                raise Forbidden(f"ESC {character!r} is {what}")
            self._sequence += character
        elif "@" <= character <= "~":
            body, self._sequence = self._sequence[2:], ""
            self._end(body, character)
        elif character not in "0123456789;?" or len(self._sequence) > _LONGEST:
            raise Forbidden(f"{character!r} within a sequence")
        else:
            self._sequence += character

    def _end(self, body: str, final: str) -> None:
        found = _SEQUENCE.fullmatch(body)
        if not found or final not in self._rules.finals:
            raise Forbidden(f"sequence CSI {body} {final}")
        numbers = [int(number) if number else None for number in found[2].split(";")]
        self._target.sequence(bool(found[1]), [] if numbers == [None] else numbers, final)
