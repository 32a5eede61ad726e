import pytest

from wms_tui.tui.keys import UNKNOWN, fold_line_ends, raw_of
from wms_tui.tui.terminal.keymaps import MAPS, SEQUENCES, known
from wms_tui.tui.terminal.reading import KeyReader

SPELT = [(sequence, name) for one in MAPS.values() for sequence, name in one.items()]


def read(*writes: bytes, charset: str = "utf-8", learned: dict[str, str] | None = None) -> list[str]:
    reader = KeyReader(charset)
    reader.learn(learned or {})
    keys = [key for write in writes for key in reader.feed(write)] + reader.expire()
    return [key for key in keys if key != UNKNOWN]


def test_printable_characters_are_themselves():
    assert read("Aé螺\N{GRINNING FACE} 1".encode()) == ["A", "é", "螺", "\N{GRINNING FACE}", " ", "1"]


def test_characters_cut_between_reads_are_put_together():
    data = "螺丝".encode()
    assert read(*(bytes([byte]) for byte in data)) == ["螺", "丝"]


def test_a_byte_that_is_not_utf8_spoils_its_code_only():
    assert read(b"A\xffB\r") == ["A", "\ufffd", "B", "enter"]


def test_control_characters_are_data():
    controls = [chr(code) for code in range(32) if chr(code) not in "\b\t\r\x1b"]
    assert read("".join(controls).encode()) == controls


def test_escape_then_text_in_one_write_is_esc_and_the_whole_text():
    assert read(b"\x1bbf-100\rX") == ["escape", *"bf-100", "enter", "X"]


def test_escape_then_text_then_a_function_key():
    assert read(b"\x1bab\x1b[17~c") == ["escape", "a", "b", "f6", "c"]


def test_two_escapes_are_two():
    assert read(b"\x1b\x1b") == ["escape", "escape"]


def test_a_lone_escape_waits_for_what_may_follow():
    reader = KeyReader()
    assert reader.feed(b"\x1b") == []
    assert reader.feed(b"OP") == ["f1"]
    assert reader.feed(b"\x1b") == []
    assert reader.expire() == ["escape"]
    assert reader.expire() == []


def test_several_escapes_wait_together_for_what_may_follow():
    reader = KeyReader()
    assert reader.feed(b"A\x1b\x1b") == ["A"]
    assert reader.feed(b"B\x1b\x1b\x1b") == ["escape", "escape", "B"]
    assert reader.feed(b"[17~") == ["escape", "escape", "f6"]
    assert reader.feed(b"\x1b" * 100)[:3] == ["escape", "escape", "escape"]
    assert len(reader.expire()) == 32


@pytest.mark.parametrize(("sequence", "name"), SEQUENCES.items())
def test_a_key_sequence_is_one_key_however_it_is_cut(sequence: str, name: str):
    data = b"x" + sequence.encode() + b"y"
    assert read(data) == ["x", name, "y"]
    assert read(*(bytes([byte]) for byte in data)) == ["x", name, "y"]


NEEDED = [f"f{number}" for number in range(1, 11)]


@pytest.mark.parametrize("client", ["VT100", "VT220", "xterm", "Linux console", "rxvt", "SAPConsole", "PuTTY"])
def test_every_function_key_that_screens_use_can_be_sent(client: str):
    sends = {
        "VT100": MAPS["VT100"],
        "VT220": {**MAPS["VT100"], **MAPS["VT220"]},
        "xterm": {**MAPS["VT100"], **MAPS["VT220"]},
        "Linux console": {**MAPS["Linux console"], **MAPS["VT220"]},
        "rxvt": MAPS["VT220"],
        "SAPConsole": {**MAPS["VT100"], **MAPS["VT220"], **MAPS["SAPConsole"]},
        "PuTTY": MAPS["PuTTY, VT100+"],
    }[client]
    wanted = NEEDED[:4] if client == "VT100" else NEEDED
    assert set(wanted) <= set(sends.values())


def test_no_two_maps_say_different_things_of_one_sequence():
    assert {sequence for sequence, name in SPELT if SEQUENCES[sequence] != name} == set()


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        *((b"\x1b[1;2P", "f1"), (b"\x1b[1;5S", "f4"), (b"\x1b[15;2~", "f5"), (b"\x1b[21;3~", "f10")),
        *((b"\x1b[1;5A", "up"), (b"\x1b[1;2H", "home"), (b"\x1b[5;5~", "pageup")),
        *((b"\x1b[15^", "f5"), (b"\x1b[5$", "pageup"), (b"\x1b[7@", "home"), (b"\x1b[a", "up"), (b"\x1bOd", "left")),
        *((b"\x1b[28~", "f1"), (b"\x1b[35~", "f5"), (b"\x1bOT", "f5"), (b"\x1bOY", "f10"), (b"\x1b[V", "f10")),
    ],
)
def test_a_modifier_or_another_client_leaves_the_key_what_it_is(sent: bytes, key: str):
    assert read(sent) == [key]
    assert read(*(bytes([byte]) for byte in b"A" + sent + b"1")) == ["A", key, "1"]


