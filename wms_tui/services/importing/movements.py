"""Bringing in movements: each key of the file is a document, and the file is posted whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wms_tui.db.transaction import Tx
from wms_tui.domain import lots
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.errors import NotEnoughStock, Refused
from wms_tui.domain.file_errors import BadRows, DocumentSpoiled
from wms_tui.domain.movements import KINDS
from wms_tui.services.door import require
from wms_tui.services.importing.documents import FiledDocument, group
from wms_tui.services.importing.looking import wrong_lines
from wms_tui.services.importing.records import MovementRow
from wms_tui.services.importing.report import Imported, ImportFile, in_order, settle, undone
from wms_tui.services.importing.tables import Fault
from wms_tui.services.movements import Balanced, move, write_all
from wms_tui.services.resolving import Known
from wms_tui.services.use_cases import use_case


@dataclass(slots=True)
class _Tally:
    """What has been moved so far and is to be written, and what was refused."""

    moved: list[Balanced] = field(default_factory=list)
    again: int = 0
    faults: list[Fault] = field(default_factory=list)
    spoiled: list[Fault] = field(default_factory=list)


def _permission(request: ImportFile[MovementRow]) -> Permission:
    """That of the first row's kind; the others are asked for inside. Raises ``BadRows`` where no row is good."""
    if not request.table.rows:
        raise BadRows(in_order(request.table.faults))
    return KINDS[request.table.rows[0][1].kind].permission


@use_case(_permission)
def import_movements(tx: Tx, actor: Actor, request: ImportFile[MovementRow]) -> Imported:
    """Post the documents of a file, each behind a savepoint of its own. Raises ``BadRows``, ``NotAllowed``.

    A key that was posted before with the same contents is counted in ``again``.
    """
    for kind in {row.kind for _, row in request.table.rows}:
        require(tx, actor, KINDS[kind].permission)
    documents, disagreeing = group(request.table.rows)
    tally = _Tally(faults=[*request.table.faults, *disagreeing])
    spoiled = {values.get("key") for values in request.table.spoiled} | _keys(request, disagreeing)
    with undone(tx, request.dry_run):
        _post(tx, actor, documents, spoiled, tally, request)
        left = in_order([*settle(request, tally.faults), *tally.spoiled])
        posted = write_all(tx, tally.moved)
    return Imported(
        created=len(posted),
        again=tally.again,
        numbers=tuple(document.number for document in posted),
        left=left,
        notices=request.table.notices,
    )


def _keys(request: ImportFile[MovementRow], faults: Iterable[Fault]) -> set[str | None]:
    lines = {line for line, _ in faults}
    return {row.key for line, row in request.table.rows if line in lines}


def _post(
    tx: Tx,
    actor: Actor,
    documents: Sequence[FiledDocument],
    spoiled: set[str | None],
    tally: _Tally,
    request: ImportFile[MovementRow],
) -> None:
    known = _learned(tx, documents)
    told = {line for line, _ in tally.faults}
    for done, filed in enumerate(documents, 1):
        if filed.document.request_id in spoiled:
            spoilt = DocumentSpoiled(key=filed.document.request_id)
            tally.spoiled += [(line, spoilt) for line in filed.lines if line not in told]
        else:
            _post_one(tx, actor, filed, known, tally)
        request.progress(done, len(documents))


def _learned(tx: Tx, documents: Sequence[FiledDocument]) -> Known:
    """What all documents name, looked up in a few batches."""
    known = Known()
    for kind in {filed.document.kind for filed in documents}:
        lines = [line for filed in documents if filed.document.kind is kind for line in filed.document.lines]
        known.learn(tx, KINDS[kind], lines)
    return known


def _post_one(tx: Tx, actor: Actor, filed: FiledDocument, known: Known, tally: _Tally) -> None:
    try:
        with tx.savepoint():
            moved = move(tx, actor, filed.document, known)
    except Refused as error:
        known.lots.clear()  # those made behind the savepoint are gone
        faults = _explained(tx, filed, error)
        tally.faults += faults
        tally.spoiled += _rest(filed, faults)
        return
    if isinstance(moved, Balanced):
        tally.moved.append(moved)
    else:
        tally.again += 1


def _explained(tx: Tx, filed: FiledDocument, error: Refused) -> list[Fault]:
    """The rows that are wrong; where each is good on its own, the row that the refusal of the whole is about."""
    document = filed.document
    today = lots.day_of(document.at or tx.now)
    faults = wrong_lines(tx, KINDS[document.kind], zip(filed.lines, document.lines, strict=True), today)
    return faults or [(_culprit(filed, error), error)]


def _culprit(filed: FiledDocument, error: Refused) -> int:
    """The last row that takes the goods that are short, else the document's first row."""
    if isinstance(error, NotEnoughStock):
        for number, line in zip(reversed(filed.lines), reversed(filed.document.lines), strict=True):
            if (line.code, line.source) == (error.fields["sku"], error.fields["location"]):
                return number
    return filed.lines[0]


def _rest(filed: FiledDocument, faults: Iterable[Fault]) -> list[Fault]:
    """The good rows of a document that cannot be posted."""
    wrong = {line for line, _ in faults}
    return [(line, DocumentSpoiled(key=filed.document.request_id)) for line in filed.lines if line not in wrong]
