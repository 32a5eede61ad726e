"""What is told when a terminal is sent something that it must not get."""

from __future__ import annotations

AROUND = 64
"""Bytes shown before and after."""


class Forbidden(Exception):
    """Why the last byte must not be sent: from within the emulator."""


class Refused(AssertionError):
    """A terminal was sent what its kind does not understand; tells why, and the bytes around it."""

    def __init__(self, kind: str, reason: str, before: bytes, after: bytes) -> None:
        self.reason = reason
        shown = (f"{name:6} {data.hex(' ')}\n       {readable(data)}" for name, data in _parts(before, after))
        super().__init__("\n".join((f"{kind}: {reason}", *shown)))


def _parts(before: bytes, after: bytes) -> tuple[tuple[str, bytes], ...]:
    return ("before", before[:-1][-AROUND:]), ("here", before[-1:]), ("after", after[:AROUND])


def readable(data: bytes) -> str:
    """Bytes as text; what is no printable ASCII as Python writes it."""
    return "".join("ESC " if byte == 0x1B else repr(bytes([byte]))[2:-1] for byte in data)
