"""Group commit: several callers are served at once, and each is answered on its own."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import psycopg
import pytest

from tests.support.ledger import ADJUSTMENT, ISSUE, RECEIPT, TRANSFER, document, issue, line, post, receive, stock
from tests.support.threads import PATIENCE, all_at_once, held_open, until_somebody_waits
from tests.support.together import in_one_batch
from tests.support.warehouse import signed_in
from wms_tui.db.balances import TAKE
from wms_tui.db.connections import StatementConnections
from wms_tui.db.posting_alone import post_alone
from wms_tui.db.transaction import Tx
from wms_tui.domain import errors
from wms_tui.domain.catalog import ChangeProduct, ProductRef
from wms_tui.domain.locations import LocationKind
from wms_tui.services import catalog as catalog_services
from wms_tui.services import catalog_editing, movements, movements_together, posting_alone
from wms_tui.services import together as together_module
from wms_tui.services.backend import Backend
from wms_tui.services.pacing import CROWD, MARGIN, REST, SPAN, Pace
from wms_tui.services.together import Errand, Together
from wms_tui.services.verify import verify


def post_all_at_once(backend, actor, requests):
    return all_at_once([lambda request=request: backend.run(movements.post, actor, request) for request in requests])


@pytest.mark.usefixtures("catalog")
def test_each_of_many_is_answered_on_its_own(backend, keeper):
    receive(backend, keeper, "BOLT", 100)
    good = [document(ISSUE, line("BOLT", 1, source="A1")) for _ in range(20)]
    bad = [
        document(ISSUE, line("BOLT", 1000, source="A1")),
        document(ISSUE, line("NO-SUCH", 1, source="A1")),
        document(ISSUE, line("BOLT", 1, source="SHUT")),
        document(ISSUE, line("OLD", 1, source="A1")),
    ]
    answers = post_all_at_once(backend, keeper, [*good, *bad])
    numbers = [answer.number for answer in answers[:20]]
    assert sorted(numbers) == [f"I-2026-{number:06}" for number in range(1, 21)]
    assert [type(answer).__name__ for answer in answers[20:]] == [
        "NotEnoughStock",
        "UnknownProduct",
        "ClosedLocation",
        "InactiveProduct",
    ]
    assert stock(backend) == {("BOLT", "A1"): 80}
    assert verify(backend).ok


@pytest.mark.usefixtures("catalog")
def test_what_is_there_goes_to_whom_it_is_enough_for(backend, keeper):
    receive(backend, keeper, "BOLT", 5)
    requests = [document(ISSUE, line("BOLT", 2, source="A1")) for _ in range(8)]
    answers = post_all_at_once(backend, keeper, requests)
    assert sorted(type(answer).__name__ for answer in answers) == ["NotEnoughStock"] * 6 + ["Posted"] * 2
    assert stock(backend) == {("BOLT", "A1"): 1}


@pytest.mark.usefixtures("catalog")
def test_each_kind_numbers_its_own_without_gaps(backend, keeper):
    receive(backend, keeper, "BOLT", 100)
    requests = [
        *(document(RECEIPT, line("NUT", 1, target="A1")) for _ in range(6)),
        *(document(TRANSFER, line("BOLT", 1, source="A1", target="A2")) for _ in range(6)),
        *(document(ADJUSTMENT, line("BOLT", 1, source="A1", reason="LOST")) for _ in range(6)),
    ]
    answers = post_all_at_once(backend, keeper, requests)
    assert sorted(answer.number for answer in answers) == sorted(
        [
            *(f"R-2026-{number:06}" for number in range(2, 8)),
            *(f"T-2026-{number:06}" for number in range(1, 7)),
            *(f"A-2026-{number:06}" for number in range(1, 7)),
        ]
    )
    assert stock(backend) == {("BOLT", "A1"): 88, ("BOLT", "A2"): 6, ("NUT", "A1"): 6}
    assert verify(backend).ok


@pytest.mark.usefixtures("catalog")
def test_whoever_has_lost_the_permission_is_refused_alone(backend, keeper, other_keeper):
    receive(backend, keeper, "BOLT", 10)
    backend.work(lambda tx: tx.connection.exec_driver_sql("UPDATE \"user\" SET active = FALSE WHERE name = 'kim'"))
    jobs = [(keeper if n % 2 else other_keeper, document(ISSUE, line("BOLT", 1, source="A1"))) for n in range(8)]
    answers = all_at_once([lambda job=job: backend.run(movements.post, *job) for job in jobs])
    assert [type(answer).__name__ for answer in answers] == ["AccountDisabled", "Posted"] * 4


@pytest.mark.usefixtures("catalog")
def test_a_product_changed_elsewhere_is_not_posted_as_it_was(backend, url, clock, keeper):
    issue(backend, keeper, "BOLT", receive(backend, keeper, "BOLT", 1).lines)
    with closing(Backend.open(url, clock)) as elsewhere:
        product = elsewhere.run(catalog_services.detail, signed_in(elsewhere, "ada"), ProductRef("BOLT")).product
        off = ChangeProduct(product.product_id, product.version, {"active": False})
        elsewhere.run(catalog_editing.change, signed_in(elsewhere, "ada"), off)
    with pytest.raises(errors.InactiveProduct):
        receive(backend, keeper, "BOLT", 1)


@pytest.mark.usefixtures("catalog")
@pytest.mark.parametrize("change", ["closed = TRUE", "code = 'A9'", f"kind = '{LocationKind.SCRAP}'"])
def test_a_location_changed_elsewhere_is_not_used_as_it_was(backend, keeper, change):
    receive(backend, keeper, "BOLT", 10)
    backend.work(lambda tx: tx.connection.exec_driver_sql(f"UPDATE location SET {change} WHERE code = 'A1'"))
    with pytest.raises(errors.Refused):
        backend.run(movements.post, keeper, document(ISSUE, line("BOLT", 1, source="A1")))


@pytest.mark.usefixtures("catalog")
def test_a_barcode_that_went_to_another_product_moves_that_one(backend, keeper):
    code = "4006381333931"
    receive(backend, keeper, code, 1)
    moved = f"UPDATE barcode SET product_id = (SELECT id FROM product WHERE sku = 'NUT') WHERE code = '{code}'"
    backend.work(lambda tx: tx.connection.exec_driver_sql(moved))
    receive(backend, keeper, code, 1)
    assert stock(backend) == {("BOLT", "A1"): 1, ("NUT", "A1"): 1}


@pytest.mark.usefixtures("catalog")
def test_a_carton_and_a_known_lot_go_at_once_as_they_go_alone(backend, keeper):
    receive(backend, keeper, "BOLT", 2, unit="carton")
    receive(backend, keeper, "14006381333938", 1)
    receive(backend, keeper, "LOTTED", 3, lot="L1")
    assert stock(backend) == {("BOLT", "A1"): 72, ("LOTTED", "A1", "L1"): 3}


def test_a_locked_product_holds_up_nobody_who_wants_another(on_server):
    backend, keeper = on_server, signed_in(on_server, "ken")
    receive(backend, keeper, "BOLT", 10)
    receive(backend, keeper, "NUT", 10)
    locked = "SELECT 1 FROM balance JOIN product ON product.id = product_id WHERE sku = 'BOLT' FOR UPDATE OF balance"
    hold = held_open(backend, lambda tx: tx.connection.exec_driver_sql(locked).all())
    with hold as release, ThreadPoolExecutor(2) as pool:
        waiting = pool.submit(backend.run, movements.post, keeper, document(ISSUE, line("BOLT", 1, source="A1")))
        other = document(ISSUE, line("NUT", 1, source="A1"))
        assert pool.submit(backend.run, movements.post, keeper, other).result(5).number
        assert not waiting.done()
        release()
        assert waiting.result(30).number
    assert stock(backend) == {("BOLT", "A1"): 9, ("NUT", "A1"): 9}


def test_goods_that_come_while_they_are_being_refused_are_taken(on_server, monkeypatch):
    """Between what was too little and the look at how much it is, somebody brings more: nobody hears nonsense."""
    keeper, brought = signed_in(on_server, "ken"), []
    receive(on_server, keeper, "BOLT", 1)
    run = Tx.run

    def and_somebody_brings_more(tx, statement, **values):
        changed = run(tx, statement, **values)
        if statement is TAKE and not brought:
            brought.append(changed)
            receive(on_server, keeper, "BOLT", 9)
        return changed

    monkeypatch.setattr(Tx, "run", and_somebody_brings_more)
    issued = document(ISSUE, line("BOLT", 2, source="A1"))
    posted = on_server.work(lambda tx: movements.post(tx, keeper, issued))
    assert (brought, posted.number) == ([0], "I-2026-000001")
    assert stock(on_server) == {("BOLT", "A1"): 8}


def counted(name, asked):
    """A method of ``Tx`` that also notes that it was called."""
    method = getattr(Tx, name)

    def call(self, *arguments, **values):
        asked.append(name)
        return method(self, *arguments, **values)

    return call


def test_a_line_goes_to_the_server_and_back_twice_at_most(on_server, monkeypatch):
    actor, asked = signed_in(on_server, "ken"), []
    receive(on_server, actor, "NUT", 1)
    for name in ("plain", "run", "all", "native", "numbered", "each", "many"):
        monkeypatch.setattr(Tx, name, counted(name, asked))
    receive(on_server, actor, "BOLT", 1, target="A2")
    assert asked == ["each", "numbered"]
    asked.clear()
    receive(on_server, actor, "BOLT", 1, target="A2")
    assert asked == ["numbered"]


def asked(backend, sql, *values):
    return backend.work(lambda tx: tx.connection.exec_driver_sql(sql, values).all(), writes=False)


def written(backend, actor, lines, kind, **header):
    """The rows of a document."""
    number = post(backend, actor, kind, lines, **header).number
    return [row for sql in (DOCUMENT, MOVEMENTS) for row in asked(backend, sql, number)]


DOCUMENT = """SELECT kind, reference, partner, note, document.user_id, document.terminal, happened_at, posted_at,
    request_hash, action, at, audit_event.user_id, audit_event.terminal
    FROM document JOIN audit_event ON subject = number WHERE number = %s"""
MOVEMENTS = """SELECT line, product_id, lot_id, source_id, target_id, quantity, unit_id, entered_quantity, unit_cost,
    reason_id, movement.user_id, at FROM movement JOIN document ON document.id = document_id WHERE number = %s"""


@pytest.mark.parametrize(
    ("kind", "ends"),
    [(RECEIPT, {"target": "A2"}), (ISSUE, {"source": "A2"}), (TRANSFER, {"source": "A2", "target": "A1"})],
)
def test_one_statement_writes_what_the_long_way_writes(server_url, clock, kind, ends, monkeypatch):
    with closing(Backend.open(server_url, clock)) as backend:
        alone, ken = [], signed_in(backend, "ken")
        receive(backend, ken, "FLOUR", 10, target="A2")
        for module in (posting_alone, movements_together):
            monkeypatch.setattr(module, "post_alone", lambda *made: alone.append(made) or post_alone(*made))
        header = {"reference": "PO 7", "partner": "ACME", "note": "五金", "at": clock() - timedelta(hours=3)}
        one = line("FLOUR", "0.25", **ends)
        monkeypatch.setattr(movements.post, "together", False)
        the_long_way = written(backend, ken, one, kind, **header)
        monkeypatch.setattr(movements.post, "together", True)
        assert written(backend, ken, one, kind, **header) == the_long_way
        assert written(backend, ken, one, kind, **header) == the_long_way
        assert len(alone) == 2
        moved = {RECEIPT: {"A2": "10.75"}, ISSUE: {"A2": "9.25"}, TRANSFER: {"A2": "9.25", "A1": "0.75"}}[kind]
        assert stock(backend) == {("FLOUR", place): Decimal(quantity) for place, quantity in moved.items()}
        assert verify(backend).ok


def test_more_than_there_is_or_may_be_is_refused_when_all_is_remembered(on_server):
    ken = signed_in(on_server, "ken")
    receive(on_server, ken, "FLOUR", 1)
    issue(on_server, ken, "FLOUR", 1)
    with pytest.raises(errors.NotEnoughStock):
        issue(on_server, ken, "FLOUR", "0.000001")
    with pytest.raises(errors.NotEnoughStock):
        post(on_server, ken, TRANSFER, line("FLOUR", 1, source="A2", target="A1"))
    receive(on_server, ken, "FLOUR", 1)
    full = "UPDATE balance SET quantity = 999999999999 WHERE quantity = 1"
    on_server.work(lambda tx: tx.connection.exec_driver_sql(full))
    receive(on_server, ken, "FLOUR", 1, target="A2")
    with pytest.raises(errors.TooMuchStock):
        post(on_server, ken, TRANSFER, line("FLOUR", 1, source="A2", target="A1"))
    assert stock(on_server) == {("FLOUR", "A1"): 999_999_999_999, ("FLOUR", "A2"): 1}


def sizes_served(writers, each, pace=None):
    """How many were served at once, one time after the other, of writers who come again until each has done his."""
    sizes = []

    def carry_out(errands):
        sizes.append(len(errands))
        time.sleep(0.02)
        for errand in errands:
            errand.answer(errand.request)

    together = Together(carry_out, pace)
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(lambda _: [together.run(Errand(None, None, n)) for n in range(each)], range(writers)))
    return sizes


def test_those_who_were_served_together_are_waited_for(monkeypatch):
    """The first one back finds the others a moment later, and nobody goes alone; here the moment is a long one."""
    monkeypatch.setattr(together_module, "MOMENT", 1.0)
    sizes = sizes_served(8, 20)
    assert sum(sizes) == 160
    assert sum(size >= 6 for size in sizes) >= 18, sizes


def test_whoever_is_alone_waits_for_nobody(monkeypatch):
    together = Together(lambda errands: [errand.answer(1) for errand in errands])
    monkeypatch.setattr(together, "_gathered", None)
    assert [together.run(Errand(None, None, n)).result() for n in range(3)] == [1, 1, 1]


def test_a_group_is_led_by_one_and_nobody_is_forgotten():
    at_work, most = threading.Semaphore(1), []

    def carry_out(errands):
        assert at_work.acquire(blocking=False), "two lead at once"
        most.append(len(errands))
        for errand in errands:
            errand.answer(errand.request * 2)
        at_work.release()

    together = Together(carry_out)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: together.run(Errand(None, None, n)).result(), range(2000)))
    assert answers == [n * 2 for n in range(2000)]
    assert sum(most) == 2000


def test_a_crowd_is_served_in_two_parts_at_a_time_and_nobody_twice():
    counting, at_work, most, served = threading.Lock(), [], [], []

    def carry_out(errands):
        with counting:
            at_work.append(len(errands))
            most.append((len(at_work), sum(at_work)))
        time.sleep(0.003)
        with counting:
            at_work.remove(len(errands))
            served.extend(errand.request for errand in errands)
        for errand in errands:
            errand.answer(errand.request * 2)

    together = Together(carry_out, Pace())
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda n: together.run(Errand(None, None, n)).result(), range(2000)))
    assert answers == [n * 2 for n in range(2000)]
    assert sorted(served) == list(range(2000))
    assert max(parts for parts, _ in most) == 2
    assert max(errands for _, errands in most) <= 32


def test_the_parts_of_a_crowd_are_its_halves(monkeypatch):
    """A part that went before its time would leave the next one smaller, and that one the next."""
    monkeypatch.setattr(together_module, "MOMENT", 0.3)
    sizes = sizes_served(32, 6, Pace())
    assert sum(sizes) == 192
    assert max(sizes[3:]) <= 16, sizes
    assert sum(size >= 12 for size in sizes) >= 8, sizes


def paced(speeds, spans):
    """The ways that are gone, with so many errands a second in parts (True) and as a whole."""
    pace, now, gone = Pace(), 1.0, []
    pace.served(CROWD, CROWD, 0.0, now)
    for _ in range(spans):
        gone.append(pace.in_parts)
        began, now = now, now + SPAN / speeds[pace.in_parts]
        pace.served(SPAN, CROWD, began, now)
    return gone


@pytest.mark.parametrize("faster", [True, False])
def test_a_crowd_goes_the_faster_way_and_tries_the_other_ever_more_rarely(faster):
    gone = paced({faster: 6000, not faster: 4000}, 100)
    trials = [span for span in range(3, len(gone)) if gone[span] is not faster]
    assert gone[:3] == [True, False, True]
    rests = [later - earlier - 3 for earlier, later in pairwise(trials)]
    assert rests == sorted(rests) and rests[-1] == REST and len(trials) >= 5


def test_a_crowd_goes_the_other_way_once_that_is_faster():
    """Though all is slower then, and though parts seemed slow in the beginning, when nothing was remembered."""
    pace, now, gone = Pace(), 1.0, []
    pace.served(CROWD, CROWD, 0.0, now)
    for speeds in ({True: 1000, False: 4000}, *[{True: 6000, False: 4000}] * 4, *[{True: 600, False: 900}] * 50):
        gone.append(pace.in_parts)
        began, now = now, now + SPAN / speeds[pace.in_parts]
        pace.served(SPAN, CROWD, began, now)
    assert gone[:5] == [True, False, True, True, True]
    assert gone[-10:].count(False) >= 7
    for _ in range(50):
        began, now = now, now + SPAN / (6000 if pace.in_parts else 5500)
        pace.served(SPAN, CROWD, began, now)
    assert pace.in_parts


def test_parts_are_not_given_up_for_a_little():
    """Where the two ways are nearly as fast, chance would choose."""
    assert paced({True: 4000, False: 4000 * (MARGIN - 0.01)}, 100).count(False) < 10


def test_a_pause_is_not_counted_as_slowness(monkeypatch):
    judged = []
    monkeypatch.setattr(Pace, "_judge", lambda _, speed: judged.append(speed))
    pace, now = Pace(), 1.0
    for _ in range(3):
        pace.served(CROWD, CROWD, now - 0.1, now)
        pace.served(SPAN, CROWD, now, now + 0.1)
        now += 3600
    assert judged == pytest.approx([SPAN / 0.1] * 3)


def test_a_crowd_is_smaller_once_it_stays_so():
    pace = Pace()
    sizes = [(pace.served(16, present, 0.0, 0.0), pace.part)[1] for present in (32, 16, 32, 20, 20, 20, 20, 20)]
    assert sizes == [16, 14, 16, 14, 12, 11, 10, 10]
    for _ in range(10):
        pace.served(1, 1, 0.0, 0.0)
    assert pace.part == 0


def test_few_are_served_one_part_at_a_time():
    at_work = threading.Semaphore(1)

    def carry_out(errands):
        assert at_work.acquire(blocking=False), "two lead at once"
        time.sleep(0.001)
        for errand in errands:
            errand.answer(errand.request)
        at_work.release()

    together = Together(carry_out, Pace())
    with ThreadPoolExecutor(CROWD - 1) as pool:
        answers = list(pool.map(lambda n: together.run(Errand(None, None, n)).result(), range(500)))
    assert answers == list(range(500))


def test_a_leader_who_fails_leaves_the_others_to_themselves():
    def carry_out(errands):
        raise RuntimeError("the leader stumbles")

    together = Together(carry_out)

    def run(n):
        try:
            return together.run(Errand(None, None, n)).answered
        except RuntimeError:
            return "leader"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(run, range(200)))
    assert set(outcomes) <= {"leader", False}
    assert len(outcomes) == 200


@pytest.mark.usefixtures("catalog")
def test_a_crowd_that_wants_one_product_gets_what_is_there(backend, keeper):
    """The parts of a crowd wait for each other at the balance; sent twice at once, a document is posted once."""
    receive(backend, keeper, "BOLT", 100)
    requests = [document(ISSUE, line("BOLT", 1, source="A1")) for _ in range(60)]
    answers = post_all_at_once(backend, keeper, [request for request in requests for _ in range(2)])
    numbers = [answer.number for answer in answers]
    assert numbers[::2] == numbers[1::2]
    assert sorted(numbers[::2]) == [f"I-2026-{number:06}" for number in range(1, 61)]
    assert sum(answer.again for answer in answers) == 60
    assert stock(backend) == {("BOLT", "A1"): 40}
    assert verify(backend).ok


@pytest.mark.parametrize("size", [1, 2])
def test_a_document_that_waits_for_a_balance_has_no_id_yet(on_server, server_url, clock, monkeypatch, size):
    """A counted line remembers the highest id at its balance: whatever changes that later has a higher one."""
    monkeypatch.setattr(StatementConnections, "LOCK_MS", 1000 * PATIENCE)
    keeper, bolts = signed_in(on_server, "ken"), [document(RECEIPT, line("BOLT", 1, target="A1")) for _ in range(size)]
    on_server.work(lambda tx: movements.post(tx, keeper, document(RECEIPT, line("BOLT", 9, target="A1"))))
    hold = held_open(on_server, lambda tx: tx.connection.exec_driver_sql("SELECT 1 FROM balance FOR UPDATE").all())
    with hold as release, ThreadPoolExecutor(1) as pool, closing(Backend.open(server_url, clock)) as elsewhere:
        waiting = pool.submit(in_one_batch, on_server, *((movements.post, keeper, bolt) for bolt in bolts))
        until_somebody_waits(elsewhere)
        first = receive(elsewhere, signed_in(elsewhere, "kim"), "NUT", 1, target="A2")
        release()
        posted = waiting.result(PATIENCE)
    assert all(one.document_id > first.document_id for one in posted)


@pytest.mark.usefixtures("catalog")
def test_any_text_goes_with_any_document_of_a_batch(backend, keeper):
    texts = ['"quoted"', r"back\\slash", "{braces, commas}", "NULL", "null", " ", "五金 🔩", "a\nb", "it's", "%s $1"]
    wanted = [
        document(RECEIPT, line("BOLT", 1, target="A1"), reference=text, partner=text[::-1], note=text * 2)
        for text in texts
    ]
    in_one_batch(backend, *((movements.post, keeper, one) for one in wanted))
    written = "SELECT reference, partner, note FROM document ORDER BY id"
    rows = backend.work(lambda tx: tx.connection.exec_driver_sql(written).all(), writes=False)
    assert [tuple(row) for row in rows] == [(text, text[::-1], text * 2) for text in texts]
    assert verify(backend).ok


@pytest.mark.usefixtures("catalog")
def test_quantities_stay_exact_in_one_statement(backend, keeper):
    receive(backend, keeper, "FLOUR", "0.000001")
    receive(backend, keeper, "FLOUR", "999999999")
    assert stock(backend) == {("FLOUR", "A1"): Decimal("999999999.000001")}


def test_connections_that_the_server_gave_up_are_made_anew(on_server, server_url):
    actor = signed_in(on_server, "ken")
    receive(on_server, actor, "BOLT", 1)
    with psycopg.connect(server_url, autocommit=True) as administrator:
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    receive(on_server, actor, "BOLT", 1)
    assert stock(on_server) == {("BOLT", "A1"): 2}


def test_a_crowd_whose_lines_are_cut_again_and_again_posts_each_document_once(on_server, server_url):
    actor, over, cuts = signed_in(on_server, "ken"), threading.Event(), []
    receive(on_server, actor, "BOLT", 1)
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'WITH %%'"
    )

    def cutting():
        with psycopg.connect(server_url, autocommit=True) as administrator:
            while not over.wait(0.01):
                cuts.append(administrator.execute(cut).rowcount)

    def writing(requests):
        return [on_server.run(movements.post, actor, request).number for request in requests]

    wanted = [[document(RECEIPT, line("BOLT", 1, target="A1")) for _ in range(8)] for _ in range(2 * CROWD)]
    with ThreadPoolExecutor(1) as cutter:
        cutter.submit(cutting)
        try:
            numbers = all_at_once([lambda requests=requests: writing(requests) for requests in wanted])
        finally:
            over.set()
    posted = sorted(number for own in numbers for number in own)
    assert posted == [f"R-2026-{number:06}" for number in range(2, 2 + 16 * CROWD)]
    assert sum(cuts)
    assert stock(on_server) == {("BOLT", "A1"): 1 + 16 * CROWD}
    assert verify(on_server).ok
