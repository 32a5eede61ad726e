"""An older database learns which units have decimals: those that measure, or have a part of one in stock."""

from contextlib import closing

from sqlalchemy import text

from wms_tui.db import schema
from wms_tui.db.engine import open_engine
from wms_tui.services.backend import Backend

UNITS = {11: "kg", 12: "sack", 13: "pair", 14: "升"}
ON_HAND = {12: "0.5", 13: "3"}


def test_an_upgrade_keeps_what_was_moved_in_parts_movable(empty_url):
    engine = open_engine(empty_url, create=True)
    with engine.connect() as connection:
        schema.prepare(connection)
        schema.begin(connection)
        schema.run_migrations(connection, "0007")
        furnish(connection)
        connection.exec_driver_sql("COMMIT")
    engine.dispose()
    Backend.prepare(empty_url)
    with closing(Backend.open(empty_url)) as backend:
        asked = text("SELECT code FROM unit WHERE decimals ORDER BY id")
        found = backend.work(lambda tx: [code for (code,) in tx.connection.execute(asked)], writes=False)
    assert found == ["kg", "sack", "升"]


def furnish(connection):
    scale = 1_000_000 if connection.dialect.name == "sqlite" else 1
    connection.execute(text("INSERT INTO location (id, code, name, kind, closed) VALUES (1, 'B', '', 'bin', false)"))
    for key, code in UNITS.items():
        values = {"key": key, "code": code, "held": float(ON_HAND.get(key, 0)) * scale, "at": "2026-01-01 00:00:00+00"}
        connection.execute(text("INSERT INTO unit (id, code, name) VALUES (:key, :code, '')"), values)
        connection.execute(
            text(
                "INSERT INTO product (id, sku, name, specification, unit_id, tracking, active, version, created_at, "
                "updated_at) VALUES (:key, :code, '', '', :key, 'none', true, 1, :at, :at)"
            ),
            values,
        )
        connection.execute(text("INSERT INTO balance VALUES (:key, 1, 0, :held)"), values)
