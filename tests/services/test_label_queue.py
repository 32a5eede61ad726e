"""The queue before the printers: tried again while nothing can have been printed, and never twice knowingly."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from datetime import timedelta

import pytest

from tests.support import zpl as reader
from tests.support.ledger import receive
from tests.support.printers import FakePrinter, closed_port
from tests.support.threads import all_at_once
from tests.support.warehouse import allow
from wms_tui.domain.access import Permission
from wms_tui.domain.errors import NotAllowed, NotFound, UnknownLocation, UnknownLot, UnknownProduct
from wms_tui.domain.label_sizes import BadSize, SheetOnLabelPrinter
from wms_tui.domain.label_symbols import Unencodable
from wms_tui.domain.labels import LabelKind, LabelOrder, TooManyLabels
from wms_tui.domain.print_errors import FolderMissing, HostMissing, JobMoved, NoPrinter, PrinterInUse, UnknownPrinter
from wms_tui.domain.printing import (
    ABANDONED,
    KEPT,
    TRIES,
    ChangePrinter,
    Fault,
    JobQuery,
    JobState,
    MoveJob,
    NewJob,
    Printer,
    PrinterKind,
)
from wms_tui.domain.setup import ChangedMeanwhile, CodeInUse
from wms_tui.domain.texts import as_written
from wms_tui.services import label_printers, label_queue, label_sending, labels, printing
from wms_tui.services.label_sending import send
from wms_tui.services.label_work import Worker, pause, work_off

BOLT = LabelOrder(LabelKind.PRODUCT, ("BOLT",), copies=3)


@pytest.fixture
def printer():
    """Makes fake printers and closes them at the end."""
    made = []

    def make(*ways):
        made.append(FakePrinter(*ways))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def shop(backend, catalog, admin):
    """A backend with a label printer Z at a port that is given."""

    def add(port, name="Z", **more):
        backend.run(label_printers.add, admin, Printer(name, host="127.0.0.1", port=port, **more))
        return backend

    return add


def order(backend, actor, what=BOLT, printer="Z", request="r1"):
    return printing.to_printer(backend, actor, what, printer, "", as_written, request)


def jobs(backend, actor):
    return backend.run(label_queue.queue, actor, JobQuery()).rows


def states(backend, actor):
    return [(row.state, row.tries, row.fault) for row in jobs(backend, actor)]


def test_labels_reach_the_printer_once(shop, keeper, printer):
    z = printer()
    backend = shop(z.port)
    assert order(backend, keeper).labels == 3
    assert work_off(backend) == [JobState.SENT]
    [job] = z.jobs
    [label] = reader.read(job)
    assert label.parameters("^PQ")[0] == "3"
    assert label.fields[-1].data == "400638133393"
    assert work_off(backend) == [] and len(z.jobs) == 1
    [row] = jobs(backend, keeper)
    assert (row.title, row.labels, row.state, row.user, row.printer) == ("BOLT", 3, JobState.SENT, "ken", "Z")


def test_the_same_request_again_makes_no_second_job(shop, keeper, printer):
    z = printer()
    backend = shop(z.port)
    assert order(backend, keeper).job == order(backend, keeper).job
    work_off(backend)
    assert order(backend, keeper).job and work_off(backend) == []
    assert len(z.jobs) == 1


def test_a_slow_printer_gets_all_of_it(shop, keeper, printer):
    z = printer("slow")
    backend = shop(z.port)
    order(backend, keeper, LabelOrder(LabelKind.LOCATION, ("A1", "A2", "ZONE", "AISLE")))
    assert work_off(backend) == [JobState.SENT]
    assert len(reader.read(z.jobs[0])) == 4


def test_a_printer_that_leaves_the_line_open_is_believed(shop, keeper, printer, monkeypatch):
    monkeypatch.setattr(label_sending, "CLOSE_SECONDS", 0.5)
    backend = shop(printer("deaf").port)
    order(backend, keeper)
    assert work_off(backend) == [JobState.SENT]


def test_a_printer_that_is_off_is_tried_again_later_and_later_and_given_up_at_last(shop, keeper, clock):
    backend = shop(closed_port())
    order(backend, keeper)
    waits = []
    for _ in range(TRIES - 1):
        assert work_off(backend) == [JobState.WAITING]
        assert work_off(backend) == [], "not before its time"
        [row] = jobs(backend, keeper)
        waits.append((row.next_try - clock()).total_seconds())
        assert row.fault is Fault.REFUSED
        clock.now += timedelta(seconds=waits[-1])
    assert waits == [5, 10, 20, 40, 80, 160, 320]
    assert work_off(backend) == [JobState.FAILED]
    clock.now += timedelta(days=1)
    assert work_off(backend) == [] and pause(backend) is None


def test_a_printer_that_comes_back_prints_what_waited_in_order(shop, keeper, clock, printer, admin):
    port = closed_port()
    backend = shop(port)
    order(backend, keeper)
    order(backend, keeper, LabelOrder(LabelKind.LOCATION, ("A1",)), request="r2")
    assert work_off(backend) == [JobState.WAITING] * 2
    z = printer()
    before = next(one for one in backend.run(label_printers.printers, admin, None))
    assert before.waiting == 2
    change = ChangePrinter(before, Printer("Z", host="127.0.0.1", port=z.port, size="50x30"))
    backend.run(label_printers.change, admin, change)
    clock.now += timedelta(minutes=1)
    assert work_off(backend) == [JobState.SENT] * 2
    assert [reader.read(job)[0].fields[-1].data for job in z.jobs] == ["400638133393", ">:A1"]


def test_a_printer_that_hangs_up_at_once_is_tried_again(shop, keeper, printer, clock):
    z = printer("busy", "take")
    backend = shop(z.port)
    order(backend, keeper)
    first = work_off(backend)
    if first == [JobState.WAITING]:
        clock.now += timedelta(minutes=1)
        assert work_off(backend) == [JobState.SENT] and len(z.jobs) == 1
    else:
        assert first == [JobState.UNSURE], "it hung up only after the first byte"


def test_a_line_that_breaks_in_the_middle_leaves_it_to_a_person(shop, keeper, printer, clock):
    z = printer("dies", "take")
    backend = shop(z.port)
    many = LabelOrder(LabelKind.LOCATION, ("A1", "A2", "ZONE", "AISLE"), copies=2)
    order(backend, keeper, many)
    assert work_off(backend) == [JobState.UNSURE]
    clock.now += timedelta(hours=1)
    assert work_off(backend) == [] and len(z.jobs) == 1
    [row] = jobs(backend, keeper)
    assert (row.state, row.fault) == (JobState.UNSURE, Fault.BROKEN)
    backend.run(label_queue.move, keeper, MoveJob(row.job_id, JobState.UNSURE, JobState.WAITING))
    assert work_off(backend) == [JobState.SENT]
    assert len(reader.read(z.jobs[1])) == 4


def test_a_sender_that_was_killed_leaves_it_to_a_person_as_well(shop, keeper, printer, clock):
    z = printer()
    backend = shop(z.port)
    order(backend, keeper)
    assert backend.work(label_queue.take) is not None
    assert work_off(backend) == [], "somebody is sending it"
    clock.now += ABANDONED + timedelta(seconds=1)
    assert work_off(backend) == [] and z.jobs == []
    assert states(backend, keeper) == [(JobState.UNSURE, 1, Fault.ABANDONED)]


def test_what_comes_late_changes_nothing_that_was_given_up(shop, keeper, clock):
    backend = shop(closed_port())
    order(backend, keeper)
    job = backend.work(label_queue.take)
    clock.now += ABANDONED + timedelta(seconds=1)
    backend.work(label_queue.give_up_abandoned)
    backend.work(lambda tx: label_queue.settle(tx, job, None))
    assert states(backend, keeper)[0][0] is JobState.UNSURE


def test_two_who_work_off_one_queue_send_every_job_once_and_one_at_a_time(shop, keeper, printer):
    z = printer("slow")
    backend = shop(z.port)
    for number in range(6):
        order(backend, keeper, LabelOrder(LabelKind.LOCATION, ("A1",)), request=f"r{number}")
    with closing(type(backend).open(backend_url(backend), backend.clock)) as other:
        went = all_at_once([lambda: until_idle(backend), lambda: until_idle(other)])
    assert sum(map(len, went)) == 6 and len(z.jobs) == 6
    assert all(state is JobState.SENT for state, _, _ in states(backend, keeper))


def until_idle(backend):
    """One may see the printer busy and have nothing to do while jobs wait."""
    went = []
    deadline = time.monotonic() + 30
    while pause(backend) is not None and time.monotonic() < deadline:
        went += work_off(backend)
    return went


def backend_url(backend):
    engine = backend._engine
    return engine.url.render_as_string(hide_password=False)


def test_nobody_waits_for_the_printer_with_a_transaction_open(shop, keeper, printer):
    backend = shop(printer().port)
    order(backend, keeper)
    receive(backend, keeper, "BOLT", 1)

    def hold(host, port, data):
        """Posting goes on in another thread while the printer takes its time."""
        done = threading.Event()
        threading.Thread(target=lambda: (receive(backend, keeper, "NUT", 1), done.set())).start()
        assert done.wait(20)
        return send(host, port, data)

    assert work_off(backend, hold) == [JobState.SENT]


def test_a_job_can_be_cancelled_by_whoever_ordered_it(shop, keeper, other_keeper, admin):
    backend = shop(closed_port())
    for request in ("r1", "r2"):
        order(backend, keeper, request=request)
    second, first = jobs(backend, keeper)
    with pytest.raises(NotAllowed):
        backend.run(label_queue.move, other_keeper, MoveJob(first.job_id, JobState.WAITING, JobState.CANCELLED))
    backend.run(label_queue.move, keeper, MoveJob(first.job_id, JobState.WAITING, JobState.CANCELLED))
    backend.run(label_queue.move, admin, MoveJob(second.job_id, JobState.WAITING, JobState.CANCELLED))
    with pytest.raises(JobMoved):
        backend.run(label_queue.move, keeper, MoveJob(first.job_id, JobState.WAITING, JobState.CANCELLED))
    with pytest.raises(NotFound):
        backend.run(label_queue.move, keeper, MoveJob(99, JobState.WAITING, JobState.CANCELLED))
    assert backend.run(label_queue.queue, keeper, JobQuery(open_only=True)).rows == ()


def test_a_job_that_is_being_sent_is_nobodys_to_move(shop, admin, keeper):
    backend = shop(closed_port())
    order(backend, keeper)
    job = backend.work(label_queue.take)
    for to in (JobState.WAITING, JobState.CANCELLED):
        with pytest.raises(JobMoved):
            backend.run(label_queue.move, admin, MoveJob(job.job_id, JobState.SENDING, to))


def test_jobs_that_ended_long_ago_are_forgotten(shop, keeper, printer, clock):
    backend = shop(printer().port)
    order(backend, keeper)
    work_off(backend)
    clock.now += KEPT + timedelta(days=1)
    order(backend, keeper, request="r2")
    assert [row.state for row in jobs(backend, keeper)] == [JobState.WAITING]


def test_the_worker_sleeps_until_there_is_something_and_ends_when_it_is_told(shop, keeper, printer):
    z = printer()
    backend = shop(z.port)
    worker = Worker(backend)
    for number in range(3):
        order(backend, keeper, request=f"r{number}")
        worker.wake()
        deadline = time.monotonic() + 20
        while len(z.jobs) <= number and time.monotonic() < deadline:
            time.sleep(0.01)
    worker.stop()
    assert len(z.jobs) == 3
    order(backend, keeper, request="late")
    worker.wake()
    assert states(backend, keeper)[0][0] is JobState.WAITING


def test_printers_are_kept_by_who_may_set_up(backend, catalog, admin, keeper):
    new = Printer("Z", host="10.0.0.9")
    with pytest.raises(NotAllowed):
        backend.run(label_printers.add, keeper, new)
    backend.run(label_printers.add, admin, new)
    [seen] = backend.run(label_printers.printers, keeper, None)
    assert (seen.host, seen.port, seen.size, seen.dpi, seen.active) == ("10.0.0.9", 9100, "50x30", 203, True)
    with pytest.raises(CodeInUse):
        backend.run(label_printers.add, admin, new)
    backend.run(label_printers.change, admin, ChangePrinter(seen, Printer("Z", host="10.0.0.8", size="100x50")))
    with pytest.raises(ChangedMeanwhile):
        backend.run(label_printers.change, admin, ChangePrinter(seen, Printer("Z", host="10.0.0.7")))


@pytest.mark.parametrize(
    ("printer", "refusal"),
    [
        (Printer("Z"), HostMissing),
        (Printer("Z", PrinterKind.PDF), FolderMissing),
        (Printer("Z", host="z", size="huge"), BadSize),
        (Printer("Z", host="z", size="a4-3x8"), SheetOnLabelPrinter),
    ],
)
def test_a_printer_that_cannot_print_is_refused(backend, admin, printer, refusal):
    with pytest.raises(refusal):
        backend.run(label_printers.add, admin, printer)
    assert backend.run(label_printers.printers, admin, None) == ()


def test_a_printer_with_jobs_before_it_stays_on(shop, admin, keeper):
    backend = shop(closed_port())
    order(backend, keeper)
    [seen] = backend.run(label_printers.printers, admin, None)
    with pytest.raises(PrinterInUse):
        off = Printer("Z", host=seen.host, port=seen.port, active=False)
        backend.run(label_printers.change, admin, ChangePrinter(seen, off))


def test_an_unknown_printer_is_told_with_those_that_there_are(shop, backend, catalog, keeper):
    with pytest.raises(NoPrinter):
        order(backend, keeper)
    shop(9100)
    with pytest.raises(UnknownPrinter) as refused:
        order(backend, keeper, printer="Y")
    assert "Z" in str(refused.value)
    with pytest.raises(SheetOnLabelPrinter):
        printing.to_printer(backend, keeper, BOLT, "Z", "a4-3x8", as_written, "r1")


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        (LabelOrder(LabelKind.PRODUCT, ("NONE",)), UnknownProduct),
        (LabelOrder(LabelKind.LOT, ("L9",), "LOTTED"), UnknownLot),
        (LabelOrder(LabelKind.LOCATION, ("NONE",)), UnknownLocation),
        (LabelOrder(LabelKind.DOCUMENT, ("R-1",)), NotFound),
        (LabelOrder(LabelKind.PRODUCT, ("BOLT",) * 1001), TooManyLabels),
    ],
)
def test_what_is_not_there_gets_no_label(shop, keeper, what, refusal):
    backend = shop(closed_port())
    with pytest.raises(refusal):
        order(backend, keeper, what)
    assert jobs(backend, keeper) == ()


def test_labels_show_what_the_database_has(backend, catalog, keeper, admin):
    number = receive(backend, keeper, "MILK", 1, lot="M1").number

    def made(kind, *codes, **more):
        return backend.run(labels.labels, keeper, LabelOrder(kind, codes, **more))

    [carton] = made(LabelKind.PRODUCT, "14006381333938")
    assert carton.lines(as_written) == ("SKU BOLT", "1 carton = 24 pcs")
    [bag] = made(LabelKind.PRODUCT, "BOLT-BAG")
    assert bag.lines(as_written) == ("SKU BOLT", "10 pcs")
    [lot] = made(LabelKind.LOT, "M1", sku="MILK")
    assert lot.lines(as_written) == ("SKU MILK", "Lot M1", "Expires 2026-12-31")
    [document] = made(LabelKind.DOCUMENT, number.lower())
    assert (document.title, document.lines(as_written)[0]) == (number, "Receipt")
    assert [label.title for label in made(LabelKind.LOCATION, "MAIN", "A1", "a1", below=True)] == ["MAIN", "A1"]


def test_a_label_shows_only_what_its_role_may_see(backend, catalog, admin, finance, keeper):
    number = receive(backend, keeper, "BOLT", 1).number
    with pytest.raises(NotAllowed):
        backend.run(labels.labels, finance, LabelOrder(LabelKind.PRODUCT, ("BOLT",)))
    allow(backend, admin, "finance", Permission.LABEL_PRINT)
    assert backend.run(labels.labels, finance, LabelOrder(LabelKind.DOCUMENT, (number,)))


def test_a_code_that_no_scanner_types_is_refused(backend, catalog, admin, keeper):
    from wms_tui.domain.locations import LocationKind
    from wms_tui.domain.setup import NewLocation
    from wms_tui.services import locations

    backend.run(locations.add, admin, NewLocation("甲-01", "", LocationKind.BIN))
    with pytest.raises(Unencodable):
        backend.run(labels.labels, keeper, LabelOrder(LabelKind.LOCATION, ("甲-01",)))


def test_a_pdf_printer_puts_files_into_its_folder(backend, catalog, admin, keeper, tmp_path):
    backend.run(label_printers.add, admin, Printer("Office", PrinterKind.PDF, folder=str(tmp_path)))
    printed = order(backend, keeper, printer="Office")
    assert printed.labels == 3 and printed.job == 0
    [file] = tmp_path.iterdir()
    assert printed.path == str(file) and file.read_bytes().startswith(b"%PDF")


def test_a_job_keeps_what_was_ordered(shop, keeper, printer, admin):
    """What is printed later is what was seen when it was ordered."""
    z = printer()
    backend = shop(z.port)
    backend.run(label_queue.enqueue, keeper, NewJob("Z", "x", "by hand", 1, "^XA^FO1,1^A0N,9,9^FDA^FS^XZ\n"))
    work_off(backend)
    assert z.jobs == [b"^XA^FO1,1^A0N,9,9^FDA^FS^XZ\n"]
