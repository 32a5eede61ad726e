"""Statements that keep units, reasons, partners and settings."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.sql.dml import Insert

from wms_tui.db.movements import REASON
from wms_tui.db.prepared import Prepared, PreparedMany, among, upsert
from wms_tui.db.tables import (
    Barcode,
    CountScan,
    DraftScan,
    Movement,
    Partner,
    Product,
    ProductUnit,
    Setting,
    Unit,
    core,
)
from wms_tui.db.transaction import Tx

UNIT, PRODUCT, PRODUCT_UNIT, BARCODE = core(Unit), core(Product), core(ProductUnit), core(Barcode)
PARTNER, SETTING, MOVEMENT = core(Partner), core(Setting), core(Movement)
SCAN, COUNTED = core(DraftScan), core(CountScan)


def _put_setting(dialect: str) -> Insert:
    put = upsert(dialect, SETTING).values(name=bindparam("name"), value=bindparam("value"))
    return put.on_conflict_do_update(index_elements=["name"], set_={"value": put.excluded.value})


REFERRING = (
    PRODUCT.c.unit_id,
    PRODUCT_UNIT.c.unit_id,
    BARCODE.c.unit_id,
    MOVEMENT.c.unit_id,
    SCAN.c.unit_id,
    COUNTED.c.unit_id,
)
"""All that refers to a unit."""

UNITS = Prepared(
    lambda: (
        select(UNIT.c.code, UNIT.c.name, func.count(PRODUCT.c.id), UNIT.c.decimals)
        .outerjoin(PRODUCT, PRODUCT.c.unit_id == UNIT.c.id)
        .group_by(UNIT.c.id, UNIT.c.code, UNIT.c.name, UNIT.c.decimals)
        .order_by(UNIT.c.code)
    )
)
ADD_UNIT = Prepared(lambda: insert(UNIT).values({name: bindparam(name) for name in ("code", "name", "decimals")}))
NAME_UNIT = Prepared(
    lambda: (
        update(UNIT)
        .where(
            UNIT.c.code == bindparam("unit"),
            UNIT.c.name == bindparam("seen"),
            UNIT.c.decimals == bindparam("seen_decimals", type_=UNIT.c.decimals.type),
        )
        .values(name=bindparam("name"), decimals=bindparam("decimals"))
    )
)
TOUCH_PRODUCTS = Prepared(
    lambda: (
        update(PRODUCT)
        .where(PRODUCT.c.unit_id.in_(select(UNIT.c.id).where(UNIT.c.code == bindparam("unit"))))
        .values(version=PRODUCT.c.version + 1, updated_at=bindparam("now"))
    )
)
UNIT_USED = Prepared(
    lambda: select(UNIT.c.id).where(
        UNIT.c.code == bindparam("code"),
        or_(*(exists().where(column == UNIT.c.id) for column in REFERRING)),
    )
)
REMOVE_UNIT = Prepared(lambda: delete(UNIT).where(UNIT.c.code == bindparam("code")))
CHANGE_REASON = Prepared(
    lambda: (
        update(REASON)
        .where(
            REASON.c.code == bindparam("reason"),
            REASON.c.name == bindparam("seen_name"),
            REASON.c.active == bindparam("seen_active", type_=REASON.c.active.type),
        )
        .values(name=bindparam("name"), active=bindparam("active"))
    )
)
PARTNERS = Prepared(
    lambda: select(PARTNER.c.code, PARTNER.c.name, PARTNER.c.kind, PARTNER.c.active).order_by(PARTNER.c.code)
)
FIND_PARTNER = Prepared(
    lambda: select(PARTNER.c.name).where(
        PARTNER.c.active.is_(True), or_(PARTNER.c.code == bindparam("text"), PARTNER.c.code == bindparam("capitals"))
    )
)
ADD_PARTNER = Prepared(
    lambda: insert(PARTNER).values(code=bindparam("code"), name=bindparam("name"), kind=bindparam("kind"), active=True)
)
CHANGE_PARTNER = Prepared(
    lambda: (
        update(PARTNER)
        .where(
            PARTNER.c.code == bindparam("partner"),
            PARTNER.c.name == bindparam("seen_name"),
            PARTNER.c.kind == bindparam("seen_kind"),
            PARTNER.c.active == bindparam("seen_active", type_=PARTNER.c.active.type),
        )
        .values(name=bindparam("name"), kind=bindparam("kind"), active=bindparam("active"))
    )
)
SETTINGS = Prepared(lambda: select(SETTING.c.name, SETTING.c.value))
SETTINGS_NAMED = PreparedMany(lambda names: select(SETTING.c.name, SETTING.c.value).where(among(SETTING.c.name, names)))
PUT_SETTING = Prepared.by_dialect(_put_setting)


def partner(tx: Tx, text: str) -> str:
    """The name of the active partner with this code, empty if there is none."""
    row = tx.one(FIND_PARTNER, text=text, capitals=text.upper())
    return str(row[0]) if row else ""
