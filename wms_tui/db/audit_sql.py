"""The audit as plain SQL for whoever does not trust this program: each statement returns no row when all is well.

They are the statements that ``wms verify --full`` runs, and others for what it looks at by itself. SQLite has no
SHA-256: there the rows under a seal are counted, and ``lines_of_a_piece`` prints what a piece is the hash of.
"""

from __future__ import annotations

from textwrap import dedent

from wms_tui.db import verify_guards, verify_seals
from wms_tui.db.seals import POSTGRES_FIELD, UTC_TEXT, line_sql
from wms_tui.db.verify import LEDGER_CHECKS, Check
from wms_tui.db.verify_cells import DATED, OTHERWISE
from wms_tui.db.verify_counts import COUNT_CHECKS
from wms_tui.db.verify_documents import document_checks
from wms_tui.db.verify_guards import DECIMALS, POSTGRES_TRIGGERS, SQLITE_TRIGGERS
from wms_tui.db.verify_scope import FULL
from wms_tui.domain.seals import COLUMNS, ROWS_A_PIECE
from wms_tui.domain.verify import Statement

PLACE = "sku, location, lot, number"
SINGLE, IN_HALVES = "expected, found", "expected_high, expected_low, found_high, found_low"
CHAINED = """
    SELECT id, 'seal ' || place || ' after ' || COALESCE(before, ''), 'seal ' || id || ' after ' || previous
    FROM (
        SELECT id, previous, LAG(hash) OVER (ORDER BY id) AS before, ROW_NUMBER() OVER (ORDER BY id) AS place FROM seal
    ) AS chain WHERE id <> place OR previous <> COALESCE(before, '')
"""
STRETCHES = """
    SELECT seal_id, sealed, last_id, rows, hash, LAG(last_id) OVER (PARTITION BY sealed ORDER BY last_id) AS after
    FROM seal_piece
"""
WITHIN = "id <= piece.last_id AND (piece.after IS NULL OR id > piece.after)"


def statements(dialect: str) -> list[Statement]:
    """All of them in a dialect's SQL."""
    checks = [*LEDGER_CHECKS, *document_checks(dialect), *COUNT_CHECKS]
    found = [_named(check, dialect) for check in checks]
    found.append(_statement(DATED, "number, found, expected", FULL.sql(OTHERWISE, dialect)))
    return [*found, *(_sqlite() if dialect == "sqlite" else _postgresql())]


def lines_of_a_piece(dialect: str, table: str) -> str:
    """Prints the lines of a table's first piece: their SHA-256 is its hash."""
    last = f"(SELECT MIN(last_id) FROM seal_piece WHERE sealed = '{table}')"
    return f"SELECT {line_sql(dialect, table)} FROM {table} WHERE id <= {last} ORDER BY id LIMIT {ROWS_A_PIECE}"


def _named(check: Check, dialect: str) -> Statement:
    columns = f"{PLACE}, {IN_HALVES if check.sums else SINGLE}"
    return _statement(check.name, columns, FULL.sql(check.sql, dialect))


def _statement(name: str, columns: str, sql: str) -> Statement:
    return Statement(name, f"WITH problem ({columns}) AS (\n{dedent(sql).strip()}\n) SELECT * FROM problem")


def _missing(wanted: dict[str, str], there: str) -> Statement:
    names = " UNION ALL ".join(f"SELECT '{name}' AS name, '{table}' AS owner" for name, table in wanted.items())
    sql = f"SELECT name, owner FROM ({names}) AS wanted\nWHERE (name, owner) NOT IN ({there})"
    return _statement(verify_guards.TRIGGERS, "trigger_missing, of_table", sql)


def _sqlite() -> list[Statement]:
    triggers = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
    columns = [(table, column) for table, columns in DECIMALS.items() for column in columns]
    kinds = "\nUNION ALL ".join(
        f"SELECT '{table}.{column}', typeof({column}) FROM {table} WHERE typeof({column}) NOT IN ('integer', 'null')"
        for table, column in columns
    )
    counts = "\nUNION ALL ".join(
        f"SELECT sealed, last_id, rows, (SELECT COUNT(*) FROM {table} WHERE {WITHIN}) AS found "
        f"FROM ({STRETCHES}) AS piece WHERE sealed = '{table}'"
        for table in COLUMNS
    )
    return [
        _missing(SQLITE_TRIGGERS, triggers),
        _statement(verify_guards.EXACT, "number_column, found", kinds),
        Statement(verify_guards.INTEGRITY, "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
        Statement(verify_guards.REFERENCES, "SELECT * FROM pragma_foreign_key_check"),
        _statement(verify_seals.CHAIN, "seal, expected, found", CHAINED),
        _statement(
            verify_seals.SEALED, "sealed, last_id, expected, found", f"SELECT * FROM ({counts}) WHERE rows <> found"
        ),
    ]


def _postgresql() -> list[Statement]:
    enabled = verify_guards.ENABLED
    return [
        _missing(POSTGRES_TRIGGERS, enabled),
        _statement(verify_seals.CHAIN, "seal, expected, found", f"{CHAINED} UNION ALL {_seal_hashes()}"),
        _statement(verify_seals.SEALED, "sealed, last_id, expected, found", _piece_hashes()),
    ]


def _piece_hashes() -> str:
    """Every row under a seal, hashed by the server."""
    return "\nUNION ALL ".join(
        f"""SELECT sealed, last_id, rows || ' rows, ' || hash, found.rows_found || ' rows, ' || found.hashed
        FROM ({STRETCHES}) AS piece, LATERAL (
            SELECT COUNT(*) AS rows_found, encode(sha256(COALESCE(
                string_agg({line_sql("postgresql", table)}, '' ORDER BY id), '')), 'hex') AS hashed
            FROM {table} WHERE {WITHIN}
        ) AS found WHERE sealed = '{table}' AND (rows <> found.rows_found OR hash <> found.hashed)"""
        for table in COLUMNS
    )


def _fields(*expressions: str) -> str:
    texts = (POSTGRES_FIELD.format(f"CAST({expression} AS text)") for expression in expressions)
    return f"convert_to({' || '.join(texts)} || chr(10), 'UTF8')"


def _seal_hashes() -> str:
    turn = " ".join(f"WHEN '{table}' THEN {place}" for place, table in enumerate(COLUMNS))
    head = _fields("'wms seal'", "format", "id", UTC_TEXT.format("at"), "sealed_by", "previous")
    parts = " || ".join(_fields(f"'{table}'", f"{table}_last", f"{table}_rows") for table in COLUMNS)
    piece = _fields("sealed", "last_id", "rows", "hash")
    return f"""SELECT id, hash, hashed FROM (
        SELECT id, hash, encode(sha256({head} || {parts} || COALESCE((
            SELECT string_agg({piece}, '' ORDER BY CASE sealed {turn} END, last_id)
            FROM seal_piece WHERE seal_id = seal.id), '')), 'hex') AS hashed FROM seal
    ) AS seals WHERE hash <> hashed"""
