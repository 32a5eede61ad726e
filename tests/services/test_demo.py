"""The furnished warehouse: sound, the same for the same seed, and with everything that a look around needs."""

from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from shutil import copyfile

import pytest
from sqlalchemy import text

from tests.support.clock import Clock
from wms_tui.domain.barcodes import has_wrong_check_digit
from wms_tui.domain.database_errors import NotFresh
from wms_tui.domain.enquiry import HistoryQuery, Today
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.products import Tracking
from wms_tui.domain.texts import as_written
from wms_tui.services import access, entry, history, home
from wms_tui.services.backend import Backend
from wms_tui.services.demo.calendar import days
from wms_tui.services.demo.furnishing import PEOPLE, SEED, furnish
from wms_tui.services.demo.goods import stocked
from wms_tui.services.demo.trade import Trade
from wms_tui.services.verify import verify
from wms_tui.tui.walking import FURNISHED, NOW, PASSWORD

LEDGER = """
SELECT d.number, d.request_id, d.partner, d.posted_at, p.sku, l.number, l.expires, m.source_id, m.target_id, m.quantity
FROM movement m
JOIN document d ON d.id = m.document_id JOIN product p ON p.id = m.product_id JOIN lot l ON l.id = m.lot_id
ORDER BY m.id
"""


@pytest.fixture(scope="module")
def demo(demonstration, sqlite_files):
    path = sqlite_files.folder / FURNISHED
    copyfile(demonstration / FURNISHED, path)
    with closing(Backend.open(f"sqlite:///{path}", Clock(NOW))) as backend:
        yield backend


def trade(seed, day):
    generator = Trade(stocked(), seed)
    return [*generator.opening(day), *generator.day(day)]


def sign_in(backend, name):
    return access.sign_in(backend, access.SignIn(name, PASSWORD, "test"))


def ledger(backend):
    return [tuple(row) for row in backend.work(lambda tx: tx.connection.execute(text(LEDGER)).all(), writes=False)]


def test_everything_in_it_is_sound(demo):
    report = verify(demo)
    assert [check.name for check in report.checks if check.problems] == []


def test_the_same_seed_and_moment_make_the_same_and_another_seed_does_not(demo, sqlite_files):
    with sqlite_files.empty() as url:
        furnish(url, NOW, PASSWORD)
        with closing(Backend.open(url)) as again:
            assert ledger(again) == ledger(demo)
    worked = list(days(NOW))[:5]
    one, other = ([posting.document for day in worked for posting in trade(seed, day)] for seed in (SEED, 5))
    assert one != other


def test_each_role_signs_in_with_the_password(demo):
    assert {name: sign_in(demo, name).role for name in PEOPLE} == PEOPLE
    assert set(PEOPLE.values()) == {"admin", "keeper", "finance"}


def test_goods_are_named_in_both_languages_with_right_codes_and_all_kinds_of_tracking():
    goods = stocked()
    assert len(goods) > 200
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in one.row.name) for one in goods)
    codes = [barcode.code for one in goods for barcode in one.row.barcodes]
    assert len(codes) == len(set(codes))
    assert {len(code) for code in codes} == {13, 14}
    assert not any(map(has_wrong_check_digit, codes))
    assert {one.row.tracking for one in goods} == set(Tracking)
    assert all(one.row.cost < one.row.price for one in goods)


def test_months_of_every_kind_of_document_with_more_at_the_end_and_sundays_off(demo):
    boss = sign_in(demo, "mei")
    kinds = dict.fromkeys(DocumentKind, 0)
    moments, query = [], HistoryQuery(limit=1000)
    while query:
        page = demo.run(history.page, boss, query)
        moments += [row.posted_at for row in page.rows if row.kind is DocumentKind.ISSUE]
        for row in page.rows:
            kinds[row.kind] += 1
        query = HistoryQuery(limit=1000, after=page.after) if page.after else None
    assert all(kinds[kind] for kind in DocumentKind if kind is not DocumentKind.COUNT)
    assert moments == sorted(moments, reverse=True)
    assert NOW - moments[-1] > timedelta(days=140)
    weekdays = Counter(moment.weekday() for moment in moments)
    assert weekdays[6] == 0 < weekdays[5] < min(weekdays[day] for day in range(5))
    half = NOW - timedelta(days=75)
    assert sum(moment > half for moment in moments) > 1.1 * sum(moment <= half for moment in moments)


def test_home_has_something_to_show(demo):
    keeper = sign_in(demo, "jun")
    figures = demo.run(home.figures, keeper, Today(NOW.replace(hour=0), NOW.date()))
    assert 0 < figures.low_stock < 60
    assert figures.expiring_lots
    assert figures.documents[DocumentKind.ISSUE]
    assert [draft.lines for draft in demo.run(entry.drafts, keeper, None)] == [3]


def test_a_database_that_is_at_work_is_left_alone(url):
    with closing(Backend.open(url)) as backend:
        before = backend.work(lambda tx: tx.connection.execute(text("SELECT count(*) FROM audit_event")).scalar())
        with pytest.raises(NotFresh) as refusal:
            furnish(url, NOW, PASSWORD)
        assert "was not touched" in refusal.value.text(as_written)
        assert backend.where in refusal.value.text(as_written)
        after = backend.work(lambda tx: tx.connection.execute(text("SELECT count(*) FROM audit_event")).scalar())
        assert after == before


@pytest.mark.parametrize("hour", [0, 3, 12, 23])
def test_days_follow_each_other_at_whatever_hour_it_is_now(hour):
    now = datetime(2026, 6, 14, hour, 5, tzinfo=UTC)
    worked = list(days(now))
    assert worked[-1].ends < now
    for before, after in pairwise(worked):
        assert before.begins < before.ends < after.begins < after.ends
