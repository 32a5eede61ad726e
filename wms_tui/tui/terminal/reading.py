"""From the bytes of a terminal to raw keys, however the bytes are cut into reads."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping

from wms_tui.tui.keys import UNKNOWN, Sent, character_key
from wms_tui.tui.terminal.keymaps import known

# A key of Linux' console or rxvt, a whole control sequence, a key of the keypad, or else one character; reports of a
# terminal are sequences, too.
_TOKEN = re.compile(
    r"\x1b\[\[[A-E]|\x1b\[\d{1,2}\$|\x1b\[[0-?]{0,32}[ -/]{0,4}[@-Z\\-~]|\x1bO[A-DFHMP-Ya-dj-y]|.", re.DOTALL
)
_UNFINISHED = re.compile(r"\x1b{1,32}(\[\[|\[[0-?]{0,32}[ -/]{0,4}|O)?\Z")
_CONTROLS = frozenset(map(chr, (*range(32), 127)))
_ODD = re.compile(r"\x1b[ -~]{1,14}")
_ODD_UNFINISHED = re.compile(r"\x1b[ -~]{0,14}\Z")


class KeyReader:
    """Turns bytes into raw keys. ``charset`` is a codec's name: ``utf-8``, ``gb18030`` or ``ascii``.

    An ESC that no key sequence follows is the key ``escape``, and the text after it is text. Whether a lone ESC at the
    end of a read begins a sequence is known only when more comes, or when the caller says with ``expire`` that the
    terminal has been silent; several in a row wait together. A byte that is not of the charset becomes U+FFFD: it
    spoils its code, not the program.

    A sequence that no map knows is an ``UNKNOWN`` key with what was sent. While ``learning`` is set, so is an ESC with
    the characters after it up to the next silence, which else are Esc and text.
    """

    def __init__(self, charset: str = "utf-8") -> None:
        self.decode(charset)
        self._held = ""
        self._learned = _Learned({})
        self.learning = False

    def decode(self, charset: str) -> None:
        """Read another charset from now on."""
        self._decoder = codecs.getincrementaldecoder(charset)("replace")

    def learn(self, keys: Mapping[str, str]) -> None:
        """Take these (what is sent → name of the key) before what all maps say; those learned before are forgotten."""
        self._learned = _Learned(keys)

    def feed(self, data: bytes) -> list[str]:
        text = self._held + self._decoder.decode(data)
        whole = self._whole(text)
        self._held = text[whole:]
        return list(self._keys(text[:whole]))

    def expire(self) -> list[str]:
        """The keys held back so far, as nothing more belongs to them."""
        held, self._held = self._held, ""
        return list(self._keys(held))

    def _whole(self, text: str) -> int:
        """Up to where the text cannot become something else by what follows."""
        unfinished = [_UNFINISHED.search(text), _ODD_UNFINISHED.search(text) if self.learning else None]
        starts = [found.start() for found in unfinished if found and not self._is_complete(found)]
        return min([len(text), *starts, *self._learned.unfinished(text)])

    def _is_complete(self, found: re.Match[str]) -> bool:
        """Whether what may look unfinished begins with a whole sequence."""
        token = _TOKEN.match(found[0])
        return token is not None and len(token[0]) > 1

    def _keys(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            begins = text[at] in _CONTROLS
            token = self._token(text, at) if begins else text[at]
            at += len(token)
            yield self._key(token) if begins else token

    def _key(self, token: str) -> str:
        usual = known(token) if len(token) > 1 else character_key(token)
        key = self._learned.names.get(token) or usual or UNKNOWN
        return key if len(key) == 1 else Sent(key, token)

    def _token(self, text: str, at: int) -> str:
        token = _TOKEN.match(text, at)
        odd = _ODD.match(text, at) if self.learning and token and len(token[0]) == 1 else None
        found = odd or token
        assert found is not None
        return self._learned.longer(text, at, found[0])


class _Learned:
    """What a device was taught; ``names`` is what it sends → the name of the key."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.names = dict(keys)
        self._longest_first = sorted(self.names, key=len, reverse=True)
        self._begun = {sequence[:end] for sequence in self.names for end in range(1, len(sequence))}
        self._reach = max(map(len, self._begun), default=0)

    def longer(self, text: str, at: int, token: str) -> str:
        """The longest that was taught and stands here, unless the token is longer and some map's key."""
        own = next((sequence for sequence in self._longest_first if text.startswith(sequence, at)), "")
        return own if len(own) >= len(token) or (own and not known(token)) else token

    def unfinished(self, text: str) -> Iterator[int]:
        """Where at the end of the text something that was taught has begun."""
        for start in range(max(0, len(text) - self._reach), len(text)):
            if text[start:] in self._begun:
                yield start
