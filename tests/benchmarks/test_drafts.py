"""1, 8 and 32 writers posting drafts of one line, beside connections of the raw driver doing the same as durably.

Both read the draft with its line, write the rows of a document and delete the draft. The drafts are made beforehand.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, select

from tests.benchmarks.raw import COUNT, DOCUMENT, EVENT, MOVEMENT, PUT
from tests.benchmarks.test_posting import two_postgres_urls, two_urls
from tests.benchmarks.test_writers import DOCUMENTS, PRODUCTS, RECEIVE, _stock_up, compare
from tests.support.warehouse import password_hash, signed_in
from wms_tui.db.engine import _PRAGMAS
from wms_tui.db.tables import Draft, DraftScan, Location, Product, core
from wms_tui.domain.entry import DraftRef
from wms_tui.domain.movements import DocumentKind
from wms_tui.services import access, entry
from wms_tui.services.backend import Backend

assert two_urls and two_postgres_urls  # fixtures of the other benchmark

LOOK = """
SELECT draft.request_id, product_id, scan.source_id, scan.target_id, quantity FROM draft
JOIN draft_scan AS scan ON draft_id = draft.id WHERE draft.id = %(draft)s ORDER BY seq
"""
RECEIVE_DRAFT = RECEIVE.replace(
    "moved AS (",
    "gone AS (DELETE FROM draft WHERE id = %(draft)s AND request_id = %(key)s AND saved_at = %(saved)s RETURNING id), "
    "emptied AS (DELETE FROM draft_scan USING gone WHERE draft_id = gone.id), moved AS (",
)


class Desks:
    """As many users as documents in a round, each with a draft of one piece."""

    def __init__(self, url: str) -> None:
        self.backend = Backend.open(url)
        _stock_up(self.backend)
        names = [f"desk-{number}" for number in range(DOCUMENTS)]
        self.backend.work(lambda tx: [access.add(tx, name, password_hash(), "keeper") for name in names] and None)
        self.actors = [signed_in(self.backend, name, "bench") for name in names]
        self.begun: Iterator[tuple[Any, DraftRef]] = iter(())

    def begin(self) -> None:
        """A draft for everybody."""
        now, draft = datetime.now(UTC), core(Draft)
        texts = dict.fromkeys(("reference", "partner", "note", "pending_code", "pending_lot"), "")
        rows = [
            {
                **texts,
                "user_id": actor.user_id,
                "kind": "receipt",
                "request_id": secrets.token_hex(16),
                "step": "confirm",
                "created_at": now,
                "saved_at": now,
            }
            for actor in self.actors
        ]

        def job(tx: Any) -> dict[int, tuple[int, str]]:
            execute = tx.connection.execute
            execute(insert(draft), rows)
            products = execute(select(Product.id).where(Product.name.like("P%")).order_by(Product.id)).scalars().all()
            codes = dict(execute(select(Location.code, Location.id)).all())
            kept = {
                user: (key, told)
                for user, key, told in execute(select(draft.c.user_id, draft.c.id, draft.c.request_id))
            }
            scans = [
                {
                    "draft_id": kept[actor.user_id][0],
                    "seq": 1,
                    "product_id": products[number * 7 % PRODUCTS],
                    "unit_id": 1,
                    "factor": 1,
                    "quantity": 1,
                    "lot": "",
                    "source_id": codes["SUPPLIER"],
                    "target_id": codes["A1"],
                }
                for number, actor in enumerate(self.actors)
            ]
            execute(insert(core(DraftScan)), scans)
            return kept

        kept = self.backend.work(job)
        refs = [(actor, *kept[actor.user_id]) for actor in self.actors]
        self.begun = iter([(actor, DraftRef(DocumentKind.RECEIPT, key, (told, now))) for actor, key, told in refs])

    def writer(self, place: int) -> Callable[[int], None]:
        """Posts whichever draft is next, whatever the product."""
        if place == 0:
            self.begin()
        post = self.poster(place)
        return lambda _product: post(*next(self.begun))

    def poster(self, place: int) -> Callable[[Any, DraftRef], None]:
        return lambda actor, ref: self.backend.run(entry.post, actor, ref) and None


class RawServer(Desks):
    """A connection of its own for each writer, two ways to the server for each draft."""

    _connections: dict[int, psycopg.Connection[Any]]

    def poster(self, place: int) -> Callable[[Any, DraftRef], None]:
        self._connections = getattr(self, "_connections", {})
        if place not in self._connections:
            url = self.backend._engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
            self._connections[place] = psycopg.connect(url, autocommit=True, prepare_threshold=0)
        execute = self._connections[place].execute

        def post(_actor: Any, ref: DraftRef) -> None:
            key, product, source, target, _ = execute(LOOK, {"draft": ref.draft_id}).fetchone()
            values = {"product": product, "source": source, "target": target, "key": key, "now": datetime.now(UTC)}
            execute(RECEIVE_DRAFT, {**values, "draft": ref.draft_id, "saved": ref.seen[1]})

        return post


class RawFile(Desks):
    """A connection of its own for each writer, with a busy timeout."""

    _connections: dict[int, sqlite3.Connection]

    def poster(self, place: int) -> Callable[[Any, DraftRef], None]:
        self._connections = getattr(self, "_connections", {})
        if place not in self._connections:
            path = self.backend._engine.url.database
            connection = sqlite3.connect(path, isolation_level=None, timeout=60, check_same_thread=False)
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            self._connections[place] = connection
        execute, look = self._connections[place].execute, LOOK.replace("%(draft)s", "?")

        def post(_actor: Any, ref: DraftRef) -> None:
            moment = datetime.now(UTC).isoformat(timespec="microseconds")
            execute("BEGIN IMMEDIATE")
            key, product, source, target, quantity = execute(look, (ref.draft_id,)).fetchone()
            execute(PUT, (product, target, quantity))
            number = f"R-2026-{execute(COUNT, ('R-2026',)).fetchone()[0]:06d}"
            values = (number, "receipt", moment, moment, key, key)
            document = execute(DOCUMENT, values).fetchone()[0]
            execute(MOVEMENT, (document, product, source, target, quantity, quantity, moment))
            execute(EVENT, (moment, number))
            execute("DELETE FROM draft_scan WHERE draft_id = ?", (ref.draft_id,))
            execute("DELETE FROM draft WHERE id = ?", (ref.draft_id,))
            execute("COMMIT")

        return post


def side_by_side(title: str, ours: Desks, floor: Desks) -> None:
    with closing(ours.backend), closing(floor.backend):
        for writers in (1, 8, 32):
            compare(f"drafts on {title}", ours, floor, writers)


@pytest.mark.benchmark
def test_drafts_on_postgresql(two_postgres_urls):
    side_by_side("postgresql", Desks(two_postgres_urls[0]), RawServer(two_postgres_urls[1]))


@pytest.mark.benchmark
def test_drafts_on_sqlite(two_urls):
    side_by_side("sqlite", Desks(two_urls[0]), RawFile(two_urls[1]))
