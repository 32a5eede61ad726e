import asyncio

from textual import events

from wms_tui.tui.gate import Gate, Typed, keys_of


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
