"""The strict terminal: each rule with what passes and what fails."""

from __future__ import annotations

import re

import pytest

from tests.terminal.strict import (
    ANSI16,
    KINDS,
    MODERN,
    MONO_ASCII,
    PLAIN,
    VT100,
    VT220,
    Look,
    Refused,
    Rules,
    StrictTerminal,
)

SIZE = (20, 4)
DECS = (VT220, VT100, MONO_ASCII)
COLOURED = (MODERN, ANSI16)
EVERY = tuple(KINDS.values())


def terminal(rules: Rules, charset: str = "ascii", **more) -> StrictTerminal:
    return StrictTerminal(rules, *SIZE, charset, **more)


def fed(rules: Rules, *parts: bytes, charset: str = "ascii", **more) -> StrictTerminal:
    it = terminal(rules, charset, **more)
    for part in parts:
        it.feed(part)
    return it


def cases(*cases: tuple[tuple[Rules, ...], bytes]):
    return [pytest.param(rules, data, id=f"{rules.name}-{data!r}") for kinds, data in cases for rules in kinds]


TAKEN = cases(
    (EVERY, b"A ~"),
    (EVERY, b"\r\n\x07AB\x08"),
    (EVERY, b"\x1b[H\x1b[4;20HA\x1b[;5H\x1b[3H"),
    (EVERY, b"\x1b[2B\x1b[A\x1b[19C\x1b[3D"),
    (EVERY, b"\x1b[K\x1b[0K\x1b[1K\x1b[2K\x1b[J\x1b[0J\x1b[1J\x1b[2J"),
    (EVERY, b"\x1b[m\x1b[0;1;4;7m\x1b[;1m"),
    ((*COLOURED, VT220), b"\x1b[1m\x1b[22;24;27m\x1b[X\x1b[20X\x1b[?25l\x1b[?25h"),
    (COLOURED, b"\x1b[30;47;90;107m\x1b[39;49m\x1b[?1049h\x1b[?1049l"),
    ((MODERN,), b"\x1b[38;5;255m\x1b[48;2;0;128;255;1m"),
)
REFUSED = cases(
    (EVERY, b"\x00"),
    (EVERY, b"\t"),
    (EVERY, b"\x0b"),
    (EVERY, b"\x0c"),
    (EVERY, b"\x0e"),
    (EVERY, b"\x18"),
    (EVERY, b"\x7f"),
    (EVERY, b"\x1b[\x7f"),
    (EVERY, b"\x80"),
    (EVERY, b"\x9b"),
    (EVERY, b"\xff"),
    (EVERY, b"\x1bM"),
    (EVERY, b"\x1bD"),
    (EVERY, b"\x1b]0;title\x07"),
    (EVERY, b"\x1bPq\x1b\\"),
    (EVERY, b"\x1b7"),
    (EVERY, b"\x1bc"),
    (EVERY, b"\x1b(0"),
    (EVERY, b"\x1b\x1b[H"),
    (EVERY, b"\x1b[\n"),
    (EVERY, b"\x1b[6n"),
    (EVERY, b"\x1b[c"),
    (EVERY, b"\x1b[>25u"),
    (EVERY, b"\x1b[?2026$p"),
    (EVERY, b"\x1b[!p"),
    (EVERY, b"\x1b[2 q"),
    (EVERY, b"\x1b[L"),
    (EVERY, b"\x1b[P"),
    (EVERY, b"\x1b[1;4r"),
    (EVERY, b"\x1b[5G"),
    (EVERY, b"\x1b[2d"),
    (EVERY, b"\x1b[1;1f"),
    (EVERY, b"\x1b[s"),
    (EVERY, b"\x1b[8;4;20t"),
    (EVERY, b"\x1b[4h"),
    (EVERY, b"\x1b[?7l"),
    (EVERY, b"\x1b[?1000h"),
    (EVERY, b"\x1b[?1004h"),
    (EVERY, b"\x1b[?2004h"),
    (EVERY, b"\x1b[?2026h"),
    (EVERY, b"\x1b[?h"),
    (EVERY, b"\x1b[?1H"),
    (EVERY, b"\x1b[5H"),
    (EVERY, b"\x1b[1;21H"),
    (EVERY, b"\x1b[0;1H"),
    (EVERY, b"\x1b[1;1;1H"),
    (EVERY, b"\x1b[A"),
    (EVERY, b"\x1b[4B"),
    (EVERY, b"\x1b[20C"),
    (EVERY, b"\x1b[D"),
    (EVERY, b"\x1b[0C"),
    (EVERY, b"\x1b[1;1C"),
    (EVERY, b"\x08"),
    (EVERY, b"\x1b[4H\n"),
    (EVERY, b"\x1b[3K"),
    (EVERY, b"\x1b[3J"),
    (EVERY, b"\x1b[?K"),
    (EVERY, b"\x1b[2;1K"),
    (EVERY, b"\x1b[2m"),
    (EVERY, b"\x1b[3m"),
    (EVERY, b"\x1b[5m"),
    (EVERY, b"\x1b[8m"),
    (EVERY, b"\x1b[21m"),
    (EVERY, b"\x1b[4:3m"),
    (EVERY, b"\x1b[38:5:1m"),
    (EVERY, b"\x1b[" + b";".join([b"1"] * 17) + b"m"),
    (EVERY, b"\x1b[" + b"1" * 70),
    (EVERY, b"\x1b[7m\x1b[K"),
    (EVERY, b"\x1b[4m\x1b[2J"),
    ((VT100, MONO_ASCII), b"\x1b[22m"),
    ((VT100, MONO_ASCII), b"\x1b[24m"),
    ((VT100, MONO_ASCII), b"\x1b[27m"),
    ((VT100, MONO_ASCII), b"\x1b[X"),
    ((VT100, MONO_ASCII), b"\x1b[?25l"),
    ((VT220, *COLOURED), b"\x1b[21X"),
    ((VT220, *COLOURED), b"\x1b[25m"),
    (DECS, b"\x1b[31m"),
    (DECS, b"\x1b[39m"),
    (DECS, b"\x1b[?1049h"),
    ((*DECS, ANSI16), b"\x1b[38;5;1m"),
    ((*DECS, ANSI16), b"\x1b[48;2;1;2;3m"),
    ((MODERN,), b"\x1b[38;5;256m"),
    ((MODERN,), b"\x1b[38;2;1;2m"),
    ((MODERN,), b"\x1b[38m"),
    ((MODERN,), b"\x1b[58;5;1m"),
    (COLOURED, b"\x1b[?1049h\x1b[?1049h"),
    (COLOURED, b"\x1b[?1049l"),
    (COLOURED, b"\x1b[44m\x1b[K"),
)


