"""Codes from a stream of bytes: one a line, whatever the bytes are and however long the line is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

MOST_LINE = 65_536
"""Bytes of a line that are kept; no symbol holds as many, so a longer line is refused anyhow."""


def codes_of(stream: BinaryIO) -> Iterator[str]:
    """The lines without their ends; bytes that are not UTF-8 are replaced, 0x1D and other controls stay."""
    while line := stream.readline(MOST_LINE):
        ended = line.endswith(b"\n")
        yield line.rstrip(b"\r\n").decode("utf-8", "replace")
        while not ended and (rest := stream.readline(MOST_LINE)):
            ended = rest.endswith(b"\n")