def test_a_keypad_in_application_mode_types_numbers_and_enter():
    assert read(b"\x1bOq\x1bOr\x1bOn\x1bOp\x1bOM") == ["1", "2", ".", "0", "enter"]


def test_a_report_of_the_cursors_place_is_no_key():
    assert known("\x1b[24;80R") is None
    assert read(b"\x1b[24;80R") == []


@pytest.mark.parametrize(
    ("charset", "sent", "keys"),
    [
        ("gb18030", "螺丝A".encode("gb18030"), ["螺", "丝", "A"]),
        ("gb18030", b"\xc2" + b"\x1b[17~", ["\ufffd", "f6"]),
        ("ascii", b"A\xe8B\x1b[17~", ["A", "\ufffd", "B", "f6"]),
    ],
)
def test_the_charset_is_the_terminals(charset: str, sent: bytes, keys: list[str]):
    assert read(sent, charset=charset) == keys
    assert read(*(bytes([byte]) for byte in sent), charset=charset) == keys


def test_a_key_tells_what_was_sent_for_it():
    assert [raw_of(key) for key in read(b"A\x1b[35~\x1b[1;2P\x7f\x07")] == [
        "A",
        "\x1b[35~",
        "\x1b[1;2P",
        "\x7f",
        "\x07",
    ]
    assert raw_of("f1") == ""


ODD = {"\x1bX1": "f8", "\x1b[17~": "f1", "\x1b[1": "f2", "\x07": "f5", "\x1b[99~": "f9"}


def test_what_a_device_was_taught_goes_before_all_maps():
    assert read(b"a\x1bX1b\x1b[17~\x07\x1b[99~c\x1b[18~", learned=ODD) == ["a", "f8", "b", "f1", "f5", "f9", "c", "f7"]


def test_of_two_that_fit_the_longer_is_the_key():
    assert read(b"\x1b[1", b"x", learned=ODD) == ["f2", "x"]
    assert read(b"\x1b[18~", learned=ODD) == ["f7"]


def test_a_taught_key_is_one_however_it_is_cut():
    sent = b"x\x1bX1y\x1b[99~\x1bX"
    assert read(*(bytes([byte]) for byte in sent), learned=ODD) == ["x", "f8", "y", "f9", "escape", "X"]


def test_an_esc_within_a_code_stays_one_where_other_keys_were_taught():
    assert read(b"NU\x1bBOLT\r", learned=ODD) == [*"NU", "escape", *"BOLT", "enter"]


def test_teaching_anew_forgets_what_was_taught():
    reader = KeyReader()
    reader.learn({"\x07": "f5"})
    assert reader.feed(b"\x07") == ["f5"]
    reader.learn({})
    assert reader.feed(b"\x07") == ["\x07"]


def learned(*writes: bytes) -> list[tuple[str, str]]:
    reader = KeyReader()
    reader.learning = True
    keys = [key for write in writes for key in reader.feed(write)] + reader.expire()
    return [(str(key), raw_of(key)) for key in keys]


def test_who_learns_keys_sees_those_that_nobody_knows():
    assert learned(b"\x1b[99~\x1b[17~") == [(UNKNOWN, "\x1b[99~"), ("f6", "\x1b[17~")]
    assert learned(b"\x1bA") == learned(b"\x1b", b"A") == [(UNKNOWN, "\x1bA")]
    assert learned(b"\x1b", b"X", b"1") == [(UNKNOWN, "\x1bX1")]
    assert learned(b"\x1bX1\x1bX2") == [(UNKNOWN, "\x1bX1"), (UNKNOWN, "\x1bX2")]
    assert learned(b"\x1b") == [("escape", "\x1b")]


def test_who_learns_keys_is_typed_to_and_scanned_to_as_ever():
    assert [key for key, _ in learned(b"1\r]C101\x1d10\r")] == ["1", "enter", *"]C101\x1d10", "enter"]


def test_answers_of_the_terminal_are_no_characters():
    assert read(b"A\x1b[?1;2c\x1b[24;80R\x1b[?2026;2$yB") == ["A", "B"]


@pytest.mark.parametrize(
    ("typed", "ends"),
    [("\r", 1), ("\n", 1), ("\r\n", 1), ("\r\r", 2), ("\n\n", 2), ("\r\n\r\n", 2), ("\n\r", 2), ("\r\n\n", 2)],
)
def test_cr_lf_and_crlf_end_a_line_once(typed: str, ends: int):
    for cut in range(len(typed) + 1):
        first, after = fold_line_ends(read(typed[:cut].encode()), False)
        second, _ = fold_line_ends(read(typed[cut:].encode()), after)
        assert first + second == ["enter"] * ends