@pytest.mark.parametrize(("rules", "data"), TAKEN)
def test_what_a_kind_knows_is_taken(rules: Rules, data: bytes):
    assert fed(rules, data).between
    fed(rules, *(bytes([byte]) for byte in data))


@pytest.mark.parametrize(("rules", "data"), REFUSED)
def test_what_a_kind_does_not_know_is_refused(rules: Rules, data: bytes):
    with pytest.raises(Refused):
        fed(rules, data)


def test_a_refusal_shows_the_bytes_before_and_after():
    with pytest.raises(Refused) as refused:
        fed(VT100, b"before\x1b[22mafter")
    assert str(refused.value).split("\n") == [
        "vt100: SGR 22",
        "before 62 65 66 6f 72 65 1b 5b 32 32",
        "       beforeESC [22",
        "here   6d",
        "       m",
        "after  61 66 74 65 72",
        "       after",
    ]


def test_what_is_refused_does_nothing():
    it = fed(VT220, b"AB")
    before = it.cursor, it.rows(), it.look
    for data in (b"\x1b[5H", b"\x1b[1;31m", b"\x1b[4B", b"\x1b[19X", b"\x1b[?25;7l", b"\t"):
        with pytest.raises(Refused):
            it.feed(data)
    assert (it.cursor, it.rows(), it.look, it.between, it.cursor_shown) == (*before, True, True)


