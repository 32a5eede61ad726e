"""A serial number is in one place, once, whoever moves it at the same time."""

from contextlib import closing

import pytest

from tests.services.test_entry import Desk
from tests.services.test_verify import problems, spoil
from tests.support.counting import begin, count, scan, submit
from tests.support.ledger import (
    ADJUSTMENT,
    ISSUE,
    RECEIPT,
    TRANSFER,
    document,
    issue,
    line,
    picture,
    post,
    receive,
    reverse,
    stock,
)
from tests.support.threads import all_at_once, held_open, until_somebody_waits
from tests.support.together import in_one_batch
from wms_tui.domain.counting_review import Approve
from wms_tui.domain.errors import SerialMissing
from wms_tui.domain.lot_errors import SerialTwice
from wms_tui.services import counting_review, movements
from wms_tui.services.backend import Backend
from wms_tui.services.door import carry_out
from wms_tui.services.together import Errand
from wms_tui.services.verify import verify

pytestmark = pytest.mark.usefixtures("catalog")
CHECK = "Serial numbers are in one place, once"


def told(outcome):
    return outcome.template.format(**outcome.fields)


def drill(number="S1", **more):
    return line("SERIAL", 1, lot=number, **more)


@pytest.mark.parametrize("target", ["A1", "A2"])
def test_what_is_in_stock_is_not_received_again_anywhere(backend, keeper, target):
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    before = picture(backend)
    with pytest.raises(SerialTwice) as refusal:
        receive(backend, keeper, "SERIAL", 1, target=target, lot="S1")
    assert str(refusal.value) == ("Serial number S1 of SERIAL is at A1 already: a serial number is in one place, once.")
    assert picture(backend) == before


def test_not_twice_in_one_document_and_not_by_an_adjustment(backend, keeper):
    with pytest.raises(SerialTwice):
        post(backend, keeper, RECEIPT, drill(target="A1"), drill(target="A2"))
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    with pytest.raises(SerialTwice):
        post(backend, keeper, ADJUSTMENT, drill(target="A2", reason="FOUND"))
    assert stock(backend) == {("SERIAL", "A1", "S1"): 1}


def test_entry_asks_for_a_serial_number_and_proposes_none_that_was_received_before(backend, keeper):
    at = Desk(backend, keeper, RECEIPT)
    assert told(at.enter("A1", "SERIAL")) == "SERIAL: which serial number?"
    assert at.view.pending_serial
    assert told(at.enter("S1")) == "+1 pcs SERIAL  serial number S1  Drill"
    at.enter("SERIAL")
    assert at.view.default == ""
    with pytest.raises(SerialMissing):
        at.enter("")


def test_an_issue_proposes_a_serial_number_by_that_name(backend, keeper):
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    at = Desk(backend, keeper, ISSUE)
    assert told(at.enter("A1", "SERIAL")) == "SERIAL: Enter takes serial number S1"


def test_a_count_asks_for_a_serial_number_and_names_what_it_took(backend, keeper):
    plan = begin(backend, keeper, "A1")
    asked = scan(backend, keeper, plan, "A1", "SERIAL")
    assert (told(asked.outcome), asked.view.pending_serial) == ("SERIAL: which serial number?", True)
    assert told(scan(backend, keeper, plan, "S1").outcome) == "+SERIAL  serial number S1  Drill"
    assert scan(backend, keeper, plan, "SERIAL").view.default == ""
    with pytest.raises(SerialMissing):
        scan(backend, keeper, plan, "")


def test_it_can_be_moved_issued_and_received_again(backend, keeper):
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    post(backend, keeper, TRANSFER, drill(source="A1", target="A2"), drill(source="A2", target="AISLE"))
    issue(backend, keeper, "SERIAL", 1, source="AISLE", lot="S1")
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    assert stock(backend) == {("SERIAL", "A1", "S1"): 1}
    assert verify(backend).ok


def test_a_reversal_brings_back_only_what_is_nowhere_else(backend, keeper):
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    issued = issue(backend, keeper, "SERIAL", 1, lot="S1").number
    receive(backend, keeper, "SERIAL", 1, target="A2", lot="S1")
    with pytest.raises(SerialTwice):
        reverse(backend, keeper, issued)
    issue(backend, keeper, "SERIAL", 1, source="A2", lot="S1")
    reverse(backend, keeper, issued)
    assert stock(backend) == {("SERIAL", "A1", "S1"): 1}


