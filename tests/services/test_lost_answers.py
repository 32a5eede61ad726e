"""The line breaks after the server did what it was asked and before it could say so: it is found out, and said."""

import time
from contextlib import closing
from functools import partial

import pytest

from tests.conftest import _with_catalog
from tests.support.ledger import ADJUSTMENT, ISSUE, RECEIPT, TRANSFER, document, line, receive, reverse, stock
from tests.support.proxy import Proxy
from tests.support.threads import all_at_once
from tests.support.together import drafted
from tests.support.warehouse import signed_in
from wms_tui.domain import database_errors as errors
from wms_tui.domain.errors import DraftPosted, RequestConflict
from wms_tui.domain.setup import UnitRow
from wms_tui.services import entry, movements, units
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify


@pytest.fixture
def line_to_server(postgres_databases):
    with postgres_databases.copy_of("catalog", _with_catalog) as url:
        proxy = Proxy(url)
        yield proxy
        proxy.close()


@pytest.fixture
def backend(line_to_server, clock):
    with closing(Backend.open(line_to_server.url, clock)) as backend:
        yield backend


def is_commit(asked: bytes) -> bool:
    return b"COMMIT" in asked


@pytest.mark.parametrize("quantity", [1, 2])
def test_a_posting_whose_answer_is_lost_is_posted_once_and_says_so(backend, line_to_server, quantity):
    keeper = signed_in(backend, "ken")
    lines = [line("BOLT", 1, target="A1")] * quantity
    for _ in range(2):  # a statement is prepared when it is first run
        backend.run(movements.post, keeper, document(RECEIPT, *lines))
    request = document(RECEIPT, *lines, key="lost")
    line_to_server.cut_answers()
    posted = backend.run(movements.post, keeper, request)
    assert line_to_server.cuts == 1
    assert (posted.number, posted.again) == ("R-2026-000003", True)
    assert stock(backend) == {("BOLT", "A1"): 3 * quantity}
    assert verify(backend).ok


@pytest.mark.parametrize("how", ["cut_answers", "cut_questions"])
def test_many_whose_one_answer_is_lost_are_each_told_what_became_of_their_own(backend, line_to_server, how):
    keeper = signed_in(backend, "ken")
    receive(backend, keeper, "BOLT", 1)
    requests = [document(RECEIPT, line("BOLT", 1, target="A1"), key=f"shared-{number}") for number in range(16)]
    getattr(line_to_server, how)(lambda asked: asked.count(b"shared-") > 4)
    told = all_at_once([partial(backend.run, movements.post, keeper, request) for request in requests])
    assert len({posted.number for posted in told}) == 16
    assert line_to_server.cuts == 1
    assert any(posted.again for posted in told) == (how == "cut_answers")
    assert stock(backend) == {("BOLT", "A1"): 17}
    assert verify(backend).ok


def test_a_commit_whose_answer_is_lost_is_posted_once_and_says_so(backend, line_to_server):
    keeper = signed_in(backend, "ken")
    received = receive(backend, keeper, "BOLT", 5)
    line_to_server.cut_answers(is_commit)
    undone = reverse(backend, keeper, received.number)
    assert line_to_server.cuts == 1
    assert (undone.number, undone.again) == ("V-2026-000001", True)
    assert stock(backend) == {}


def test_a_new_lot_whose_answer_is_lost_is_made_once(backend, line_to_server):
    keeper = signed_in(backend, "ken")
    request = document(RECEIPT, line("LOTTED", 5, target="A1", lot="a new one"), key="the lost one")
    line_to_server.cut_answers(lambda asked: b"the lost one" in asked)
    posted = backend.run(movements.post, keeper, request)
    assert line_to_server.cuts == 1
    assert (posted.number, posted.again) == ("R-2026-000001", True)
    assert stock(backend) == {("LOTTED", "A1", "a new one"): 5}


def test_the_lost_request_with_another_body_is_a_conflict(backend, line_to_server):
    keeper = signed_in(backend, "ken")
    line_to_server.cut_answers()
    backend.run(movements.post, keeper, document(RECEIPT, line("BOLT", 1, target="A1"), key="lost"))
    with pytest.raises(RequestConflict):
        backend.run(movements.post, keeper, document(RECEIPT, line("BOLT", 2, target="A1"), key="lost"))


def posts(draft):
    """Whether a question is the one that posts this draft."""
    return lambda asked: draft.seen[0].encode() in asked


def test_a_draft_whose_posting_was_lost_tells_its_number(backend, line_to_server):
    keeper = signed_in(backend, "ken")
    draft = drafted(backend, keeper, RECEIPT, "A1", "BOLT")
    line_to_server.cut_answers(posts(draft))
    with pytest.raises(DraftPosted) as told:
        backend.run(entry.post, keeper, draft)
    assert line_to_server.cuts == 1
    assert "R-2026-000001" in told.value.text()
    assert stock(backend) == {("BOLT", "A1"): 1}


def test_a_draft_that_did_not_reach_the_server_is_posted_unseen(backend, line_to_server):
    keeper = signed_in(backend, "ken")
    draft = drafted(backend, keeper, RECEIPT, "A1", "BOLT")
    line_to_server.cut_questions(posts(draft))
    assert backend.run(entry.post, keeper, draft).number == "R-2026-000001"
    assert line_to_server.cuts == 1
    assert stock(backend) == {("BOLT", "A1"): 1}


