"""What ``wms doctor terminal`` tries out with whoever sits there: looks, characters, sounds, keys, the line."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wms_tui.cli.console import Console
from wms_tui.domain.devices import key_name, spelt
from wms_tui.domain.display import harmless
from wms_tui.domain.texts import N_, sentence
from wms_tui.domain.wrapping import wrapped

if TYPE_CHECKING:
    from wms_tui.tui.terminal.examining import Answers
    from wms_tui.tui.terminal.profiles import Profile

LOOKS = N_("These look different from each other: {samples}")
GLYPHS = N_("This is legible, and each bar stands under the other:")
SAMPLES = ("ABC abc 0189 |", "é ü ß × … ▃▅▇ |", "库存 盘点 螺栓 |")
HEARD = N_("You hear one sound for a taken scan, then three for a refused one.")
PRESS = N_("Press keys or scan: how each is read is shown. Enter twice ends.")
READ = N_("{sent} is {key}")
NO_KEY = N_("{sent} is no key that is known: My account, This terminal, Keys teaches it")


@contextmanager
def raw_line() -> Iterator[None]:
    """The terminal as the application has it."""
    from wms_tui.tui.terminal.line import as_found, raw

    sys.stdout.flush()
    before = raw(0)
    try:
        yield
    finally:
        as_found(0, before)


def ask_line(console: Console) -> Answers:
    """How long the terminal takes to answer."""
    from wms_tui.tui.terminal.examining import examine

    with raw_line():
        return examine(0, 1)


def show_samples(console: Console, profile: Profile) -> None:
    """Looks and characters as they come through, and the two sounds."""
    from rich.style import Style

    from wms_tui.tui.terminal.colours import PLAIN, change, look_of
    from wms_tui.tui.terminal.glyphs import folded
    from wms_tui.tui.theme import theme_named

    theme = theme_named(console.settings.theme)
    names = ("primary", "success", "warning", "error")
    styles = {"bold": "bold", "underline": "underline", "reverse": "reverse"} | {
        name: str(getattr(theme, name)) for name in names
    }
    looks = {name: look_of(Style.parse(style), profile.colours) for name, style in styles.items()}
    shown = [
        change(PLAIN, look).decode() + name + change(look, PLAIN).decode()
        for name, look in looks.items()
        if look != PLAIN
    ]
    print(console.translate(LOOKS).format(samples=" ".join(shown)))
    told(console, GLYPHS)
    for sample in SAMPLES:
        text = "".join(folded(character, profile.charset)[0] for character in sample)
        sys.stdout.buffer.write(text.encode(profile.charset, "replace") + b"\n")
        sys.stdout.flush()
    _ring(console)


def _ring(console: Console) -> None:
    from wms_tui.tui.terminal.sounds import NAMES

    told(console, HEARD)
    for name in ("taken", "refused"):
        last = 0.0
        for delay in NAMES[name]:
            time.sleep(delay - last)
            last = delay
            print("\a", end="", flush=True)
        time.sleep(0.7)


def ask_keys(console: Console, charset: str, taught: Mapping[str, str]) -> None:
    """Show how each key is read until Enter comes twice, or the terminal goes."""
    from wms_tui.tui.keys import ENTER, UNKNOWN, fold_line_ends, raw_of
    from wms_tui.tui.terminal.examining import keys_read
    from wms_tui.tui.terminal.reading import KeyReader

    reader = KeyReader(charset)
    reader.learn(taught)
    reader.learning = True
    before, returned = "", False
    with raw_line():
        told(console, PRESS, "\r\n")
        for keys in keys_read(0, reader.feed, reader.expire):
            folded, returned = fold_line_ends(keys, returned)
            for key in folded:
                sent = spelt(raw_of(key) or key)
                template = NO_KEY if key == UNKNOWN else READ
                name = key if len(key) == 1 else console.translate(key_name(key))
                told(console, template, "\r\n", sent=sent, key=name)
                if key == before == ENTER:
                    return
                before = key


def told(console: Console, template: str, end: str = "\n", **fields: object) -> None:
    """A sentence in as many rows as this terminal needs, and nothing in it that would steer the terminal."""
    from wms_tui.tui.terminal.line import size_of

    for row in wrapped(harmless(sentence(console.translate, template, fields)), size_of(1)[0]):
        console.row_of_text(row, end)