@pytest.mark.parametrize(
    ("charset", "text", "refused"),
    [
        ("ascii", "A", "é"),
        ("utf-8", "é货e\u0301…", "\u009b"),
        ("utf-8", "漢", "\u202e"),
        ("utf-8", "x", "e\u200d"),
        ("utf-8", "x", "\xad"),
        ("utf-8", "x", "\ue000"),
        ("utf-8", "x", "\u2028"),
        ("utf-8", "x", "\ufeff"),
        ("gb18030", "货x", "…"),
        ("gb18030", "㐀", "×"),
        ("gb18030", "，", "\x7f"),
    ],
)
def test_characters_are_those_of_the_charset_that_can_be_seen(charset: str, text: str, refused: str):
    assert fed(VT220, text.encode(charset), charset=charset).rows()[0] == text
    with pytest.raises(Refused):
        fed(VT220, refused.encode("utf-8" if charset == "ascii" else charset), charset=charset)


@pytest.mark.parametrize("data", [b"\xc0\x80", b"\xed\xa0\x80", b"\xe8\xb4A", b"\xf8\x88\x80\x80\x80", b"\xe8\x1b[H"])
def test_invalid_utf8_is_refused(data: bytes):
    with pytest.raises(Refused):
        fed(VT220, data, charset="utf-8")


def test_a_character_in_parts_is_one_that_has_begun():
    it = terminal(VT220, "utf-8")
    first, *rest = "货".encode()
    it.feed(bytes([first]))
    assert not it.between
    it.feed(bytes(rest))
    assert it.between
    assert it.rows()[0] == "货"


@pytest.mark.parametrize("rules", [VT100, MONO_ASCII])
def test_a_vt100_has_only_ascii(rules: Rules):
    with pytest.raises(AssertionError, match="utf-8"):
        terminal(rules, "utf-8")


@pytest.mark.parametrize("rules", EVERY)
def test_what_comes_after_the_last_column_would_wrap(rules: Rules):
    fed(rules, b"12345678901234567890")
    with pytest.raises(Refused, match="wraps"):
        fed(rules, b"123456789012345678901")


@pytest.mark.parametrize("rules", EVERY)
@pytest.mark.parametrize("data", [b"\x08", b"\n", b"\x1b[K", b"\x1b[J", b"\x1b[D", b"\x1b[B", b"\x1b[C"])
def test_in_the_last_column_nothing_counts_from_the_cursor(rules: Rules, data: bytes):
    fed(rules, b"12345678901234567890", b"\x07\x1b[7m\x1b[m", b"\r\n")
    fed(rules, b"12345678901234567890", b"\x1b[2J")
    with pytest.raises(Refused, match="last column"):
        fed(rules, b"12345678901234567890", data)


def test_on_a_vt100_the_next_character_in_a_last_column_wraps():
    data = b"\x1b[1;20HA", b"\x1b[2;20HB"
    assert [row[-1] for row in fed(VT220, *data).rows()[:2]] == ["A", "B"]
    fed(VT100, b"\x1b[1;20HA\x1b[2;19H.B")
    with pytest.raises(Refused, match="VT100 wraps here"):
        fed(VT100, *data)


def test_the_corner_can_be_filled_without_scrolling():
    assert fed(VT100, b"\x1b[4;20HX").rows()[3] == " " * 19 + "X"


def test_a_wide_character_is_never_split_at_the_edge():
    it = fed(VT220, "\x1b[1;19H货".encode(), charset="utf-8")
    assert it.rows()[0] == " " * 18 + "货"
    with pytest.raises(Refused):
        it.feed(b"x")
    with pytest.raises(Refused, match="two columns"):
        fed(VT220, "\x1b[1;20H货".encode(), charset="utf-8")


@pytest.mark.parametrize(
    ("data", "row"),
    [
        ("货\x1b[1;1Hx", "x"),
        ("a货b\x1b[1;2H\x1b[1X", "a  b"),
        ("a货b\x1b[1;2H\x1b[1K", "   b"),
    ],
)
def test_right_half_of_a_wide_character_is_a_blank(data: str, row: str):
    assert fed(VT220, data.encode(), charset="utf-8").rows()[0] == row


