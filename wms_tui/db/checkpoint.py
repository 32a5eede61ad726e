"""The audit's checkpoint: up to where the ledger was clean, and what it came to there.

Its sums are written in slices, each a transaction of its own, so that nobody who posts waits for them. Meanwhile it is
not ready; whoever else begins to write it takes it over, and the first one finds that the version is not his any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from wms_tui.db.horizon import Heights
from wms_tui.db.prepared import upsert
from wms_tui.db.tables import Checkpoint, CheckpointSeries, core
from wms_tui.db.verify_documents import given
from wms_tui.db.verify_scope import FULL, SIDES, Scope
from wms_tui.domain.texts import N_
from wms_tui.domain.verify import Checked, Problem

CHECKPOINT, SERIES = core(Checkpoint), core(CheckpointSeries)
SLICE = 2000
STILL_THERE = N_("What was checked before is still there")
INSERT = "INSERT INTO checkpoint_sum (product_id, location_id, lot_id, high, low) VALUES ({0}, {0}, {0}, {0}, {0})"
ADD = f"""{INSERT} ON CONFLICT (product_id, location_id, lot_id)
    DO UPDATE SET high = checkpoint_sum.high + excluded.high, low = checkpoint_sum.low + excluded.low"""

Sum = tuple[int, int, int, Any, Any]
"""(product, location, lot, high, low), numbers as the engine keeps them."""
Slice = tuple[int | None, int | None, list[Sum]]
"""(above which product, up to which one, sums)."""
Series = tuple[str, int, int]
"""(kind and year, documents, highest number)."""


@dataclass(frozen=True, slots=True)
class Clean:
    """The ledger was clean at ``at``, up to and with these ids."""

    version: int
    at: datetime
    document_id: int
    movement_id: int
    seal_id: int

    @property
    def scope(self) -> Scope:
        """What has come since."""
        return Scope(self.document_id, self.movement_id)


def read(connection: Connection) -> Clean | None:
    """The checkpoint, where there is one that is ready."""
    columns = (CHECKPOINT.c[name] for name in Clean.__slots__)
    row = connection.execute(select(*columns).where(CHECKPOINT.c.ready)).first()
    return Clean(*row) if row else None


def still_there(clean: Clean, connection: Connection) -> Checked:
    """The last rows that were looked at are there: nobody has put an older database under the checkpoint."""
    found = {"document": clean.document_id, "movement": clean.movement_id, "seal": clean.seal_id}
    looked_at = {table: key for table, key in found.items() if key}
    gone = [
        Problem(number=f"{table} #{key}", expected="there", found="none")
        for table, key in looked_at.items()
        if connection.exec_driver_sql(f"SELECT id FROM {table} WHERE id = {key:d}").first() is None
    ]
    return Checked(STILL_THERE, len(looked_at), tuple(gone))


def slices(connection: Connection, scope: Scope, heights: Heights) -> Iterator[Slice]:
    """What the movements of a scope up to the heights come to.

    A bound that is None is none; together the slices are about every product there could be, each of them in one slice.
    """
    waiting, start = list[Sum](), None
    for product, sums in groupby(_sums(connection, scope, heights), key=lambda row: row[0]):
        if len(waiting) >= SLICE:
            yield start, product - 1, waiting
            waiting, start = [], product - 1
        waiting += sums
    yield start, None, waiting


def _sums(connection: Connection, scope: Scope, heights: Heights) -> Iterator[Sum]:
    limits = [f"id <= {heights.movement:d}"] + ([] if scope.is_full else [f"id > {scope.movement_id:d}"])
    new = f"(SELECT * FROM movement WHERE {' AND '.join(limits)}) AS movement"
    sides = FULL.sql(SIDES.replace("{movements}", new), connection.dialect.name)
    sql = f"""SELECT product_id, location_id, lot_id, SUM(high), SUM(low) FROM ({sides}) AS side
        GROUP BY product_id, location_id, lot_id ORDER BY product_id, location_id, lot_id"""
    return _streamed(connection, sql)


def _streamed(connection: Connection, sql: str) -> Iterator[Sum]:
    """Rows as they are found; psycopg would fetch all of them at once."""
    if connection.dialect.name == "sqlite":
        yield from (tuple(row) for row in connection.exec_driver_sql(sql))
        return
    connection.exec_driver_sql(f"DECLARE sums NO SCROLL CURSOR FOR {sql}")
    while rows := connection.exec_driver_sql(f"FETCH {SLICE} FROM sums").all():
        yield from (tuple(row) for row in rows)
    connection.exec_driver_sql("CLOSE sums")


def series(connection: Connection, scope: Scope, heights: Heights) -> list[Series]:
    """Each kind and year, up to the heights."""
    limited = given(connection.dialect.name).replace("{documents}", _up_to(scope, heights.document))
    rows = connection.exec_driver_sql(scope.sql(limited, connection.dialect.name))
    return [(name, int(documents), int(highest)) for name, documents, highest in rows]


def _up_to(scope: Scope, highest: int) -> str:
    lowest = "" if scope.is_full else f" AND id > {scope.document_id:d}"
    return f"(SELECT * FROM document WHERE id <= {highest:d}{lowest}) AS document"


def begin(connection: Connection, since: Clean | None, now: datetime) -> int | None:
    """Take the checkpoint over and answer the version that is ours; None where it is no more what ours builds on."""
    found = connection.execute(select(CHECKPOINT.c.version, CHECKPOINT.c.ready).with_for_update()).first()
    if since is not None and (found is None or found.version != since.version or not found.ready):
        return None
    if found is not None:
        connection.execute(update(CHECKPOINT).values(version=found.version + 1, ready=False))
        return int(found.version) + 1
    fresh = {"id": 1, "version": 1, "ready": False, "at": now, "document_id": 0, "movement_id": 0, "seal_id": 0}
    proposed = upsert(connection.dialect.name, CHECKPOINT).values(**fresh).on_conflict_do_nothing()
    return connection.execute(proposed.returning(CHECKPOINT.c.version)).scalar()


def is_ours(connection: Connection, version: int) -> bool:
    """Whether nobody has taken the checkpoint over; holds it until the end of this transaction."""
    ours = select(CHECKPOINT.c.id).where(CHECKPOINT.c.version == version, ~CHECKPOINT.c.ready)
    return connection.execute(ours.with_for_update()).first() is not None


def replace(connection: Connection, above: int | None, up_to: int | None, sums: Sequence[Sum]) -> None:
    """Write the sums of the products between two bounds in the place of all that there are."""
    bounds = [f"product_id > {above:d}"] if above is not None else []
    bounds += [f"product_id <= {up_to:d}"] if up_to is not None else []
    where = " AND ".join(bounds) or "1 = 1"
    connection.exec_driver_sql(f"DELETE FROM checkpoint_sum WHERE {where}")
    _write(connection, INSERT, sums)


def add(connection: Connection, sums: Sequence[Sum]) -> None:
    """Add to the sums that there are."""
    _write(connection, ADD, sums)


def _write(connection: Connection, sql: str, sums: Sequence[Sum]) -> None:
    if sums:
        connection.exec_driver_sql(sql.format("?" if connection.dialect.name == "sqlite" else "%s"), list(sums))


def finish(connection: Connection, clean: Clean, all_series: Iterable[Series]) -> None:
    """The sums are whole: from here on the checkpoint holds."""
    connection.execute(delete(SERIES))
    rows = [dict(zip(("name", "documents", "highest"), row, strict=True)) for row in all_series]
    if rows:
        connection.execute(insert(SERIES), rows)
    values = {name: getattr(clean, name) for name in Clean.__slots__}
    connection.execute(update(CHECKPOINT).values(**values, ready=True))
