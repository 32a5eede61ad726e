"""The audit's look at the seals: whether their chain is whole, and whether what they cover is as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from sqlalchemy import Connection

from wms_tui.db import seals
from wms_tui.db.verify import MOST_PROBLEMS
from wms_tui.domain.seals import COLUMNS, FORMAT, MARK, Piece, SealOf
from wms_tui.domain.texts import N_
from wms_tui.domain.verify import Checked, Problem

CHAIN = N_("The chain of seals is whole")
SEALED = N_("What was sealed is as it was")
ORPHANS = """
    SELECT sealed, last_id, seal_id FROM seal_piece
    WHERE seal_id > {:d} AND seal_id NOT IN (SELECT id FROM seal) ORDER BY seal_id, id
"""
Progress = Callable[[int, int], None]


def chain(wanted: Sequence[str], after_seal: int, connection: Connection) -> Checked:
    """Each seal must follow the one before and, after the one that is named, be the hash of its parts.

    ``wanted`` hashes must be among them.
    """
    problems, rows = list[Problem](), 0
    before, stored = 0, ""
    missing = list(wanted)
    for seal, hashed in seals.all_seals(connection):
        expected = [*_linked(seal, before, stored)]
        if seal.id > after_seal:
            expected += _whole(seal, hashed, seals.pieces_of(connection, seal.id))
        problems += [Problem(number=f"seal {seal.id}", expected=wants, found=has) for wants, has in expected]
        missing = [one for one in missing if one != hashed]
        before, stored, rows = seal.id, hashed, rows + 1
    problems += [Problem(number=f"seal {one}", expected="a seal of this hash", found="none") for one in missing]
    orphans = connection.exec_driver_sql(ORPHANS.format(after_seal)).fetchmany(MOST_PROBLEMS)
    problems += [
        Problem(number=f"{table} up to #{last}", expected=f"seal {seal_id}", found="none")
        for table, last, seal_id in orphans
    ]
    return Checked(CHAIN, rows, tuple(problems[:MOST_PROBLEMS]), len(problems) > MOST_PROBLEMS)


def _linked(seal: SealOf, before: int, stored: str) -> Iterator[tuple[str, str]]:
    """What a seal should say about the one before and what it says, where that differs."""
    if seal.id != before + 1:
        yield f"seal {before + 1}", f"seal {seal.id}"
    if seal.previous != stored:
        yield f"previous {stored or 'none'}", f"previous {seal.previous or 'none'}"
    if seal.format != FORMAT:
        yield f"format {FORMAT}", f"format {seal.format}"


def _whole(seal: SealOf, stored: str, pieces: list[Piece]) -> Iterator[tuple[str, str]]:
    """What a seal should say about its parts and what it says, where that differs."""
    if (actual := seal.hash(pieces)) != stored:
        yield str(stored), actual
    for part in seal.covered:
        held = sum(piece.rows for piece in pieces if piece.table == part.table)
        if held != part.rows:
            yield f"{part.table}: {part.rows} rows", f"{part.table}: {held} rows"


def rows(after_seal: int, progress: Progress, connection: Connection) -> Checked:
    """Compute what the seals after this one cover again; ``progress`` counts rows."""
    problems, looked_at = list[Problem](), 0
    ends: dict[str, int | None] = dict.fromkeys(COLUMNS)
    total = sum(seal.rows for seal, _ in seals.all_seals(connection) if seal.id > after_seal)
    for seal, _ in seals.all_seals(connection):
        if seal.id <= after_seal:
            ends |= {part.table: part.last_id or None for part in seal.covered}
            continue
        for piece in seals.pieces_of(connection, seal.id, "marks"):
            if piece.table in ends and len(problems) <= MOST_PROBLEMS:
                problems += _compare(connection, seal.id, piece, ends[piece.table])
                looked_at += piece.rows
                ends[piece.table] = piece.last_id
                progress(looked_at, total)
    return Checked(SEALED, looked_at, tuple(problems[:MOST_PROBLEMS]), len(problems) > MOST_PROBLEMS)


def _compare(connection: Connection, seal_id: int, piece: Piece, after: int | None) -> list[Problem]:
    found = seals.hash_rows(connection, piece.table, after, piece.last_id, piece.rows)
    if found == piece:
        return []
    if (found.rows, found.hash) == (piece.rows, piece.hash):
        return [_unnamed(piece, after, f"marks of seal {seal_id}", "other marks")]
    ids, marks = seals.marks(connection, piece.table, after, piece.last_id, piece.rows + MOST_PROBLEMS)
    named = list(_differences(seal_id, piece, ids, marks))
    return named or [_unnamed(piece, after, piece.hash, found.hash)]


def _differences(seal_id: int, piece: Piece, ids: list[int], marks: list[str]) -> Iterator[Problem]:
    """The rows whose marks differ: changed or inserted ones by their ids, removed ones by the row before."""
    sealed = [piece.marks[start : start + MARK] for start in range(0, len(piece.marks), MARK)]
    matcher = SequenceMatcher(None, sealed, marks, autojunk=False)
    for kind, first, end, found, found_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        changed = min(end - first, found_end - found)
        for place in range(found, found_end):
            said = "changed" if place < found + changed else "inserted"
            yield Problem(number=f"{piece.table} #{ids[place]}", expected=f"as in seal {seal_id}", found=said)
        if end - first > changed:
            before = f" after #{ids[found_end - 1]}" if found_end else ""
            missing = f"{end - first - changed} rows of seal {seal_id}"
            yield Problem(number=f"{piece.table}{before}", expected=missing, found="removed")


def _unnamed(piece: Piece, after: int | None, expected: str, found: str) -> Problem:
    """A piece whose marks name no row: they were changed themselves, or its hash was."""
    start = "" if after is None else f" above #{after}"
    return Problem(number=f"{piece.table}{start} up to #{piece.last_id}", expected=expected, found=found)
