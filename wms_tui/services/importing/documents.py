"""Rows of a movements file to documents: rows with the same key are the lines of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wms_tui.domain.file_errors import KeyDisagrees
from wms_tui.domain.movements import Line, PostDocument
from wms_tui.services.importing.records import MovementRow
from wms_tui.services.importing.tables import Fault

_SHARED = ("kind", "reference", "partner", "note", "at")


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A document and the line of the file for each of its lines."""

    document: PostDocument
    lines: tuple[int, ...]


def group(rows: Iterable[tuple[int, MovementRow]]) -> tuple[list[FiledDocument], list[Fault]]:
    """The documents in the order of their first rows; a row that disagrees with the first of its key is a fault."""
    groups: dict[str, list[tuple[int, MovementRow]]] = {}
    faults: list[Fault] = []
    for line, row in rows:
        members = groups.setdefault(row.key, [])
        differs = _difference(members[0][1], row) if members else None
        if differs:
            faults.append((line, KeyDisagrees(key=row.key, column=differs, line=members[0][0])))
        members.append((line, row))
    return [_document(members) for members in groups.values()], faults


def _difference(first: MovementRow, row: MovementRow) -> str | None:
    return next((name for name in _SHARED if getattr(first, name) != getattr(row, name)), None)


def _document(members: list[tuple[int, MovementRow]]) -> FiledDocument:
    head = members[0][1]
    document = PostDocument(
        kind=head.kind,
        request_id=head.key,
        lines=tuple(_line(row) for _, row in members),
        reference=head.reference or "",
        partner=head.partner or "",
        note=head.note or "",
        at=head.at,
    )
    return FiledDocument(document, tuple(line for line, _ in members))


def _line(row: MovementRow) -> Line:
    return Line(
        code=row.sku,
        quantity=row.quantity,
        source=row.source,
        target=row.target,
        unit=row.unit,
        lot=row.lot,
        expires=row.expires,
        reason=row.reason,
        unit_cost=row.unit_cost,
        override=row.override,
        manufactured=row.manufactured,
    )
