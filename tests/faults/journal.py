"""What a worker writes down: each document before its first try, and afterwards what it was told."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

Moved = tuple[str, str, str, str, int]
"""SKU, lot ("" for none), source and target location, and millionths of the base unit."""


@dataclass
class Entry:
    """One document. ``moves`` is what it must do to the ledger; ``number`` came with the acknowledgement.

    ``refused`` names the refusal after which nothing of it may be there. Without either, nobody knows.
    ``resend`` is what it takes to send it again: see ``work.py``; empty for a draft, which is posted from its screen.
    """

    request_id: str
    kind: str
    moves: list[Moved]
    resend: dict[str, Any] = field(default_factory=dict)
    number: str = ""
    refused: str = ""

    @property
    def is_open(self) -> bool:
        return not self.number and not self.refused


class Journal:
    """A file that outlives its writer: each line is one write."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def trying(self, entry: Entry) -> None:
        self._write({"trying": asdict(entry)})

    def posted(self, request_id: str, number: str) -> None:
        self._write({"posted": request_id, "number": number})

    def refused(self, request_id: str, error: str) -> None:
        self._write({"refused": request_id, "error": error})

    def said(self, text: str) -> None:
        """Something for whoever looks into a failure."""
        self._write({"said": text})

    def crashed(self, text: str) -> None:
        """An error that is no sentence for a user."""
        self._write({"crashed": text})

    def _write(self, record: dict[str, Any]) -> None:
        os.write(self._file, json.dumps(record).encode() + b"\n")


def records(path: Path) -> list[dict[str, Any]]:
    """All whole lines of a journal."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def entries(found: Iterable[dict[str, Any]]) -> dict[str, Entry]:
    """The documents of a journal, by request id."""
    known: dict[str, Entry] = {}
    for record in found:
        if "trying" in record:
            values = record["trying"]
            moves = [tuple(move) for move in values["moves"]]
            known[values["request_id"]] = Entry(**{**values, "moves": moves})
        elif "posted" in record:
            known[record["posted"]].number = record["number"]
        elif "refused" in record:
            known[record["refused"]].refused = record["error"]
    return known
