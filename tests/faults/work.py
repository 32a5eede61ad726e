"""What a worker does all day: posts, reverses and counts through the door, writing down first what it will send."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from tests.faults.documents import MILLIONTHS, made, request
from tests.faults.journal import Entry, Journal
from tests.support.counting import begin, count, reviewed, submit
from tests.support.warehouse import signed_in
from wms_tui.domain import database_errors
from wms_tui.domain.access import Actor
from wms_tui.domain.counting_review import Approve
from wms_tui.domain.enquiry import StockQuery
from wms_tui.domain.errors import Refused, WmsError
from wms_tui.domain.movements import ReverseDocument
from wms_tui.services import counting_review, movements, stock
from wms_tui.services.backend import Backend

NOTHING_SAVED = (Refused, database_errors.DatabaseFull, database_errors.DatabaseBusy, database_errors.DatabaseReadOnly)
"""After these the user is told that nothing was saved, and so it must be."""


class Work:
    """One operator at work; ``name`` makes request ids unique."""

    def __init__(self, backend: Backend, journal: Journal, random: Random, user: str, name: str) -> None:
        self.backend, self.journal, self.random, self.name = backend, journal, random, name
        self.actor = signed_in(backend, user, name)
        self.approver = signed_in(backend, "ada", name)
        self.own: list[Entry] = []
        self.serial = 0

    def one(self) -> None:
        """The next document, whatever it is."""
        self.serial += 1
        request_id = f"{self.name}-{self.serial}"
        chance = self.random.random()
        if chance < 0.1 and self.own:
            self._reverse(request_id)
        elif chance < 0.15:
            self._count()
        else:
            self._try(made(self.random, request_id))

    def _reverse(self, request_id: str) -> None:
        original = self.own.pop(self.random.randrange(len(self.own)))
        moves = [(sku, lot, target, source, quantity) for sku, lot, source, target, quantity in original.moves]
        self._try(Entry(request_id, "reversal", moves, {"number": original.number}))

    def _count(self) -> None:
        """Count bolts and nuts in one or two bins, some of them wrongly; nothing moves before the approval."""
        try:
            entry = self._counted(self.random.sample(("A1", "A2"), self.random.choice((1, 2))))
        except WmsError as error:
            self.journal.said(f"count given up: {type(error).__name__}")
            return
        if entry.moves:
            self._try(entry)

    def _counted(self, places: list[str]) -> Entry:
        plan = begin(self.backend, self.actor, *places, products=("BOLT", "NUT"))
        rows = self.backend.run(stock.on_hand, self.actor, StockQuery(limit=1000)).rows
        on_hand = {(row.sku, row.location): int(row.quantity) for row in rows}
        for place in places:
            texts = [place]
            for sku in ("BOLT", "NUT"):
                texts += [sku, f"={max(0, on_hand.get((sku, place), 0) + self.random.randint(-3, 3))}"]
            count(self.backend, self.actor, plan, *texts)
        submit(self.backend, self.actor, plan)
        return _count_entry(self.backend, self.approver, plan)

    def _try(self, entry: Entry) -> None:
        self.journal.trying(entry)
        send(self.backend, self.actor, self.approver, self.journal, entry)
        if entry.number and entry.kind in {"receipt", "transfer"}:
            self.own.append(entry)


def send(backend: Backend, actor: Actor, approver: Actor, journal: Journal, entry: Entry) -> None:
    """Send a document and write down what was answered."""
    try:
        entry.number = _sent(backend, actor, approver, entry)
    except NOTHING_SAVED as error:
        entry.refused = type(error).__name__
        journal.refused(entry.request_id, entry.refused)
    except WmsError as error:
        journal.said(f"{entry.request_id}: {type(error).__name__}")
    else:
        journal.posted(entry.request_id, entry.number)


def _sent(backend: Backend, actor: Actor, approver: Actor, entry: Entry) -> str:
    if entry.kind == "count":
        approve = Approve(entry.resend["plan"], len(entry.moves))
        return backend.run(counting_review.approve, approver, approve).number
    if entry.kind == "reversal":
        return backend.run(movements.reverse, actor, ReverseDocument(entry.resend["number"], entry.request_id)).number
    return backend.run(movements.post, actor, request(entry)).number


def _count_entry(backend: Backend, approver: Actor, plan: int) -> Entry:
    """The document that approving a count posts: its request id has stood in the plan since it began."""
    lines = reviewed(backend, approver, plan, differing=True)
    differences = [(line.sku, line.lot, line.location, line.difference) for line in lines.values()]
    moves = [_difference(*difference) for difference in differences if difference[-1]]
    return Entry(_request_of(backend, plan), "count", moves, {"plan": plan})


def _difference(sku: str, lot: str, place: str, change: Decimal) -> tuple[str, str, str, str, int]:
    source, target = ("LOSS", place) if change > 0 else (place, "LOSS")
    return sku, lot, source, target, int(abs(change) * MILLIONTHS)


def _request_of(backend: Backend, plan: int) -> str:
    def look(tx: Any) -> str:
        return tx.connection.exec_driver_sql(f"SELECT request_id FROM count_plan WHERE id = {plan}").scalar_one()

    return backend.work(look, writes=False)
