"""A reader of ZPL of its own, written after Zebra's programming guide: what a printer would take for what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PIL import Image
from reportlab.graphics.barcode.code128 import _patterns

COMMAND = re.compile(rb"[\^~]")
VALUES = {">0": "value 30", "><": "value 62", ">=": "value 94"}
STARTS = {">:": 104, ">;": 105}


@dataclass
class Field:
    """``commands`` between ^FO or ^FT and ^FS, and the data as it is after ^FH."""

    commands: list[tuple[str, str]] = field(default_factory=list)
    data: str = ""

    def parameters(self, name: str) -> list[str] | None:
        found = [text for command, text in self.commands if command == name]
        return found[0].split(",") if found else None


@dataclass
class Read:
    """One format, from ^XA to ^XZ."""

    fields: list[Field]
    commands: list[tuple[str, str]]

    def parameters(self, name: str) -> list[str]:
        return next(text for command, text in self.commands if command == name).split(",")


def commands(sent: bytes) -> list[tuple[str, bytes]]:
    """Every command with what follows it. ^ and ~ begin one wherever they stand; a field's data is no exception."""
    places = [found.start() for found in COMMAND.finditer(sent)]
    parts = [sent[place:end] for place, end in zip(places, [*places[1:], len(sent)], strict=True)]
    return [_command(part) for part in parts]


def _command(part: bytes) -> tuple[str, bytes]:
    length = 2 if part[1:2] == b"A" and part[:3] != b"^A@" and part[2:3] in b"0123456789" else 3
    return part[:length].decode("latin-1"), part[length:]


def read(sent: bytes) -> list[Read]:
    """The labels that a printer would make of it. Asserts that there is nothing outside formats and fields."""
    labels, now, open_field, escape = [], None, None, None
    assert not sent or sent.startswith(b"^XA")
    for name, rest in commands(sent):
        if name == "^XA":
            assert now is None
            now = Read([], [])
        elif name == "^XZ":
            assert now is not None and open_field is None and not rest.strip()
            labels.append(now)
            now = None
        elif name == "^FS":
            now.fields.append(open_field)
            open_field, escape = None, None
        elif name in {"^FO", "^FT"}:
            assert open_field is None
            open_field = Field([(name, rest.decode("ascii"))])
        elif name == "^FH":
            escape = rest.decode("ascii") or "_"
        elif name == "^FD":
            assert open_field is not None
            open_field.data = _unescaped(rest, escape)
        else:
            (open_field or now).commands.append((name, rest.decode("ascii")))
    assert now is None
    return labels


def _unescaped(rest: bytes, escape: str | None) -> str:
    if escape is None:
        return rest.decode()
    sign = re.escape(escape.encode())
    return re.sub(sign + rb"([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), rest).decode()


def code_128_image(data: str) -> Image.Image:
    """The bars that ^BC in mode N makes of its field, by the guide's table 6; patterns are those of ReportLab."""
    values, code_set, place = [STARTS[data[:2]]], "C" if data[:2] == ">;" else "B", 2
    while place < len(data):
        if data[place] == ">":
            value, code_set = _invoked(data[place : place + 2], code_set)
            place += 2
        elif code_set == "C":
            assert re.fullmatch("[0-9]{2}", data[place : place + 2]), "a digit without a partner is ignored"
            value, place = int(data[place : place + 2]), place + 2
        else:
            value, place = ord(data[place]) - 32, place + 1
        values.append(value)
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return _bars("".join(_patterns[value] for value in (*values, check, 106)))


def _invoked(code: str, code_set: str) -> tuple[int, str]:
    """The value of an invocation code, and the code set after it."""
    if code == ">8":
        return 102, code_set
    if code == ">5" and code_set == "B":
        return 99, "C"
    if code == ">6" and code_set == "C":
        return 100, "B"
    assert code_set == "B" and code in VALUES, code
    return int(VALUES[code].split()[1]), "B"


def _bars(pattern: str) -> Image.Image:
    """``BaC``: a bar of 2 modules, a space of 1, a bar of 3 …"""
    row = []
    for sign in pattern:
        row += [0 if sign.isupper() else 255] * (ord(sign.upper()) - 64)
    row = [255] * 20 + row + [255] * 20
    image = Image.new("L", (len(row), 1))
    image.putdata(row)
    return image.resize((len(row) * 3, 150), Image.Resampling.NEAREST)


def data_matrix_data(data: str, escape: str) -> str:
    """What a Data Matrix holds after ^BX: FNC1 as 0x1D; the escape sign begins nothing else here."""
    assert not re.search(re.escape(escape) + "(?!1)", data)
    return data.replace(f"{escape}1", "\x1d")