@pytest.mark.parametrize("data", ["x", "物", "\x1b[K", "\x1b[1X", "\x1b[J"])
def test_nothing_begins_in_a_right_half(data: str):
    it = fed(VT220, "a货b\x1b[1;3H".encode(), charset="utf-8")
    with pytest.raises(Refused, match="right half of '货'"):
        it.feed(data.encode())
    assert it.rows()[0] == "a货b"


def test_a_mark_joins_the_character_before_it():
    assert fed(VT220, "货\u0301".encode(), charset="utf-8").grid.cells[0][0].text == "货\u0301"
    edge = fed(VT220, b"\x1b[1;20He", "\u0301".encode(), charset="utf-8")
    assert edge.grid.cells[0][19].text == "e\u0301"
    with pytest.raises(Refused, match="nothing to join"):
        fed(VT220, "\u0301".encode(), charset="utf-8")


def test_looks_are_kept_cell_by_cell():
    it = fed(ANSI16, b"\x1b[1mA\x1b[4;7mB\x1b[22;24mC\x1b[0;31;104mD\x1b[39mE\x1b[mF")
    assert it.looks(0)[:7] == [
        Look(bold=True),
        Look(True, True, True),
        Look(reverse=True),
        Look(ink=1, paper=12),
        Look(paper=12),
        PLAIN,
        PLAIN,
    ]


def test_colours_of_256_and_of_all():
    it = fed(MODERN, b"\x1b[38;5;74;48;2;1;2;3;1mA\x1b[97mB")
    assert it.looks(0)[:2] == [Look(bold=True, ink=74, paper=(1, 2, 3)), Look(bold=True, ink=15, paper=(1, 2, 3))]


def test_erased_cells_are_plain_or_in_the_background_where_the_terminal_says_so():
    assert fed(ANSI16, b"\x1b[44mA\x1b[0;1;31m\r\x1b[K").looks(0)[0] == PLAIN
    coloured = fed(ANSI16, b"\x1b[31;44m\x1b[K", erases_in_colour=True)
    assert set(coloured.looks(0)) == {Look(paper=4)}
    with pytest.raises(Refused):
        fed(ANSI16, b"\x1b[7;44m\x1b[K", erases_in_colour=True)


def test_the_alternate_screen_leaves_the_other_one_as_it_was():
    it = fed(ANSI16, b"before\x1b[?1049h")
    assert (it.alternate, it.rows()[0], it.cursor) == (True, "", (0, 6))
    it.feed(b"\x1b[Hwithin\x1b[?1049l")
    assert (it.alternate, it.rows()[0], it.cursor) == (False, "before", (0, 6))


def test_a_used_terminal_shows_what_was_left_until_it_is_erased():
    it = terminal(VT100, used=True)
    assert it.rows() == ["#" * 20] * 4
    with pytest.raises(Refused):
        it.feed(b"\x1b[2J")
    it.feed(b"\x1b[m\x1b[2J")
    assert it.rows() == [""] * 4


def test_somebody_else_may_write_anywhere_and_leave_the_cursor_there():
    it = fed(VT100, b"\x1b[2;3Hours")
    it.disturb("theirs", 0, 5, Look(bold=True))
    assert it.rows()[:2] == ["     theirs", "  ours"]
    assert (it.cursor, it.look) == ((0, 11), Look(bold=True))


def test_bells_and_bytes_are_counted():
    it = fed(VT100, b"\x07a", b"\x07\x1b[m")
    assert (it.bells, it.received) == (2, 6)


def test_every_kind_is_refused_something_that_another_takes():
    """No two lists are the same by mistake; VT100 and mono-ascii are the same on purpose."""
    lists = {
        name: {re.sub(r"^[\w-]+?-b", "b", case.id) for case in REFUSED if case.values[0] is rules}
        for name, rules in KINDS.items()
    }
    assert lists["vt100"] == lists["mono-ascii"]
    assert len({frozenset(names) for names in lists.values()}) == 4


def test_nobody_knows_whether_a_used_vt100_was_left_at_its_margin():
    it = fed(VT100, b"\x1b[m\x1b[2J", used=True)
    with pytest.raises(Refused, match="VT100 wraps here"):
        it.feed(b"\x1b[1;20HX")
