"""A bank in Jepsen's manner: many transfer among few hot locations, and whoever looks finds the same total each time.

Writers are threads of one process, whose documents go together, and processes of their own, whose documents meet in the
database alone. A reader looks at all accounts in one transaction.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import closing, contextmanager
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.support.clock import Clock
from tests.support.ledger import TRANSFER, document, line, receive
from tests.support.processes import Pipes, begun, ended
from tests.support.threads import PATIENCE
from tests.support.together import drafted
from tests.support.warehouse import password_hash, signed_in
from wms_tui.db.tables import Balance, Document, Location, core
from wms_tui.domain.entry import DraftRef, OpenDraft
from wms_tui.domain.errors import NotEnoughStock
from wms_tui.services import access, entry, movements
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify

ACCOUNTS = [f"BANK-{number}" for number in range(4)]
EACH = 5
"""What every account holds at first: so little that many transfers are refused."""
TOTAL = Decimal(EACH * len(ACCOUNTS))
TELLERS = [f"teller-{number}" for number in range(32)]
"""Writers are users of their own, since each has a draft."""

pytestmark = pytest.mark.usefixtures("catalog")


class Tally:
    """What happened while the bank was open."""

    def __init__(self) -> None:
        self.posted = self.refused = self.looks = 0
        self.wrong: list[object] = []
        self._lock = threading.Lock()

    def add(self, **seen: int) -> None:
        with self._lock:
            for name, times in seen.items():
                setattr(self, name, getattr(self, name) + times)


@pytest.fixture
def bank(backend, admin):
    """A backend with the tellers, and the accounts filled."""
    backend.work(lambda tx: [access.add(tx, name, password_hash(), "keeper") for name in TELLERS] and None)
    table = core(Location)
    rows = [{"code": code, "name": "", "kind": "bin", "closed": False} for code in ACCOUNTS]
    backend.work(lambda tx: tx.connection.execute(table.insert(), rows) and None)
    for code in ACCOUNTS:
        receive(backend, admin, "BOLT", EACH, target=code)
    return backend


def transfer(backend, actor, chance, name, serial) -> int:
    """One transfer of up to three pieces, at times on two lines, at times scanned; whether it was posted."""
    source, target, other = chance.sample(ACCOUNTS, 3)
    lines = [line("BOLT", chance.randint(1, 3), source=source, target=target)]
    if chance.random() < 0.3:
        lines.append(line("BOLT", 1, source=source, target=other))
    try:
        if chance.random() < 0.2:
            scan_and_post(backend, actor, lines)
        else:
            backend.run(movements.post, actor, document(TRANSFER, *lines, key=f"{name} {serial}"))
    except NotEnoughStock:
        return 0
    return 1


def scan_and_post(backend, actor, lines) -> None:
    """Or throw it away, where what is on the shelf is not enough by then."""
    texts = [text for one in lines for text in (one.source, one.target, f"{one.quantity}", "BOLT")]
    try:
        backend.run(entry.post, actor, drafted(backend, actor, TRANSFER, *texts))
    except NotEnoughStock:
        draft = backend.run(entry.open_draft, actor, OpenDraft(TRANSFER))
        backend.run(entry.discard, actor, DraftRef(TRANSFER, draft.draft_id))
        raise


def writer(backend, tally, name, stop):
    actor = signed_in(backend, name)
    chance, serial = random.Random(name), 0

    def work():
        nonlocal serial
        while not stop.is_set():
            serial += 1
            posted = transfer(backend, actor, chance, name, serial)
            tally.add(posted=posted, refused=1 - posted)

    return work


def reader(backend, tally, stop):
    balance = core(Balance)
    look = select(
        func.count(), func.sum(balance.c.quantity, type_=balance.c.quantity.type), func.min(balance.c.quantity)
    )

    def work():
        while not stop.wait(0.002):
            accounts, total, least = backend.work(lambda tx: tx.connection.execute(look).one(), writes=False)
            tally.add(looks=1)
            if (accounts, total) != (len(ACCOUNTS), TOTAL) or least < 0:
                tally.wrong.append((accounts, total, least))

    return work


@contextmanager
def at_work(tally: Tally, stop: threading.Event, jobs: list[Callable[[], None]]):
    """The jobs run in threads until the block is left; what one of them raises is kept as wrong."""

    def guarded(job):
        try:
            job()
        except Exception as error:
            tally.wrong.append(error)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


def closes_well(backend, tally, posted):
    """Nothing was seen that may not be, and the books hold what was answered, once."""
    assert tally.wrong == []
    assert tally.looks > 0 and posted > 0
    count = select(func.count()).where(core(Document).c.kind == TRANSFER.value)
    assert backend.work(lambda tx: tx.connection.execute(count).scalar_one(), writes=False) == posted
    assert verify(backend).ok


def one_process(bank, seconds):
    tally, stop = Tally(), threading.Event()
    jobs = [writer(bank, tally, teller, stop) for teller in TELLERS]
    jobs += [reader(bank, tally, stop) for _ in range(2)]
    with at_work(tally, stop, jobs):
        time.sleep(seconds)
    print(f"\n{tally.posted} posted, {tally.refused} refused, {tally.looks} looks, {len(tally.wrong)} wrong")
    closes_well(bank, tally, tally.posted)


def several_processes(bank, url, processes, threads, seconds):
    """Each process has its own threads; a reader looks from here."""
    tally, stop = Tally(), threading.Event()
    hears, tells = Pipes(duplex=False)
    with at_work(tally, stop, [reader(bank, tally, stop)]):
        banks = [
            begun(branch, tells, url, seconds, TELLERS[first : first + threads])
            for first in range(0, processes * threads, threads)
        ]
        assert [ended(process, seconds + 4 * PATIENCE) for process in banks] == [0] * processes
    told = [hears.recv() for _ in banks]
    assert [wrong for *_, wrong in told] == [[]] * processes
    posted, refused = (sum(one[place] for one in told) for place in (0, 1))
    print(f"\n{posted} posted, {refused} refused, {tally.looks} looks, {len(tally.wrong)} wrong")
    closes_well(bank, tally, posted)


def test_32_writers_of_one_process_keep_the_total(bank):
    one_process(bank, seconds=1.5)


def test_writers_of_several_processes_keep_the_total(bank, url):
    several_processes(bank, url, processes=3, threads=4, seconds=1.5)


@pytest.mark.campaign
def test_32_writers_of_one_process_keep_the_total_for_long(bank):
    one_process(bank, seconds=120)


@pytest.mark.campaign
def test_32_writers_of_eight_processes_keep_the_total_for_long(bank, url):
    several_processes(bank, url, processes=8, threads=4, seconds=120)


def branch(tells, url, seconds, tellers):
    """A process of some tellers; tells how many transfers were posted and refused, and what went wrong at first."""
    tally, stop = Tally(), threading.Event()
    with closing(Backend.open(url, Clock(), busy_seconds=PATIENCE)) as backend:
        jobs = [writer(backend, tally, teller, stop) for teller in tellers]
        with at_work(tally, stop, jobs):
            time.sleep(seconds)
    tells.send((tally.posted, tally.refused, [repr(wrong)[:300] for wrong in tally.wrong[:5]]))
