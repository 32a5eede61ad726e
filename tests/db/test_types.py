"""Decimals and moments come back as they went in, on both engines."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, MetaData, Table, func, insert, select

from wms_tui.db.types import Key, Moment, Money, Quantity

METADATA = MetaData()
KEPT = Table(
    "kept",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("quantity", Quantity),
    Column("price", Money),
    Column("at", Moment),
)


@pytest.fixture
def keep(backend):
    """Write values and read them back, through SQLAlchemy."""
    backend.work(lambda tx: METADATA.create_all(tx.connection))

    def round_trip(column, *values):
        def job(tx):
            tx.connection.execute(insert(KEPT), [{column: value} for value in values])
            return [value for (value,) in tx.connection.execute(select(KEPT.c[column]).order_by(KEPT.c.id))]

        return backend.work(job)

    return round_trip


EXACT = ["0", "1", "-1", "0.000001", "-0.000001", "0.1", "999999999.999999", "-999999999.999999", "1200", "1E+3"]


def test_quantities_are_exact(keep):
    values = [Decimal(text) for text in EXACT]
    back = keep("quantity", *values)
    assert back == values
    assert {type(value) for value in back} == {Decimal}
    assert keep("quantity", None)[-1] is None


def test_prices_are_exact(keep):
    values = [Decimal("0.0001"), Decimal("99999999999999.9999"), Decimal(80)]
    assert keep("price", *values) == values


@pytest.mark.parametrize("value", ["0.0000001", "1.0000005", "NaN", "Infinity"])
def test_what_would_be_rounded_is_refused(keep, value):
    with pytest.raises(Exception, match=r"decimals|cannot convert"):
        keep("quantity", Decimal(value))


def test_sums_and_comparisons_in_the_database_are_exact(backend, keep):
    keep("quantity", *[Decimal("0.1")] * 10, *[Decimal("999999999.999999")] * 100)
    total = select(func.sum(KEPT.c.quantity))
    tenths = select(func.count()).where(KEPT.c.quantity == Decimal("0.1"))
    more = select(func.count()).where(KEPT.c.quantity + Decimal("0.000001") == Decimal("1000000000"))

    def look(tx):
        return [tx.connection.execute(statement).scalar_one() for statement in (total, tenths, more)]

    assert backend.work(look, writes=False) == [Decimal("100000000000.9999"), 10, 100]


MOMENTS = [
    datetime(2026, 6, 15, 10, 0, tzinfo=UTC),
    datetime(2026, 6, 15, 10, 0, 0, 1, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(9998, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
]


def test_moments_come_back_in_utc(keep):
    back = keep("at", *MOMENTS)
    assert back == MOMENTS
    assert {moment.utcoffset() for moment in back} == {timedelta(0)}


def test_moments_sort_as_they_happened(backend, keep):
    keep("at", *MOMENTS)
    statement = select(KEPT.c.at).order_by(KEPT.c.at)
    found = backend.work(lambda tx: [at for (at,) in tx.connection.execute(statement)], writes=False)
    assert found == sorted(MOMENTS)


def test_a_moment_without_a_zone_is_refused(keep):
    with pytest.raises(Exception, match="time zone"):
        keep("at", datetime(2026, 6, 15))
