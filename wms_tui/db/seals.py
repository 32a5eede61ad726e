"""Rows as the lines that are hashed, in each engine's SQL, and the seals themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert

from wms_tui.db.tables import Seal, SealPiece, core
from wms_tui.domain.seals import COLUMNS, MARK, MOMENTS, MONEY, QUANTITIES, ROWS_A_PIECE, Covered, Piece, SealOf

SEAL, SEAL_PIECE = core(Seal), core(SealPiece)
UTC_TEXT = """CASE WHEN {0} BETWEEN '0001-01-01' AND '9999-12-31'
    THEN to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') ELSE CAST({0} AS text) END"""
SQLITE_FIELD = """CASE typeof({0}) WHEN 'null' THEN '-,' WHEN 'blob' THEN 'b' || length({0}) || ':' || {0} || ','
    ELSE length(CAST({0} AS BLOB)) || ':' || {0} || ',' END"""
POSTGRES_FIELD = "COALESCE(octet_length(convert_to({0}, 'UTF8')) || ':' || {0} || ',', '-,')"
POSTGRES_HASH = f"""
    SELECT COUNT(*), encode(sha256(COALESCE(string_agg(line, '' ORDER BY id), '')), 'hex'),
        COALESCE(string_agg(left(encode(sha256(line), 'hex'), {MARK}), '' ORDER BY id), '')
    FROM ({{}}) AS piece
"""
PARTS = ", ".join(f"{table}_last, {table}_rows" for table in COLUMNS)


@cache
def line_sql(dialect: str, table: str) -> str:
    """An expression for a row's line, as ``domain.seals`` describes it."""
    if dialect == "sqlite":
        return "CAST(" + " || ".join(SQLITE_FIELD.format(name) for name in COLUMNS[table]) + " || char(10) AS BLOB)"
    fields = " || ".join(POSTGRES_FIELD.format(_postgres_text(name)) for name in COLUMNS[table])
    return f"convert_to({fields} || chr(10), 'UTF8')"


def _postgres_text(name: str) -> str:
    """A column as the text that SQLite keeps of it."""
    if name in QUANTITIES or name in MONEY:
        return f"CAST(trunc({name} * {10**6 if name in QUANTITIES else 10**4}) AS text)"
    return UTC_TEXT.format(name) if name in MOMENTS else f"CAST({name} AS text)"


def rows_sql(dialect: str, table: str, after: int | None, last: int, most: int) -> str:
    """The lines of the rows above ``after`` up to ``last`` in the order of their ids, at most so many."""
    return (
        f"SELECT id, {line_sql(dialect, table)} AS line FROM {table} "
        f"WHERE {_within(after, last)} ORDER BY id LIMIT {most:d}"
    )


def _within(after: int | None, last: int) -> str:
    return f"id <= {last:d}" if after is None else f"id > {after:d} AND id <= {last:d}"


def hash_rows(connection: Connection, table: str, after: int | None, last: int, most: int) -> Piece:
    """The rows above ``after`` up to ``last`` as a piece; one row more than ``most`` is looked at, and no others."""
    sql = rows_sql(connection.dialect.name, table, after, last, most + 1)
    if connection.dialect.name == "sqlite":
        lines = [line for _, line in connection.exec_driver_sql(sql)]
        return Piece(table, last, len(lines), _digest(b"".join(lines)), "".join(_digest(line)[:MARK] for line in lines))
    return Piece(table, last, *connection.exec_driver_sql(POSTGRES_HASH.format(sql)).one())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def new_pieces(connection: Connection, table: str, after: int | None, last: int) -> Iterator[Piece]:
    """The rows above ``after`` up to ``last``, in pieces."""
    while True:
        sql = f"SELECT id FROM {table} WHERE {_within(after, last)} ORDER BY id LIMIT {ROWS_A_PIECE}"
        end, rows = connection.exec_driver_sql(f"SELECT MAX(id), COUNT(*) FROM ({sql}) AS piece").one()
        if not rows:
            return
        yield hash_rows(connection, table, after, end, rows)
        after = end


def marks(connection: Connection, table: str, after: int | None, last: int, most: int) -> tuple[list[int], list[str]]:
    """The ids of the rows above ``after`` up to ``last``, with the mark of each."""
    found = connection.exec_driver_sql(rows_sql(connection.dialect.name, table, after, last, most)).all()
    return [key for key, _ in found], [_digest(bytes(line))[:MARK] for _, line in found]


def newest(connection: Connection) -> tuple[SealOf, str] | None:
    """The last seal and its hash."""
    return next(iter(all_seals(connection, "ORDER BY id DESC LIMIT 1")), None)


def all_seals(connection: Connection, order: str = "ORDER BY id") -> list[tuple[SealOf, str]]:
    """Seals with the hash that is stored, by id."""
    at = "at" if connection.dialect.name == "sqlite" else UTC_TEXT.format("at")
    sql = f"SELECT id, format, {at}, sealed_by, previous, hash, {PARTS} FROM seal {order}"
    return [(_seal(row), row[5]) for row in connection.exec_driver_sql(sql)]


def _seal(row: Any) -> SealOf:
    parts = zip(COLUMNS, row[6::2], row[7::2], strict=True)
    key, version, at, by, previous = row[:5]
    return SealOf(key, version, at, by, previous, tuple(Covered(table, last, rows) for table, last, rows in parts))


def pieces_of(connection: Connection, seal_id: int, marks: str = "''") -> list[Piece]:
    """A seal's pieces, by table in turn and last id; ``marks`` asks for their marks."""
    sql = f"SELECT sealed, last_id, rows, hash, {marks} FROM seal_piece WHERE seal_id = {seal_id:d} ORDER BY last_id"
    pieces = [Piece(*row) for row in connection.exec_driver_sql(sql)]
    turn = {table: place for place, table in enumerate(COLUMNS)}
    return sorted(pieces, key=lambda piece: turn.get(piece.table, len(turn)))


def lock(connection: Connection) -> None:
    """One at a time appends a seal; SQLite's transaction sees to that by itself."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE seal IN SHARE ROW EXCLUSIVE MODE")


def append(connection: Connection, seal: SealOf, at: Any, hashed: str, pieces: list[Piece]) -> None:
    """Write a seal and its pieces; ``at`` is its moment."""
    parts: dict[str, Any] = {f"{part.table}_last": part.last_id for part in seal.covered}
    parts |= {f"{part.table}_rows": part.rows for part in seal.covered}
    shared = {"format": seal.format, "at": at, "sealed_by": seal.by, "previous": seal.previous, "hash": hashed}
    connection.execute(insert(SEAL).values(id=seal.id, **shared, **parts))
    rows = [
        {
            "seal_id": seal.id,
            "sealed": piece.table,
            "last_id": piece.last_id,
            "rows": piece.rows,
            "hash": piece.hash,
            "marks": piece.marks,
        }
        for piece in pieces
    ]
    if rows:
        connection.execute(insert(SEAL_PIECE), rows)
