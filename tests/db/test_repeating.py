"""An INSERT for many rows at a time writes what one statement a row writes."""

from decimal import Decimal

import pytest
from sqlalchemy import bindparam, func, insert, select

from wms_tui.db import faults
from wms_tui.db.prepared import Prepared, upsert
from wms_tui.db.repeating import ROWS, Repeated
from wms_tui.db.tables import Counter, Product, Unit, core

UNIT, PRODUCT, COUNTER = core(Unit), core(Product), core(Counter)
ADD = Prepared(lambda: insert(UNIT).values(code=bindparam("code"), name=bindparam("name"), decimals=True))
FOUND = Prepared(lambda: select(UNIT.c.code, UNIT.c.name).where(UNIT.c.code != "pcs").order_by(UNIT.c.id))
COUNTED = Prepared(lambda: select(COUNTER.c.name, COUNTER.c.value))
ADD_PRODUCT = Prepared(
    lambda: insert(PRODUCT).values(
        **{name: bindparam(name) for name in ("sku", "name", "unit_id", "cost", "created_at", "updated_at")},
        specification="",
        tracking="none",
        active=True,
        version=1,
    )
)
COSTS = Prepared(lambda: select(PRODUCT.c.sku, PRODUCT.c.cost, PRODUCT.c.created_at).order_by(PRODUCT.c.id))

SIZES = [1, 2, ROWS - 1, ROWS, ROWS + 1, 2 * ROWS, 3 * ROWS + 7]


def _count(dialect):
    """Adds, but nowhere over a hundred: the bound is a parameter behind those of the row."""
    proposed = upsert(dialect, COUNTER).values(name=bindparam("name"), value=bindparam("value"))
    return proposed.on_conflict_do_update(
        index_elements=["name"],
        set_={"value": COUNTER.c.value + proposed.excluded.value},
        where=COUNTER.c.value <= 100 - proposed.excluded.value,
    )


COUNT = Prepared.by_dialect(_count)


@pytest.mark.parametrize("size", SIZES)
def test_rows_and_columns_are_written_in_their_order(backend, size):
    codes = [f"u{number}" for number in range(size)]

    def by_rows(tx):
        return tx.many(ADD, [{"code": code, "name": code.upper()} for code in codes]), tx.all(FOUND)

    def by_columns(tx):
        return tx.columns(ADD, {"code": [f"v{code}" for code in codes]}, name="all"), tx.all(FOUND)

    assert backend.work(by_rows) == (size, [(code, code.upper()) for code in codes])
    touched, found = backend.work(by_columns)
    assert (touched, found[size:]) == (size, [(f"v{code}", "all") for code in codes])


@pytest.mark.parametrize("size", SIZES)
def test_each_row_meets_what_the_rows_before_it_have_left(backend, size):
    names = [f"n{number % 3}" for number in range(size)]

    def job(tx):
        touched = tx.columns(COUNT, {"name": names, "value": [10] * size})
        return touched, dict(tx.all(COUNTED))

    touched, counted = backend.work(job)
    assert counted == {name: min(100, 10 * names.count(name)) for name in set(names)}
    assert touched == sum(value // 10 for value in counted.values())


def test_values_are_converted_whichever_way_they_are_given(backend):
    costs = [Decimal(number) / 10_000 if number % 7 else None for number in range(2 * ROWS + 3)]
    skus = [f"P{number}" for number in range(len(costs))]

    def job(tx):
        shared = {"name": "", "unit_id": 1, "created_at": tx.now, "updated_at": tx.now}
        tx.columns(ADD_PRODUCT, {"sku": skus, "cost": costs}, **shared)
        tx.many(ADD_PRODUCT, [{"sku": f"Q{s}", "cost": c, **shared} for s, c in zip(skus, costs, strict=True)])
        return tx.all(COSTS)

    rows = backend.work(job)
    assert rows == [
        (f"{way}{sku}", cost, backend.clock()) for way in ("", "Q") for sku, cost in zip(skus, costs, strict=True)
    ]


@pytest.mark.parametrize("place", [0, ROWS - 1, ROWS, 2 * ROWS + 1])
def test_one_row_that_cannot_be_is_refused_with_all_the_others(backend, place):
    codes = [f"u{number}" for number in range(2 * ROWS + 2)]
    codes[place] = "pcs"
    with pytest.raises(Exception) as refused:
        backend.work(lambda tx: tx.columns(ADD, {"code": codes}, name="all"))
    assert faults.is_constraint(refused.value)
    assert backend.work(lambda tx: tx.all(FOUND), writes=False) == []


def test_only_a_plain_row_of_parameters_is_repeated():
    assert Repeated.of("INSERT INTO a (b, c) VALUES (?, ?)") is not None
    assert Repeated.of("INSERT INTO a (b, c) VALUES (?, (SELECT max(d) FROM e WHERE f = ?))") is None
    assert Repeated.of("INSERT INTO a (b, c) SELECT ?, ?") is None
    assert Repeated.of("UPDATE a SET b = ? WHERE c IN (SELECT d FROM (VALUES (?, ?)))") is None


def test_an_expression_in_a_row_is_left_to_a_statement_a_row(backend):
    lower = Prepared(
        lambda: insert(UNIT).values(code=func.lower(bindparam("code")), name=bindparam("name"), decimals=True)
    )
    codes = [f"U{number}" for number in range(2 * ROWS)]
    backend.work(lambda tx: tx.columns(lower, {"code": codes}, name="all"))
    assert [code for code, _ in backend.work(lambda tx: tx.all(FOUND), writes=False)] == [c.lower() for c in codes]