def test_two_who_receive_it_at_once_receive_it_once(backend, url, keeper, clock):
    """Each through a process of his own, with a number that the database does not know yet."""
    with closing(Backend.open(url, clock)) as other:
        for turn in range(10):
            requests = [document(RECEIPT, drill(f"N{turn}", target=target)) for target in ("A1", "A2")]
            answers = all_at_once(
                [
                    lambda at=at, request=request: at.run(movements.post, keeper, request)
                    for at, request in zip((backend, other), requests, strict=True)
                ]
            )
            assert sorted(type(answer).__name__ for answer in answers) == ["Posted", "SerialTwice"]
    assert len(stock(backend)) == 10
    assert verify(backend).ok


def test_who_comes_while_it_is_received_waits_and_is_refused(backend, url, keeper, clock):
    """The number is known already: only the lock on it stands between the two."""
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    issue(backend, keeper, "SERIAL", 1, lot="S1")
    first = Errand(movements.post, keeper, document(RECEIPT, drill(target="A1")))
    second = document(RECEIPT, drill(target="A2"))
    with closing(Backend.open(url, clock)) as other, held_open(backend, lambda tx: carry_out(tx, first)) as release:
        if backend.where.startswith("/"):
            release()
            answer = all_at_once([lambda: other.run(movements.post, keeper, second)])[0]
        else:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(1) as pool:
                waiting = pool.submit(all_at_once, [lambda: other.run(movements.post, keeper, second)])
                until_somebody_waits(backend)
                release()
                answer = waiting.result()[0]
    assert isinstance(answer, SerialTwice)
    assert stock(backend) == {("SERIAL", "A1", "S1"): 1}


def test_in_one_batch_the_second_is_refused(backend, keeper):
    requests = [document(RECEIPT, drill(target=target)) for target in ("A1", "A2")]
    answers = in_one_batch(backend, *((movements.post, keeper, request) for request in requests))
    assert [type(answer).__name__ for answer in answers] == ["Posted", "SerialTwice"]
    assert stock(backend) == {("SERIAL", "A1", "S1"): 1}


def test_the_same_request_twice_at_once_posts_once(backend, keeper):
    request = document(RECEIPT, drill(target="A1"), key="once")
    answers = all_at_once([lambda: backend.run(movements.post, keeper, request)] * 4)
    assert {answer.number for answer in answers} == {"R-2026-000001"}
    assert stock(backend) == {("SERIAL", "A1", "S1"): 1}


def test_at_the_shelf_it_is_refused_with_where_it_is(backend, keeper):
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    at = Desk(backend, keeper, RECEIPT)
    at.enter("A2", "SERIAL")
    with pytest.raises(SerialTwice, match="S1 of SERIAL is at A1 already"):
        at.enter("S1")
    at.enter("S2", "SERIAL")
    with pytest.raises(SerialTwice, match="S2 of SERIAL is at A2 already"):
        at.enter("S2")
    at.post()
    assert set(stock(backend)) == {("SERIAL", "A1", "S1"), ("SERIAL", "A2", "S2")}


def test_verify_names_a_serial_number_in_two_places(backend, keeper):
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    assert verify(backend).ok
    one = 1_000_000 if backend.where.startswith("/") else 1
    places = "(SELECT id FROM location WHERE code = 'A2')"
    spoil(
        backend,
        f"INSERT INTO balance (product_id, location_id, lot_id, quantity) "
        f"SELECT product_id, {places}, lot_id, {one} FROM balance",
    )
    (problem,) = problems(backend, CHECK)
    assert (problem["sku"], problem["lot"], problem["expected"], problem["found"]) == ("SERIAL", "S1", "1", "2")


def test_verify_names_more_than_one_in_one_place(backend, keeper):
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    assert verify(backend).ok
    spoil(backend, "UPDATE balance SET quantity = quantity * 3")
    assert problems(backend, CHECK)[0]["found"] == "3"


def test_a_count_puts_none_in_two_places(backend, keeper, finance):
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    plan = begin(backend, keeper, "A2")
    count(backend, keeper, plan, "A2", "SERIAL", "S1")
    submit(backend, keeper, plan)
    before = picture(backend)
    with pytest.raises(SerialTwice, match="S1 of SERIAL is at A1 already"):
        backend.run(counting_review.approve, finance, Approve(plan, 1))
    assert picture(backend) == before


def test_a_count_that_finds_it_elsewhere_moves_it(backend, keeper, finance):
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    plan = begin(backend, keeper, "A1", "A2")
    count(backend, keeper, plan, "A1")
    count(backend, keeper, plan, "A2", "SERIAL", "S1")
    submit(backend, keeper, plan)
    backend.run(counting_review.approve, finance, Approve(plan, 2))
    assert stock(backend) == {("SERIAL", "A2", "S1"): 1}