def test_what_cannot_be_asked_for_again_is_told_to_be_unknown(backend, line_to_server):
    admin = signed_in(backend, "ada")
    line_to_server.cut_answers(is_commit)
    with pytest.raises(errors.OutcomeUnknown) as told:
        backend.run(units.add, admin, UnitRow("box", "Box"))
    assert "Look what is there before you enter it again." in told.value.text()
    assert "box" in {unit.code for unit in backend.run(units.list_units, admin, None)}


def test_a_line_that_breaks_before_the_commit_is_mended_unseen(backend, line_to_server):
    admin = signed_in(backend, "ada")
    line_to_server.cut_answers(lambda asked: b"INSERT INTO unit" in asked)
    backend.run(units.add, admin, UnitRow("box", "Box"))
    assert line_to_server.cuts == 1
    assert [unit.code for unit in backend.run(units.list_units, admin, None)].count("box") == 1


def test_a_server_that_stays_away_is_given_up_after_a_while(backend, line_to_server, monkeypatch):
    keeper = signed_in(backend, "ken")
    monkeypatch.setattr(backend, "lost_seconds", 0.5)
    line_to_server.close()
    began = time.monotonic()
    with pytest.raises(errors.DatabaseUnavailable):
        receive(backend, keeper, "BOLT", 1)
    assert 0.4 < time.monotonic() - began < 10


def test_one_line_goes_to_the_server_and_back_twice_at_most(backend, line_to_server):
    keeper = signed_in(backend, "ken")
    carton = line("14006381333938", 1, target="A2")
    lotted = line("LOTTED", 1, target="A2", lot="L1")
    lost = line("NUT", 1, source="A1", reason="LOST")

    def trips(kind, *lines):
        before = line_to_server.trips
        backend.run(movements.post, keeper, document(kind, *lines))
        return line_to_server.trips - before

    for _ in range(2):
        trips(RECEIPT, line("NUT", 5, target="A1"))
    trips(ISSUE, line("NUT", 1, source="A1"))
    for kind, first in ((ISSUE, line("NUT", 1, source="A1")), (RECEIPT, carton), (RECEIPT, lotted), (ADJUSTMENT, lost)):
        trips(kind, first)  # a statement is prepared when it is first run
    assert trips(RECEIPT, line("FLOUR", 2, target="A1")) == 2
    assert trips(RECEIPT, line("FLOUR", 2, target="A1")) == 1
    assert trips(ISSUE, line("FLOUR", 1, source="A1")) == 1
    assert trips(TRANSFER, line("FLOUR", 1, source="A1", target="A2")) <= 2
    assert trips(RECEIPT, carton) == trips(RECEIPT, lotted) == trips(ADJUSTMENT, lost) == 2


def test_a_draft_of_one_line_goes_to_the_server_and_back_twice_at_most(backend, line_to_server):
    keeper = signed_in(backend, "ken")
    receive(backend, keeper, "LOTTED", 5, lot="L1")

    def trips(kind, *texts):
        draft = drafted(backend, keeper, kind, *texts)
        before = line_to_server.trips
        backend.run(entry.post, keeper, draft)
        return line_to_server.trips - before

    scans = {
        RECEIPT: (("A1", "FLOUR"), ("A1", "14006381333938"), ("A1", "LOTTED", "L1")),
        ISSUE: (("A1", "FLOUR"), ("A1", "BOLT")),
        TRANSFER: (("A1", "A2", "BOLT"),),
        ADJUSTMENT: (("A1", "LOST", "BOLT"),),
    }
    for kind, texts in [(kind, texts) for kind, of_kind in scans.items() for texts in of_kind]:
        trips(RECEIPT, "A1", "BOLT")
        trips(kind, *texts)  # a statement is prepared when it is first run
        receive(backend, keeper, "FLOUR", 2)
        assert trips(kind, *texts) == 2, (kind, texts)
    for lot in ("first", "second"):
        told = trips(RECEIPT, "A1", "LOTTED", lot), trips(RECEIPT, "A1", "MILK", lot, "2027-01-31")
    assert told == (2, 2)


def test_a_receipt_that_makes_a_lot_goes_to_the_server_and_back_twice_at_most(backend, line_to_server):
    keeper = signed_in(backend, "ken")
    for lot in ("first", "second"):
        before = line_to_server.trips
        receive(backend, keeper, "LOTTED", 1, lot=lot)
    assert line_to_server.trips - before == 2


@pytest.mark.parametrize("lot", ["", "a new one"])
def test_a_draft_of_one_line_with_50_ms_of_network_takes_four_delays_at_most(backend, line_to_server, lot):
    keeper = signed_in(backend, "ken")
    waits = []
    for number in range(3):
        scans = ("LOTTED", f"{lot} {number}") if lot else ("BOLT",)
        draft = drafted(backend, keeper, RECEIPT, "A1", *scans)
        line_to_server.delay = 0.025
        began = time.perf_counter()
        backend.run(entry.post, keeper, draft)
        waits.append(time.perf_counter() - began)
        line_to_server.delay = 0.0
    assert min(waits) <= 4 * 0.05


def test_one_line_with_50_ms_of_network_takes_four_delays_at_most(backend, line_to_server):
    keeper = signed_in(backend, "ken")
    receive(backend, keeper, "BOLT", 1)
    line_to_server.delay = 0.025
    waits = []
    for number in range(5):
        began = time.perf_counter()
        receive(backend, keeper, "BOLT", number + 1)
        waits.append(time.perf_counter() - began)
    assert min(waits) <= 4 * 0.05
