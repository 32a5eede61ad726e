"""Looking ahead: every line of a document is tried, so that all that are wrong are told at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wms_tui.db.transaction import Tx
from wms_tui.domain.errors import Refused
from wms_tui.domain.movements import Line, MovementKind
from wms_tui.services.importing.report import undone
from wms_tui.services.importing.tables import Fault
from wms_tui.services.resolving import Known, resolve


def wrong_lines(tx: Tx, rule: MovementKind, lines: Iterable[tuple[int, Line]], today: date) -> list[Fault]:
    """A fault for each (line number, line) that no document of this kind can have; nothing stays written."""
    faults: list[Fault] = []
    numbered, known = list(lines), Known()
    with undone(tx):
        known.learn(tx, rule, [line for _, line in numbered])
        for number, line in numbered:
            try:
                resolve(tx, rule, known, line, today)
            except Refused as error:
                faults.append((number, error))
    return faults
