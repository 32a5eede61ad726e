import asyncio

from textual import events

from wms_tui.tui.gate import Gate, Typed, keys_of
from wms_tui.tui.keys import UNKNOWN, Sent, raw_of


async def drain(gate: Gate) -> list[str]:
    return [await gate.get() for _ in range(len(gate))]


async def test_keys_come_out_in_the_order_of_their_arrival():
    gate = Gate()
    gate.put("abc")
    gate.put_signal("idle")
    gate.put(["enter", "d"])
    assert await drain(gate) == ["a", "b", "c", "idle", "enter", "d"]


async def test_a_line_feed_after_a_return_is_dropped_across_writes():
    gate = Gate()
    gate.put(["A", "enter"])
    gate.put(["\n", "B", "\n"])
    assert await drain(gate) == ["A", "enter", "B", "enter"]


async def test_keys_that_nobody_knows_reach_whoever_learns_and_nobody_else():
    gate = Gate()
    gate.put(["a", Sent(UNKNOWN, "\x1b[99~"), "b", Sent(UNKNOWN, "\x1b[98~"), Sent("f1", "\x1bOP")])
    assert [await gate.get(), await gate.get()] == ["a", "b"]
    gate.learning = True
    assert raw_of(await gate.get()) == "\x1b[98~"
    gate.learning = False
    assert await gate.get() == "f1"


async def test_keys_typed_before_it_is_known_which_device_it_is_are_read_as_it_was_taught():
    gate = Gate()
    gate.put(["a", Sent(UNKNOWN, "\x1b[99~"), "\x07", Sent("f6", "\x1b[17~"), "f6"])
    gate.taught = {"\x1b[99~": "f8", "\x07": "f5", "\x1b[17~": "f1"}
    keys = [await gate.get() for _ in range(5)]
    assert keys == ["a", "f8", "f5", "f1", "f6"]
    assert [raw_of(key) for key in keys[1:4]] == ["\x1b[99~", "\x07", "\x1b[17~"]


async def test_it_is_settled_only_when_the_last_key_has_been_dealt_with():
    gate = Gate()
    gate.put("a")
    assert await gate.get() == "a"
    assert not gate.settled
    waiting = asyncio.create_task(gate.get())
    await asyncio.sleep(0)
    assert gate.settled
    gate.put("b")
    assert await waiting == "b"


def test_a_paste_is_its_characters():
    assert keys_of(events.Paste("A1\r\nB\tC\x1d")) == ["A", "1", "enter", "\n", "B", "tab", "C", "\x1d"]


def test_keys_of_textuals_own_drivers():
    sent = [
        (events.Key("a", "a"), "a"),
        (events.Key("enter", "\r"), "enter"),
        (events.Key("ctrl+j", "\n"), "\n"),
        (events.Key("ctrl+right_square_bracket", None), "\x1d"),
        (events.Key("ctrl+q", "\x11"), "\x11"),
        (events.Key("ctrl+q", None), "\x11"),
        (events.Key("shift+tab", None), "backtab"),
        (events.Key("escape", "\x1b"), "escape"),
        (events.Key("f10", None), "f10"),
        (events.Key("alt+x", "x"), "x"),
    ]
    assert [keys_of(event) for event, _ in sent] == [[key] for _, key in sent]


def test_other_events_are_no_input():
    assert keys_of(events.Mount()) is None
    assert keys_of(Typed(["f1"])) == ["f1"]
