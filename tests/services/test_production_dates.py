"""The production date on a label reaches the lot that the label makes."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.services.test_entry import Desk
from tests.support.counting import begin, scan
from tests.support.labels import GS, MILK, RESIN, add_labels
from tests.support.ledger import RECEIPT, document, line
from tests.support.together import in_one_batch
from wms_tui.db.tables import Lot, core
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.domain.posting import fingerprint
from wms_tui.services import entry, history, movements

pytestmark = pytest.mark.usefixtures("catalog")
JANUARY, FEBRUARY, MARCH = date(2026, 1, 15), date(2026, 2, 1), date(2027, 3, 31)
WHOLE = f"01{MILK}1126011517270331" + "10AB12"


@pytest.fixture
def labelled(backend):
    add_labels(backend)


@pytest.fixture
def receiving(backend, keeper, labelled):
    at = Desk(backend, keeper, RECEIPT)
    at.enter("A1")
    return at


def made(backend):
    """Lot number → production date, without the lots of the catalog's own."""
    lot = core(Lot)
    found = select(lot.c.number, lot.c.manufactured).where(lot.c.number.not_in(["", "L1", "M1", "GONE"]))
    return dict(backend.work(lambda tx: [tuple(row) for row in tx.connection.execute(found)], writes=False))


@pytest.mark.parametrize(
    "scans",
    [
        (WHOLE,),
        (f"01{MILK}11260115", "10AB12" + f"{GS}17270331"),
        (f"01{MILK}", "1126011517270331" + "10AB12"),
        (f"01{MILK}11260115", "AB12", "2027-03-31"),
        (f"01{MILK}", "AB12", "1126011517270331"),
    ],
)
def test_it_is_kept_with_the_lot_from_whichever_label_says_it(backend, keeper, receiving, scans):
    receiving.enter(*scans)
    number = receiving.post().number
    assert made(backend) == {"AB12": JANUARY}
    (shown,) = backend.run(history.detail, keeper, number).lines
    assert (shown.lot, shown.manufactured, shown.expires) == ("AB12", JANUARY, MARCH)


def test_a_lot_that_is_only_tracked_by_number_has_it_too(backend, receiving):
    receiving.enter(f"01{RESIN}11260115" + "10R1")
    receiving.post()
    assert made(backend) == {"R1": JANUARY}


def test_scans_of_one_lot_are_one_line_whether_they_say_it_or_not(backend, receiving):
    receiving.enter(f"01{MILK}17270331" + "10AB12", f"01{MILK}1126020117270331" + "10AB12", WHOLE, f"01{MILK}", "AB12")
    (drafted,) = backend.run(entry.lines, receiving.actor, receiving.ref)
    assert (drafted.quantity, drafted.manufactured) == (4, JANUARY)
    receiving.post()
    assert made(backend) == {"AB12": JANUARY}


def test_a_scan_that_is_taken_back_takes_its_date_along(backend, receiving):
    receiving.enter(f"01{MILK}17270331" + "10AB12", WHOLE)
    receiving.undo()
    receiving.post()
    assert made(backend) == {"AB12": None}


def test_a_lot_that_is_there_keeps_what_is_known_of_it(backend, keeper, receiving):
    receiving.enter(WHOLE)
    receiving.post()
    again = Desk(backend, keeper, RECEIPT)
    again.enter("A1", f"01{MILK}1126020117270331" + "10AB12")
    again.post()
    assert made(backend) == {"AB12": JANUARY}


def test_documents_of_several_users_that_go_in_one_batch_bring_theirs(backend, keeper, other_keeper, admin):
    milk = {"target": "A1", "expires": MARCH}
    answers = in_one_batch(
        backend,
        (movements.post, keeper, document(RECEIPT, line("MILK", 1, lot="M3", manufactured=JANUARY, **milk))),
        (movements.post, other_keeper, document(RECEIPT, line("MILK", 1, lot="M2", **milk))),
        (movements.post, admin, document(RECEIPT, *(line("MILK", lot=n, manufactured=FEBRUARY, **milk) for n in "ab"))),
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert made(backend) == {"M3": JANUARY, "M2": None, "a": FEBRUARY, "b": FEBRUARY}


def test_a_count_that_finds_an_unknown_lot_keeps_it(backend, keeper, labelled):
    scan(backend, keeper, begin(backend, keeper, "A1"), "A1", f"01{MILK}11260115", "AB12", "2027-03-31")
    assert made(backend) == {"AB12": JANUARY}


def test_a_request_without_it_has_the_fingerprint_that_it_always_had():
    """As it was computed by the version before."""
    said = Line("MILK", Decimal(2), target="A1", lot="M1", expires=MARCH)
    plain = PostDocument(DocumentKind.RECEIPT, "k", (said,))
    assert fingerprint(plain.kind, plain) == "134b050d98ba79346ca7480967c0a58693f142dac41ebb4c66d7b2966b1a4ac4"
    dated = PostDocument(DocumentKind.RECEIPT, "k", (Line("MILK", Decimal(2), target="A1", manufactured=JANUARY),))
    assert fingerprint(dated.kind, dated) != fingerprint(plain.kind, plain)
