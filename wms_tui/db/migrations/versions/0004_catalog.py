"""The catalog's search index, its order by SKU, and a price history that can only be appended to.

SQLite keeps the pieces in a full-text index beside the texts; PostgreSQL in an array of each text's row.
"""

from __future__ import annotations

from collections.abc import Iterator

from alembic import op
from sqlalchemy import text

from wms_tui.domain.searching import marked, pieces, searchable

revision = "0004"
down_revision = "0003"

BATCH = 2000


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()
    op.execute("CREATE INDEX ix_product_category_id_sku ON product (category_id, sku)")
    _fill()


def _sqlite() -> None:
    op.execute(
        "CREATE TABLE product_search (product_id INTEGER PRIMARY KEY REFERENCES product (id), text TEXT NOT NULL)"
    )
    op.execute(
        "CREATE VIRTUAL TABLE product_piece USING fts5(pieces, content='', detail='none', columnsize=0, tokenize='ascii')"
    )
    refuse = "BEGIN SELECT RAISE(ABORT, 'price_change is append-only'); END"
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER price_change_no_{verb.lower()} BEFORE {verb} ON price_change {refuse}")
    op.execute(
        "CREATE TRIGGER price_change_no_replace BEFORE INSERT ON price_change "
        f"WHEN EXISTS (SELECT 1 FROM price_change WHERE id = NEW.id) {refuse}"
    )


def _postgresql() -> None:
    op.execute(
        "CREATE TABLE product_search "
        "(product_id bigint PRIMARY KEY REFERENCES product (id), text text NOT NULL, pieces text[] NOT NULL)"
    )
    op.execute("CREATE INDEX ix_product_search_pieces ON product_search USING gin (pieces) WITH (fastupdate = off)")
    op.execute('CREATE INDEX ix_product_sku_c ON product (sku COLLATE "C")')
    op.execute(
        "CREATE TRIGGER price_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON price_change "
        "FOR EACH STATEMENT EXECUTE FUNCTION wms_append_only()"
    )


def _fill() -> None:
    """Index the products that are there already."""
    connection = op.get_bind()
    array = connection.dialect.name != "sqlite"
    for found in _products():
        if array:
            rows = [{"id": key, "text": said, "pieces": sorted(pieces(said))} for key, said in found]
            connection.execute(text("INSERT INTO product_search VALUES (:id, :text, :pieces)"), rows)
            continue
        rows = [{"id": key, "text": said, "pieces": " ".join(sorted(pieces(said)))} for key, said in found]
        connection.execute(text("INSERT INTO product_search VALUES (:id, :text)"), rows)
        connection.execute(text("INSERT INTO product_piece (rowid, pieces) VALUES (:id, :pieces)"), rows)


def _products() -> Iterator[list[tuple[int, str]]]:
    """(id, searchable text) of all products, in batches."""
    connection, after = op.get_bind(), 0
    while True:
        products = connection.execute(
            text("SELECT id, sku, name, category_id, active FROM product WHERE id > :after ORDER BY id LIMIT :most"),
            {"after": after, "most": BATCH},
        ).all()
        if not products:
            return
        last = products[-1][0]
        codes = connection.execute(
            text("SELECT product_id, code FROM barcode WHERE product_id > :after AND product_id <= :last"),
            {"after": after, "last": last},
        ).all()
        known: dict[int, list[str]] = {}
        for key, code in codes:
            known.setdefault(key, []).append(code)
        yield [
            (key, marked(searchable(" ".join([sku, name, *sorted(known.get(key, []))])), category_id, bool(active)))
            for key, sku, name, category_id, active in products
        ]
        after = last
