"""Drafts and new lots in a group commit: posted beside what others post, each answered on its own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from functools import partial

import pytest
from sqlalchemy import func, select

from tests.support.ledger import ISSUE, RECEIPT, TRANSFER, document, line, receive, stock
from tests.support.threads import PATIENCE, all_at_once, until_somebody_waits
from tests.support.together import drafted, in_one_batch
from tests.support.warehouse import signed_in
from wms_tui.db.tables import Draft, DraftScan, Lot, Product, core
from wms_tui.db.transaction import Tx
from wms_tui.domain import errors
from wms_tui.domain.entry import Answer, DraftRef
from wms_tui.services import entry, movements
from wms_tui.services.backend import Backend
from wms_tui.services.remembering import Memory
from wms_tui.services.verify import verify

on_both = pytest.mark.usefixtures("catalog")


@pytest.fixture
def statements(backend, monkeypatch):
    """How many batches have been sent to the server."""
    sent, numbered = [], Tx.numbered

    def count(self, sql, values):
        sent.append(sql)
        return numbered(self, sql, values)

    monkeypatch.setattr(Tx, "numbered", count)
    return lambda: len(sent) if backend._engine.dialect.name == "postgresql" else None


def left(backend):
    """Drafts and scans that are there."""
    counts = [select(func.count()).select_from(core(table)) for table in (Draft, DraftScan)]
    return backend.work(lambda tx: [tx.connection.execute(count).scalar_one() for count in counts], writes=False)


def lots(backend, sku):
    """Lot number → expiry date."""
    lot, product = core(Lot), core(Product)
    found = select(lot.c.number, lot.c.expires).join(product, product.c.id == lot.c.product_id)
    found = found.where(product.c.sku == sku)
    return dict(backend.work(lambda tx: [tuple(row) for row in tx.connection.execute(found)], writes=False))


def numbers(answers):
    return [answer.number if not isinstance(answer, Exception) else type(answer).__name__ for answer in answers]


@on_both
def test_drafts_and_documents_of_several_users_go_in_one_batch(backend, keeper, other_keeper, admin, statements):
    receive(backend, keeper, "BOLT", 10)
    receive(backend, keeper, "NUT", 10)
    receipt = drafted(backend, keeper, RECEIPT, "A1", "BOLT", "FLOUR")
    issued = drafted(backend, other_keeper, ISSUE, "A1", "2", "BOLT")
    moved = drafted(backend, admin, TRANSFER, "A1", "A2", "NUT")
    before = statements()
    answers = in_one_batch(
        backend,
        (entry.post, keeper, receipt),
        (movements.post, admin, document(ISSUE, line("NUT", 3, source="A1"))),
        (entry.post, other_keeper, issued),
        (entry.post, admin, moved),
        (movements.post, keeper, document(RECEIPT, line("NUT", 1, target="A1"))),
    )
    assert numbers(answers) == ["R-2026-000003", "I-2026-000001", "I-2026-000002", "T-2026-000001", "R-2026-000004"]
    assert [answer.lines for answer in answers] == [2, 1, 1, 1, 1]
    assert statements() in {None, (before or 0) + 1}
    assert left(backend) == [0, 0]
    assert stock(backend) == {("BOLT", "A1"): 9, ("FLOUR", "A1"): 1, ("NUT", "A1"): 7, ("NUT", "A2"): 1}
    assert verify(backend).ok


@on_both
def test_a_draft_that_is_refused_stays_and_holds_up_no_other(backend, keeper, other_keeper, admin):
    receive(backend, keeper, "BOLT", 3)
    drafts = [drafted(backend, actor, ISSUE, "A1", "2", "BOLT") for actor in (keeper, other_keeper)]
    receipt = drafted(backend, admin, RECEIPT, "A1", "NUT")
    answers = in_one_batch(
        backend,
        (entry.post, keeper, drafts[0]),
        (entry.post, other_keeper, drafts[1]),
        (entry.post, admin, receipt),
    )
    assert numbers(answers) == ["I-2026-000001", "NotEnoughStock", "R-2026-000002"]
    assert left(backend) == [1, 1]
    assert stock(backend) == {("BOLT", "A1"): 1, ("NUT", "A1"): 1}


@on_both
def test_a_draft_is_as_it_was_seen_or_not_posted(backend, keeper, other_keeper, clock):
    seen = drafted(backend, keeper, RECEIPT, "A1", "BOLT")
    clock.advance(seconds=1)
    now = drafted(backend, keeper, RECEIPT, "BOLT")
    answers = in_one_batch(
        backend,
        (entry.post, keeper, seen),
        (entry.post, other_keeper, DraftRef(RECEIPT, now.draft_id, now.seen)),
        (entry.post, keeper, DraftRef(ISSUE, now.draft_id)),
    )
    assert numbers(answers) == ["DraftChanged", "DraftGone", "DraftGone"]
    posted, again = in_one_batch(backend, (entry.post, keeper, now), (entry.post, keeper, now))
    assert numbers([posted, again]) == ["R-2026-000001", "DraftPosted"]
    assert "R-2026-000001" in again.text()
    assert stock(backend) == {("BOLT", "A1"): 2}


@on_both
def test_an_empty_draft_is_refused_and_stays(backend, keeper):
    empty = drafted(backend, keeper, RECEIPT, "A1")
    with pytest.raises(errors.EmptyDocument):
        backend.run(entry.post, keeper, empty)
    assert left(backend) == [1, 0]


def test_a_draft_changed_while_it_is_being_posted_is_not_posted_as_it_was(on_server, clock, monkeypatch):
    """Between the look at the draft and the statement somebody scans at another terminal."""
    backend, keeper = on_server, signed_in(on_server, "ken")
    seen, look, scanned = drafted(backend, keeper, RECEIPT, "A1", "BOLT"), Memory.learn, []

    def and_somebody_scans(self, *asked):
        learned = look(self, *asked)
        if not scanned:
            clock.advance(seconds=1)
            scanned.append(backend.run(entry.answer, keeper, Answer(RECEIPT, seen.draft_id, "NUT")))
        return learned

    monkeypatch.setattr(Memory, "learn", and_somebody_scans)
    with pytest.raises(errors.DraftChanged):
        backend.run(entry.post, keeper, seen)
    assert stock(backend) == {}
    assert left(backend) == [1, 2]


@on_both
def test_a_scan_that_comes_while_the_draft_is_posted_the_long_way_is_not_lost(backend, keeper, monkeypatch):
    """It meets no draft any more, and its operator hears that."""
    seen, post = drafted(backend, keeper, RECEIPT, "A1", "BOLT"), movements.post
    scan = Answer(RECEIPT, seen.draft_id, "NUT", seen.seen)
    with ThreadPoolExecutor(1) as pool:
        scanned = []

        def and_somebody_scans(tx, actor, request):
            scanned.append(pool.submit(backend.run, entry.answer, keeper, scan))
            until_somebody_waits(backend)
            return post(tx, actor, request)

        monkeypatch.setattr(movements, "post", and_somebody_scans)
        assert backend.work(lambda tx: entry.post(tx, keeper, seen)).lines == 1
        with pytest.raises(errors.DraftPosted):
            scanned[0].result(PATIENCE)
    assert left(backend) == [0, 0]


@on_both
def test_the_same_draft_posted_at_two_terminals_at_once_is_posted_once(backend, keeper):
    for number in range(1, 4):
        draft = drafted(backend, keeper, RECEIPT, "A1", "BOLT")
        answers = all_at_once([partial(backend.run, entry.post, keeper, draft)] * 4)
        assert sorted(numbers(answers)) == ["DraftPosted"] * 3 + [f"R-2026-00000{number}"]
    assert stock(backend) == {("BOLT", "A1"): 3}


@on_both
def test_a_lot_that_several_make_at_once_is_made_once(backend, keeper, other_keeper, statements):
    receive(backend, keeper, "BOLT", 1)
    new = drafted(backend, keeper, RECEIPT, "A1", "LOTTED", "N1")
    before = statements()
    answers = in_one_batch(
        backend,
        (entry.post, keeper, new),
        (movements.post, other_keeper, document(RECEIPT, line("LOTTED", 2, target="A2", lot="N1"))),
        (movements.post, other_keeper, document(RECEIPT, line("LOTTED", 4, target="A2", lot="N2"))),
        (movements.post, keeper, document(ISSUE, line("LOTTED", 1, source="A2", lot="N2"))),
    )
    assert numbers(answers) == ["R-2026-000002", "R-2026-000003", "R-2026-000004", "I-2026-000001"]
    assert statements() in {None, (before or 0) + 1}
    assert stock(backend) == {
        ("BOLT", "A1"): 1,
        ("LOTTED", "A1", "N1"): 1,
        ("LOTTED", "A2", "N1"): 2,
        ("LOTTED", "A2", "N2"): 3,
    }
    assert sorted(lots(backend, "LOTTED")) == ["L1", "N1", "N2"]
    assert verify(backend).ok


@on_both
def test_of_two_expiry_dates_for_a_new_lot_the_first_stands(backend, keeper):
    milk = [line("MILK", 1, target="A1", lot="N1", expires=date(2027, month, 1)) for month in (3, 4, 3)]
    answers = in_one_batch(backend, *[(movements.post, keeper, document(RECEIPT, one)) for one in milk])
    assert numbers(answers) == ["R-2026-000001", "ExpiryConflict", "R-2026-000002"]
    assert lots(backend, "MILK")["N1"] == date(2027, 3, 1)


@on_both
def test_a_refused_document_leaves_no_lot(backend, keeper):
    lotted = [line("LOTTED", 1, target="A1", lot="N1"), line("OLD", 1, target="A1")]
    answers = in_one_batch(
        backend,
        (movements.post, keeper, document(RECEIPT, *lotted)),
        (movements.post, keeper, document(RECEIPT, line("LOTTED", 1, target="A1", lot="N2"))),
    )
    assert numbers(answers) == ["InactiveProduct", "R-2026-000001"]
    assert sorted(lots(backend, "LOTTED")) == ["L1", "N2"]


@on_both
def test_a_lot_without_an_expiry_date_is_given_one(backend, keeper):
    receive(backend, keeper, "LOTTED", 1, lot="L1", expires=date(2027, 3, 1))
    assert lots(backend, "LOTTED") == {"L1": date(2027, 3, 1)}
    with pytest.raises(errors.ExpiryConflict):
        receive(backend, keeper, "LOTTED", 1, lot="L1", expires=date(2027, 4, 1))


def test_a_lot_made_elsewhere_in_between_is_taken_as_it_is(on_server, server_url, clock, monkeypatch):
    backend, keeper = on_server, signed_in(on_server, "ken")
    look, made = Memory.learn, []

    def and_somebody_makes_it(self, *asked):
        learned = look(self, *asked)
        if not made:
            made.append(True)
            with closing(Backend.open(server_url, clock)) as elsewhere:
                receive(elsewhere, signed_in(elsewhere, "kim"), "LOTTED", 2, lot="N1", expires=date(2027, 3, 1))
        return learned

    monkeypatch.setattr(Memory, "learn", and_somebody_makes_it)
    receive(backend, keeper, "LOTTED", 5, lot="N1")
    assert stock(backend) == {("LOTTED", "A1", "N1"): 7}
    assert lots(backend, "LOTTED")["N1"] == date(2027, 3, 1)
    assert verify(backend).ok
