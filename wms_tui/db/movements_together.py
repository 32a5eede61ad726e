"""Many documents in one statement of PostgreSQL: one way to the server and back."""

from __future__ import annotations

import json
from collections import Counter as Counts
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from wms_tui.db.balances import BalanceKey, Change
from wms_tui.db.movements import DocumentRow, MovementRow, NewLot
from wms_tui.db.posting_statement import IN_ARRAYS, PARTS, array_names, of_any_size
from wms_tui.db.repeating import Column, is_same
from wms_tui.db.transaction import Tx

Rows = dict[str, list[dict[str, Any]]]
"""Source of the statement → its rows."""


class EndedDraft(NamedTuple):
    """A draft that a document was, as it was seen."""

    draft_id: int
    request_id: str
    saved_at: datetime


@dataclass(slots=True)
class Batch:
    """Documents that are to be written at once, with all that they were made from.

    ``operators`` are (session, permission); ``goods`` product → version; ``places`` location → (code, kind);
    ``made`` stand-in → lot, by which the documents name it; ``dated`` lot → the expiry date that it had not.
    """

    documents: list[tuple[str, DocumentRow, Sequence[MovementRow]]] = field(default_factory=list)
    changes: dict[BalanceKey, Change] = field(default_factory=dict)
    operators: set[tuple[str, str]] = field(default_factory=set)
    goods: dict[int, int] = field(default_factory=dict)
    places: dict[int, tuple[str, str]] = field(default_factory=dict)
    made: dict[int, NewLot] = field(default_factory=dict)
    dated: dict[int, date] = field(default_factory=dict)
    ended: list[EndedDraft] = field(default_factory=list)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the statement that it needs."""
        return tuple(name for name, has in zip(PARTS, (self.made, self.dated, self.ended), strict=True) if has)

    @property
    def counters(self) -> list[str]:
        """The counter of each document."""
        return [f"{prefix}-{document.posted_at.year}" for prefix, document, _ in self.documents]

    def change(self, changes: Mapping[BalanceKey, Change]) -> None:
        """What one more document does to the balances, after those before it."""
        for key, change in changes.items():
            before = self.changes.get(key)
            self.changes[key] = change if before is None else before.then(change)


def post_all(tx: Tx, batch: Batch) -> dict[str, tuple[int, str]]:
    """Request id → (id, number) of every document. Raises the driver's error where nothing was written."""
    statement, names = of_any_size(batch.parts)
    by_name = _in_json(batch) | _in_arrays(batch)
    written = tx.numbered(statement, [by_name[name] for name in names])
    return {request_id: (document_id, number) for request_id, document_id, number in written}


def _in_json(batch: Batch) -> dict[str, str]:
    """What there is little of, and what is taken from which balance."""
    taken = {"/".join(map(str, key)): change for key, change in batch.changes.items() if change.needed}
    looked_up: dict[str, Any] = {
        name: {key: str(getattr(change, name)) for key, change in taken.items()} for name in Change._fields
    }
    return {name: json.dumps(of_name) for name, of_name in {**_rows(batch), **looked_up}.items()}


def _in_arrays(batch: Batch) -> dict[str, str]:
    """What there is much of: each column as a literal of PostgreSQL's."""
    moving = [
        (place, line, *move)
        for place, (_, _, moves) in enumerate(batch.documents)
        for line, move in enumerate(moves, 1)
    ]
    tables: dict[str, Sequence[Column]] = {
        "change": _columns((*key, *change) for key, change in batch.changes.items()),
        "goods": _columns(batch.goods.items()),
        "asked": _asked(batch),
        "moving": _columns(moving),
    }
    return {
        array: _array(column, _WRITTEN[kind])
        for name, columns in tables.items()
        for array, column, kind in zip(array_names(name), columns, IN_ARRAYS[name].values(), strict=True)
    }


def _columns(rows: Iterable[Sequence[Any]]) -> list[Column]:
    """Of at least one row."""
    return list(zip(*rows, strict=True))


def _asked(batch: Batch) -> list[Column]:
    """``later`` is how many documents of the batch take a number of the same counter after this one."""
    left, later = Counts(batch.counters), []
    for counter in batch.counters:
        left[counter] -= 1
        later.append(left[counter])
    *documents, _reverses = _columns(document for _, document, _ in batch.documents)
    return [range(len(later)), batch.counters, later, *documents]


def _array(column: Column, written: Callable[[Any], str]) -> str:
    values = [written(column[0])] * len(column) if is_same(column) else map(written, column)
    return f"{{{','.join(values)}}}"


def _number(value: int | Decimal | None) -> str:
    return "NULL" if value is None else str(value)


def _text(value: str) -> str:
    escaped = value.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def _moment(value: datetime) -> str:
    return f'"{value.isoformat()}"'


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "int8": _number,
    "numeric": _number,
    "text": _text,
    "timestamptz": _moment,
}


def _rows(batch: Batch) -> Rows:
    """Of the sources that grow neither with the documents nor with their lines, or that few documents have."""
    return {
        "making": [_new_lot(stand_in, lot) for stand_in, lot in batch.made.items()],
        "dating": [{"id": lot_id, "expires": expires.isoformat()} for lot_id, expires in batch.dated.items()],
        "ended": [_ended(draft) for draft in batch.ended],
        "operator": [{"session": session, "permission": permission} for session, permission in batch.operators],
        "place": [{"id": key, "code": code, "kind": kind} for key, (code, kind) in batch.places.items()],
        "taking": [{"name": name, "taken": taken} for name, taken in Counts(batch.counters).items()],
    }


def _new_lot(stand_in: int, lot: NewLot) -> dict[str, Any]:
    days = {"expires": lot.expires, "manufactured": lot.manufactured}
    written = {name: day and day.isoformat() for name, day in days.items()}
    return {"stand_in": stand_in, "product_id": lot.product_id, "number": lot.number, **written}


def _ended(draft: EndedDraft) -> dict[str, Any]:
    return {"id": draft.draft_id, "request_id": draft.request_id, "saved_at": draft.saved_at.isoformat()}
