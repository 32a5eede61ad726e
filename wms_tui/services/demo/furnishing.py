"""Furnishing a new database: its people, its goods, and the history that the generator makes up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from wms_tui.db import access as people
from wms_tui.db.addresses import shown
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.database_errors import DatabaseMissing, NotFresh
from wms_tui.domain.entry import Answer, OpenDraft
from wms_tui.domain.movements import DocumentKind, ReverseDocument
from wms_tui.services import access, entry, movements
from wms_tui.services.backend import Backend, UseCase, record, use_case
from wms_tui.services.demo.calendar import Day, Now, days
from wms_tui.services.demo.goods import Stocked, stocked
from wms_tui.services.demo.places import locations
from wms_tui.services.demo.posting import PICKER, RECEIVER, Posting
from wms_tui.services.demo.trade import Trade
from wms_tui.services.importing.locations import import_locations
from wms_tui.services.importing.products import import_products
from wms_tui.services.importing.report import ImportFile, Progress, unseen
from wms_tui.services.importing.tables import Table
from wms_tui.services.resolving import Known

SEED = 20
PEOPLE: Mapping[str, str] = {"mei": "admin", PICKER: "keeper", RECEIVER: "keeper", "tao": "finance"}
"""User names with their roles."""
ONE_BY_ONE = 30
"""The documents of so many days are posted one by one; those before in one transaction a keeper and day."""
TERMINAL = "demo"
NOTICED = timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class Furnished:
    """What the new warehouse holds."""

    people: Mapping[str, str]
    products: int
    documents: int


def furnish(url: str, now: datetime, password: str, seed: int = SEED, progress: Progress = unseen) -> Furnished:
    """Make a database with a warehouse that has been at work for months until ``now``; all have the same password.

    The same seed and moment give the same warehouse. Raises ``NotFresh`` for a database that is one already.
    """
    _make(url)
    worked = list(days(now))
    clock = Now(worked[0].begins - timedelta(hours=2))
    with closing(Backend.open(url, clock)) as backend:
        return _furnish(backend, clock, worked, now, password, seed, progress)


def _make(url: str) -> None:
    with suppress(DatabaseMissing):
        if Backend.version(url) is not None:
            raise NotFresh(where=shown(url))
    Backend.prepare(url)


def _furnish(
    backend: Backend, clock: Now, worked: list[Day], now: datetime, password: str, seed: int, progress: Progress
) -> Furnished:
    _add_people(backend, password)
    actors = {name: _signed_in(backend, name) for name in PEOPLE}
    goods = stocked()
    _bring_in(backend, actors["mei"], goods)
    trade, documents = Trade(goods, seed), 0
    for done, day in enumerate(worked, 1):
        postings = [*(trade.opening(day) if done == 1 else ()), *trade.day(day)]
        _work(backend, clock, actors, postings, day.before <= ONE_BY_ONE)
        documents += len(postings)
        progress(done, len(worked))
    clock.at = now - timedelta(minutes=4)
    _begin_receipt(backend, actors[PICKER], goods)
    clock.at = now
    for actor in actors.values():
        access.sign_out(backend, actor)
    return Furnished(PEOPLE, len(goods), documents)


def _add_people(backend: Backend, password: str) -> None:
    password_hash = access.new_hash(password, "")

    def job(tx: Tx) -> None:
        for name, role in PEOPLE.items():
            access.add(tx, name, password_hash, role)
        record(tx, None, TERMINAL)

    backend.work(job)


def _signed_in(backend: Backend, name: str) -> Actor:
    account = backend.work(lambda tx: people.account(tx, name), writes=False)
    assert account is not None
    return access.open_session(backend, account, TERMINAL)


def _run(backend: Backend, actor: Actor, case: UseCase[Any, Any], request: object) -> Any:
    """Every step of the history passes the door, as a person's would."""
    return backend.run(case, actor, request)


def _bring_in(backend: Backend, admin: Actor, goods: list[Stocked]) -> None:
    """The places and products, as from files."""
    _run(backend, admin, import_locations, ImportFile(Table(tuple(enumerate(locations(), 1)), (), (), frozenset())))
    products = tuple(enumerate((product.row for product in goods), 1))
    _run(backend, admin, import_products, ImportFile(Table(products, (), (), frozenset())))


def _work(backend: Backend, clock: Now, actors: Mapping[str, Actor], postings: list[Posting], singly: bool) -> None:
    """Post the documents of a day in their order, each at its time."""
    for part in _parts(postings, singly):
        last = part[-1].document.at
        assert last is not None
        clock.at = last
        actor = actors[part[0].keeper]
        numbers = _run(backend, actor, _post_all, part)
        if part[0].undone:
            clock.at = last + NOTICED
            reversal = ReverseDocument(numbers[0], f"{part[0].document.request_id}-undo", part[0].undone)
            _run(backend, actor, movements.reverse, reversal)


def _parts(postings: list[Posting], singly: bool) -> Iterator[list[Posting]]:
    if singly:
        yield from ([posting] for posting in postings)
    else:
        for _, part in groupby(postings, lambda posting: (posting.keeper, posting.undone)):
            yield list(part)


@use_case(Permission.ADJUST)
def _post_all(tx: Tx, actor: Actor, postings: Iterable[Posting]) -> list[str]:
    """Post documents in one transaction; answers their numbers."""
    known = Known()
    moved = [movements.move(tx, actor, posting.document, known) for posting in postings]
    new = [document for document in moved if isinstance(document, movements.Balanced)]
    return [posted.number for posted in movements.write_all(tx, new)]


def _begin_receipt(backend: Backend, keeper: Actor, goods: list[Stocked]) -> None:
    """A delivery that is being scanned in just now."""
    kind = DocumentKind.RECEIPT
    view = _run(backend, keeper, entry.open_draft, OpenDraft(kind))
    untracked = [product for product in goods if not product.family.tracking.needs_lot][:3]
    scans = [untracked[0].home]
    for product in untracked:
        assert product.row.barcodes
        scans += ["12", product.row.barcodes[0].code]
    for scan in scans:
        view = _run(backend, keeper, entry.answer, Answer(kind, view.draft_id, scan)).view
