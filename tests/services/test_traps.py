"""Traps that warehouse programs are known to fall into, each shown to be there and gone round."""

import os

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.counting import begin, count, reviewed, submit
from tests.support.ledger import ADJUSTMENT, ISSUE, TRANSFER, issue, line, post, receive, reverse, stock
from wms_tui.db.transaction import Tx
from wms_tui.domain.catalog import CatalogQuery, NewProduct
from wms_tui.domain.counting_review import Approve
from wms_tui.domain.errors import NotEnoughStock
from wms_tui.services import catalog as catalog_services
from wms_tui.services import catalog_editing, counting_review

TAKE_BY_PUTTING = (
    "INSERT INTO balance (product_id, location_id, lot_id, quantity) "
    "SELECT product_id, location_id, lot_id, -1 FROM balance WHERE quantity > 0 "
    "ON CONFLICT (product_id, location_id, lot_id) DO UPDATE SET quantity = balance.quantity + excluded.quantity"
)


@pytest.mark.usefixtures("catalog")
class TestANegativeQuantityProposed:
    """``INSERT … ON CONFLICT DO UPDATE`` checks the row that it proposes, though it would only change another."""

    def test_the_plain_upsert_is_refused_with_enough_stock(self, backend, keeper):
        receive(backend, keeper, "BOLT", 10)
        with pytest.raises(IntegrityError):
            backend.work(lambda tx: tx.connection.exec_driver_sql(TAKE_BY_PUTTING))
        assert stock(backend) == {("BOLT", "A1"): 10}

    def test_ours_takes_what_is_there_to_the_last_piece(self, backend, keeper):
        receive(backend, keeper, "BOLT", 10)
        issue(backend, keeper, "BOLT", 4)
        post(backend, keeper, ISSUE, *[line("BOLT", 2, source="A1")] * 3)
        assert stock(backend) == {}

    def test_ours_takes_nothing_of_what_is_not_there(self, backend, keeper):
        receive(backend, keeper, "BOLT", 1)
        for lines in (
            [line("BOLT", 2, source="A1")],
            [line("BOLT", 1, source="A1")] * 2,
            [line("NUT", 1, source="A1")],
        ):
            with pytest.raises(NotEnoughStock):
                post(backend, keeper, ISSUE, *lines)
        assert stock(backend) == {("BOLT", "A1"): 1}


@pytest.fixture
def c_locale(postgres_url):
    """A connection to a database that knows of no letters outside ASCII, with pg_trgm."""
    name = f"wms_test_{os.getpid()}_c_locale"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
        try:
            with psycopg.connect(postgres_url, dbname=name, autocommit=True) as connection:
                connection.execute("CREATE EXTENSION pg_trgm")
                yield connection
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


class TestTrigramsInChinese:
    """pg_trgm asks the locale what a letter is, and ``lc_ctype = C`` knows none of Chinese."""

    def test_pg_trgm_finds_nothing(self, c_locale):
        def one(sql):
            return c_locale.execute(sql).fetchone()[0]

        assert one("SELECT show_trgm('bolt')") != []
        assert one("SELECT show_trgm('不锈钢螺栓')") == []
        assert one("SELECT similarity('不锈钢螺栓', '不锈钢螺栓')") == 0
        assert not one("SELECT '不锈钢螺栓' %> '螺栓'")

    @pytest.mark.parametrize("part", ["螺栓", "锈钢", "不锈钢螺栓", "栓"])
    def test_ours_finds_any_part(self, backend, catalog, admin, keeper, part):
        made = NewProduct({"sku": "X1", "name": "不锈钢螺栓", "unit": "pcs"})
        backend.run(catalog_editing.create, admin, made)
        found = backend.run(catalog_services.search, keeper, CatalogQuery(part))
        assert [row.sku for row in found.rows] == ["X1"]


@pytest.mark.usefixtures("catalog")
def test_no_posting_goes_through_the_orm(backend, keeper, finance, monkeypatch):
    """It would hold the balance's lock while Python runs."""

    def refuse(*_arguments, **_options):
        pytest.fail("an ORM session while stock is posted")

    plan = begin(backend, keeper, "A1")
    monkeypatch.setattr(Session, "__init__", refuse)
    monkeypatch.setattr(Tx, "session", property(refuse))
    receive(backend, keeper, "BOLT", 10)
    post(backend, keeper, TRANSFER, *[line("BOLT", 1, source="A1", target="A2")] * 2)
    post(backend, keeper, ADJUSTMENT, line("14006381333938", 1, target="A1", reason="FOUND"))
    receive(backend, keeper, "LOTTED", 3, lot="a new one")
    with pytest.raises(NotEnoughStock):
        issue(backend, keeper, "BOLT", 100)
    reverse(backend, keeper, issue(backend, keeper, "BOLT", 5).number)
    count(backend, keeper, plan, "A1", "30", "BOLT", "3", "LOTTED", "a new one")
    submit(backend, keeper, plan)
    differing = len(reviewed(backend, finance, plan, differing=True))
    backend.run(counting_review.approve, finance, Approve(plan, differing))
    assert stock(backend) == {("BOLT", "A1"): 30, ("BOLT", "A2"): 2, ("LOTTED", "A1", "a new one"): 3}
