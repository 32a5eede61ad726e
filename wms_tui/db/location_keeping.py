"""Statements that keep the location tree."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, distinct, func, insert, select, update

from wms_tui.db.balances import BALANCE
from wms_tui.db.counting import BIN, PLAN
from wms_tui.db.holding import hold_places
from wms_tui.db.locations import LOCATION
from wms_tui.db.prepared import Prepared, PreparedMany, among
from wms_tui.db.transaction import Tx


class StoredPlace(NamedTuple):
    location_id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    closed: bool


ALL = Prepared(
    lambda: select(*(LOCATION.c[name] for name in ("id", *StoredPlace._fields[1:]))).order_by(LOCATION.c.code)
)
HELD = Prepared(
    lambda: (
        select(BALANCE.c.location_id, func.count(distinct(BALANCE.c.product_id)))
        .where(BALANCE.c.quantity > 0)
        .group_by(BALANCE.c.location_id)
    )
)
HELD_IN = PreparedMany(
    lambda names: select(func.count(distinct(BALANCE.c.product_id))).where(
        among(BALANCE.c.location_id, names), BALANCE.c.quantity > 0
    )
)
COUNTED_IN = PreparedMany(
    lambda names: (
        select(LOCATION.c.code)
        .join(BIN, BIN.c.location_id == LOCATION.c.id)
        .join(PLAN, PLAN.c.id == BIN.c.plan_id)
        .where(among(BIN.c.location_id, names), (PLAN.c.state == "counting") | (PLAN.c.state == "review"))
    )
)
ADD = Prepared(
    lambda: insert(LOCATION).values(
        code=bindparam("code"),
        name=bindparam("name"),
        kind=bindparam("kind"),
        parent_id=bindparam("parent_id"),
        closed=False,
    )
)
CHANGE = Prepared(
    lambda: (
        update(LOCATION)
        .where(LOCATION.c.id == bindparam("location"))
        .values(
            code=bindparam("code"), name=bindparam("name"), kind=bindparam("kind"), parent_id=bindparam("parent_id")
        )
    )
)
CLOSE = Prepared(
    lambda: update(LOCATION).where(LOCATION.c.id == bindparam("location")).values(closed=bindparam("closed"))
)


def places(tx: Tx) -> dict[str, StoredPlace]:
    """All locations by code."""
    return {row[1]: StoredPlace(*row) for row in tx.all(ALL)}


def held(tx: Tx) -> dict[int, int]:
    """How many products are on hand at each location that holds any."""
    return dict(tx.all(HELD))


def held_in(tx: Tx, location_ids: list[int]) -> int:
    """How many products are on hand at these locations, which are held: nobody brings more in meanwhile."""
    hold_places(tx, location_ids)
    return sum(int(row[0]) for row in tx.among(HELD_IN, location_ids))


def counted_in(tx: Tx, location_ids: list[int]) -> str:
    """One of these locations that is part of an open count, if any."""
    found = tx.among(COUNTED_IN, location_ids)
    return str(found[0][0]) if found else ""
