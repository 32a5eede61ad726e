"""Raw keys: what a terminal sends, one string a key.

A key of one character is that character as data, control characters included (0x1D, GS1's FNC1, is ``"\\x1d"``).
A longer string is the name of a key that writes nothing: ``enter``, ``tab``, ``escape``, ``backspace``, ``f1`` …
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

ENTER = "enter"
TAB = "tab"
ESCAPE = "escape"
BACKSPACE = "backspace"
CLEAR = "\x15"  # ctrl+u

_CHARACTERS = {"\r": ENTER, "\t": TAB, "\x1b": ESCAPE, "\x7f": BACKSPACE, "\b": BACKSPACE}
_LETTERS = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end"}
_NUMBERS = {
    **dict(enumerate(("home", "insert", "delete", "end", "pageup", "pagedown", "home", "end"), start=1)),
    **{number: f"f{key}" for key, number in enumerate((11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24), start=1)},
    35: "f5",  # SAPConsole clients
}
SEQUENCES: dict[str, str] = {
    **{f"\x1bO{letter}": name for letter, name in _LETTERS.items()},
    **{f"\x1b[{letter}": name for letter, name in _LETTERS.items()},
    **{f"\x1bO{letter}": f"f{key}" for key, letter in enumerate("PQRS", start=1)},
    **{f"\x1b[[{letter}": f"f{key}" for key, letter in enumerate("ABCDE", start=1)},  # Linux console
    **{f"\x1b[{number}~": name for number, name in _NUMBERS.items()},
    "\x1b[Z": "backtab",
}

# A whole control sequence, an F-key of the keypad, or else one character; reports of a terminal are sequences, too.
_TOKEN = re.compile(r"\x1b\[\[[A-E]|\x1b\[[0-?]{0,32}[ -/]{0,4}[@-Z\\-~]|\x1bO[A-DFHP-S]|.", re.DOTALL)
_UNFINISHED = re.compile(r"\x1b{1,32}(\[\[|\[[0-?]{0,32}[ -/]{0,4}|O)?\Z")


def character_key(character: str) -> str:
    """The raw key for one character that was typed, scanned or pasted."""
    return _CHARACTERS.get(character, character)


def fold_line_ends(keys: Iterable[str], after_return: bool) -> tuple[list[str], bool]:
    """Make CR, LF and CR LF one ``enter`` each; the flag carries a CR over to the next call."""
    folded = []
    for key in keys:
        if key != "\n" or not after_return:
            folded.append(ENTER if key == "\n" else key)
        after_return = key == ENTER
    return folded, after_return


class KeyReader:
    """Turns the bytes of a terminal into raw keys, however they are cut into reads.

    An ESC that no key sequence follows is the key ``escape``, and the text after it is text. Whether a lone ESC at the
    end of a read begins a sequence is known only when more comes, or when the caller says with ``expire`` that the
    terminal has been silent; several in a row wait together. A byte that is not UTF-8 becomes U+FFFD: it spoils its
    code, not the program.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def feed(self, data: bytes) -> list[str]:
        text = self._held + self._decoder.decode(data)
        unfinished = _UNFINISHED.search(text)
        self._held = text[unfinished.start() :] if unfinished else ""
        return list(_keys(text[: len(text) - len(self._held)]))

    def expire(self) -> list[str]:
        """The keys held back so far, as nothing more belongs to them."""
        held, self._held = self._held, ""
        return list(_keys(held))


def _keys(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        if len(token) == 1:
            yield character_key(token)
        elif token in SEQUENCES:
            yield SEQUENCES[token]
