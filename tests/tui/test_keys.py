import pytest

from wms_tui.tui.keys import SEQUENCES, KeyReader, fold_line_ends


def read(*writes: bytes) -> list[str]:
    reader = KeyReader()
    return [key for write in writes for key in reader.feed(write)] + reader.expire()


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


@pytest.mark.parametrize("key", ["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10"])
def test_every_function_key_that_screens_use_can_be_sent(key: str):
    assert key in SEQUENCES.values()


def test_answers_of_the_terminal_are_not_typed():
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
