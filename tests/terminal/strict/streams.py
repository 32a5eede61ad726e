"""Streams that a kind of terminal takes, made up by Hypothesis: for comparison with other emulators."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.terminal.strict.emulator import StrictTerminal
from tests.terminal.strict.report import Refused
from tests.terminal.strict.rules import ALTERNATE_SCREEN, Rules

PIECES = 60
_LETTERS, _CHINESE, _SIGNS = "abcXYZ019 -/", "货架上的螺母，", "é×…│"


def streams(rules: Rules, columns: int, rows: int, charset: str = "ascii") -> SearchStrategy[list[bytes]]:
    """Characters, controls and sequences; some of them may be refused where they stand."""
    one = st.one_of(_texts(charset), _moves(columns, rows), _renditions(rules)).map(lambda piece: [piece])
    pieces = st.lists(one | _erasures(rules, columns), min_size=1, max_size=PIECES)
    return pieces.map(lambda lists: [piece for several in lists for piece in several])


def taken(it: StrictTerminal, pieces: list[bytes]) -> bytes:
    """Feed the pieces, and give back those that were not refused."""
    stream = b""
    for piece in pieces:
        try:
            it.feed(piece)
        except Refused:
            continue
        stream += piece
    return stream


def _texts(charset: str) -> SearchStrategy[bytes]:
    letters = _LETTERS if charset == "ascii" else _LETTERS + _CHINESE + (_SIGNS if charset == "utf-8" else "")
    return st.text(letters, min_size=1, max_size=1).map(lambda text: text.encode(charset))


def _moves(columns: int, rows: int) -> SearchStrategy[bytes]:
    places = st.tuples(st.integers(1, rows), st.integers(1, columns)).map(lambda place: b"\x1b[%d;%dH" % place)
    steps = st.tuples(st.integers(1, 5), st.sampled_from(b"ABCD")).map(lambda step: b"\x1b[%d%c" % step)
    return st.one_of(places, steps, st.sampled_from((b"\r", b"\n", b"\x08", b"\x1b[H", b"\x1b[C")))


def _renditions(rules: Rules) -> SearchStrategy[bytes]:
    number = st.sampled_from(sorted(rules.renditions)).map(lambda number: b"%d" % number)
    share = st.integers(0, 255)
    if 5 in rules.palettes:
        number |= st.tuples(st.sampled_from((38, 48)), share).map(lambda colour: b"%d;5;%d" % colour)
    if 2 in rules.palettes:
        shares = st.tuples(st.sampled_from((38, 48)), share, share, share)
        number |= shares.map(lambda colour: b"%d;2;%d;%d;%d" % colour)
    return st.lists(number, max_size=3).map(lambda numbers: b"\x1b[" + b";".join(numbers) + b"m")


def _erasures(rules: Rules, columns: int) -> SearchStrategy[list[bytes]]:
    """Mostly after a reset, without which terminals differ."""
    parts = [b"\x1b[%b%b" % (which, end) for which in (b"", b"1", b"2") for end in (b"K", b"J")]
    modes = [[b"\x1b[?%d%c" % (mode, end)] for mode in rules.modes - {ALTERNATE_SCREEN} for end in b"hl"]
    erasures = st.sampled_from([*([b"\x1b[m", part] for part in parts), *modes, [b"\x1b[K"]])
    if "X" in rules.finals:
        erasures |= st.integers(1, columns).map(lambda count: [b"\x1b[m", b"\x1b[%dX" % count])
    return erasures
