"""Prepared statements give and take Python values on both engines."""

from decimal import Decimal

from sqlalchemy import bindparam, insert, select

from wms_tui.db.prepared import Prepared, PreparedMany, among
from wms_tui.db.tables import Product, Unit, core
from wms_tui.services.backend import Backend

UNIT, PRODUCT = core(Unit), core(Product)
ADD = Prepared(
    lambda: insert(UNIT).values(code=bindparam("code"), name=bindparam("name"), decimals=True).returning(UNIT.c.id)
)
CODES = PreparedMany(lambda names: select(UNIT.c.code).where(among(UNIT.c.code, names)))
COSTS = Prepared(lambda: select(PRODUCT.c.sku, PRODUCT.c.cost, PRODUCT.c.active).order_by(PRODUCT.c.sku))


def test_decimals_truth_values_and_absent_values_come_back_as_they_are(backend, catalog):
    rows = {sku: rest for sku, *rest in backend.work(lambda tx: tx.all(COSTS), writes=False)}
    assert rows["BOLT"] == [Decimal("0.25"), True]
    assert rows["NUT"] == [None, True]
    assert rows["OLD"] == [None, False]
    assert isinstance(rows["BOLT"][0], Decimal)


def test_returning_gives_the_new_key(backend):
    def job(tx):
        return [tx.one(ADD, code=code, name="")[0] for code in ("one", "two")]

    first, second = backend.work(job)
    assert second > first


def test_lists_of_any_length_find_every_row_once(backend: Backend):
    codes = [f"u{number}" for number in range(700)]

    def job(tx):
        tx.many(
            Prepared(lambda: insert(UNIT).values(code=bindparam("code"), name="", decimals=True)),
            [{"code": c} for c in codes],
        )
        return {length: tx.among(CODES, codes[:length]) for length in (0, 1, 2, 8, 9, 64, 65, 512, 513, 700)}

    for length, rows in backend.work(job).items():
        assert sorted(code for (code,) in rows) == sorted(codes[:length])
