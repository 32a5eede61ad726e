"""What is on hand: the only statements that change balances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import bindparam, literal, select, update
from sqlalchemy.sql.dml import Insert

from wms_tui.db.prepared import Prepared, upsert
from wms_tui.db.tables import Balance, core
from wms_tui.db.transaction import Tx
from wms_tui.db.types import Quantity
from wms_tui.domain.quantities import MOST_ON_HAND

BALANCE = core(Balance)

BalanceKey = tuple[int, int, int]
"""(product, location, lot): the order in which balances are locked."""


_KEY = ("product_id", "location_id", "lot_id")
_TAKEN, _PUT = (*_KEY, "needed", "change"), (*_KEY, "quantity")


def _same_key() -> Any:
    return (
        (BALANCE.c.product_id == bindparam("product_id"))
        & (BALANCE.c.location_id == bindparam("location_id"))
        & (BALANCE.c.lot_id == bindparam("lot_id"))
    )


def _proposed(dialect: str) -> Any:
    return upsert(dialect, BALANCE).values(
        product_id=bindparam("product_id"),
        location_id=bindparam("location_id"),
        lot_id=bindparam("lot_id"),
        quantity=bindparam("quantity", type_=Quantity),
    )


def _put(dialect: str) -> Insert:
    proposed = _proposed(dialect)
    put: Insert = proposed.on_conflict_do_update(
        index_elements=["product_id", "location_id", "lot_id"],
        set_={"quantity": BALANCE.c.quantity + proposed.excluded.quantity},
        where=BALANCE.c.quantity <= literal(MOST_ON_HAND, Quantity) - proposed.excluded.quantity,
    )
    return put


def _hold(dialect: str) -> Any:
    kept = {"quantity": BALANCE.c.quantity}
    same = ["product_id", "location_id", "lot_id"]
    return _proposed(dialect).on_conflict_do_update(index_elements=same, set_=kept).returning(BALANCE.c.quantity)


PUT = Prepared.by_dialect(_put)
HOLD = Prepared.by_dialect(_hold)
"""What is on hand, written as it is: so that nobody changes it; ``quantity`` is what a balance is made with."""
TAKE = Prepared(
    lambda: (
        update(BALANCE)
        .where(_same_key(), BALANCE.c.quantity >= bindparam("needed", type_=Quantity))
        .values(quantity=BALANCE.c.quantity + bindparam("change", type_=Quantity))
    )
)
ON_HAND = Prepared(lambda: select(BALANCE.c.quantity).where(_same_key()))
ON_HAND_HELD = Prepared(lambda: select(BALANCE.c.quantity).where(_same_key()).with_for_update())


class Change(NamedTuple):
    """What a document does to one balance: by how much it changes in the end, and how much must be there before."""

    net: Decimal
    needed: Decimal

    def then(self, later: Change) -> Change:
        """Both, one after the other."""
        return Change(self.net + later.net, max(self.needed, later.needed - self.net))


def apply(tx: Tx, changes: Mapping[BalanceKey, Change]) -> tuple[BalanceKey, Decimal] | None:
    """Change balances in one key order.

    Answers the first key that has too little or would have too much, with what is on hand; then the caller gives up.
    """
    if tx.dialect.name == "sqlite" and len(changes) > 1 and _apply_at_once(tx, changes):
        return None
    for key, change in sorted(changes.items()):
        tx.wants = key
        if _change(tx, key, change):
            continue
        held = on_hand(tx, key, hold=True)
        too_much = max(change.net, change.needed, held + change.net) > MOST_ON_HAND
        if held < change.needed or too_much or not _change(tx, key, change):
            return key, held
    tx.wants = None
    return None


def _apply_at_once(tx: Tx, changes: Mapping[BalanceKey, Change]) -> bool:
    """All of them in two statements, where nobody else writes; or none, if one cannot be."""
    if any(max(change) > MOST_ON_HAND for change in changes.values()):
        return False
    ordered = sorted(changes.items())
    takes = [(*key, change.needed, change.net) for key, change in ordered if change.needed]
    puts = [(*key, change.net) for key, change in ordered if not change.needed]
    with suppress(_Incomplete), tx.savepoint():
        if _each(tx, TAKE, _TAKEN, takes) + _each(tx, PUT, _PUT, puts) < len(changes):
            raise _Incomplete
        return True
    return False


class _Incomplete(Exception):
    """A balance has too little or would have too much."""


def _each(tx: Tx, statement: Prepared, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> int:
    """Run a statement for each row of values; answers how many balances that touched."""
    return tx.columns(statement, dict(zip(names, zip(*rows, strict=True), strict=True))) if rows else 0


def _change(tx: Tx, key: BalanceKey, change: Change) -> bool:
    """Change one balance if it can be; goods may come or go between this and the next look."""
    where = dict(zip(_KEY, key, strict=True))
    if max(change.net, change.needed) > MOST_ON_HAND:
        return False
    if change.needed:
        return bool(tx.run(TAKE, **where, needed=change.needed, change=change.net))
    return bool(tx.run(PUT, **where, quantity=change.net))


def on_hand(tx: Tx, key: BalanceKey, hold: bool = False) -> Decimal:
    """``hold``: so that nobody changes it before the end of the transaction."""
    row = tx.one(ON_HAND_HELD if hold else ON_HAND, product_id=key[0], location_id=key[1], lot_id=key[2])
    return row[0] if row else Decimal(0)
