"""What is out of the ordinary about the lots of a document: who may take them, and what the audit keeps of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wms_tui.db import catalog, serials
from wms_tui.db.roles import roles_with
from wms_tui.db.transaction import Tx
from wms_tui.domain import lots
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.lot_errors import SerialTwice, TooOld
from wms_tui.domain.movements import Line, MovementKind
from wms_tui.domain.products import KnownLot
from wms_tui.domain.seeded import named
from wms_tui.services.door import holds, require
from wms_tui.services.resolving import Known


@dataclass(frozen=True, slots=True)
class Remark:
    """An audit event about a line of a document that has no number yet."""

    action: str
    said: dict[str, Any]


def check_serials(tx: Tx, put: Iterable[tuple[int, int]]) -> None:
    """Raises ``SerialTwice`` for one of the (lot, location) pairs just put that is on hand elsewhere as well."""
    if found := serials.twice(tx, put):
        raise SerialTwice(**dict(zip(("sku", "lot", "location"), found, strict=True)))


def allow_overrides(tx: Tx, actor: Actor, lines: Sequence[Line]) -> None:
    """Raises ``NotAllowed`` where a lot is to be taken in spite of its expiry by who may not."""
    if any(line.override for line in lines):
        require(tx, actor, Permission.EXPIRY_OVERRIDE)


def who_may(tx: Tx, actor: Actor, refusal: TooOld) -> TooOld:
    """The refusal; to who may not override it it names the roles that may."""
    if not holds(tx, actor, Permission.EXPIRY_OVERRIDE):
        refusal.roles = tuple(named(role) for role in roles_with(tx, Permission.EXPIRY_OVERRIDE.value))
    return refusal


def remarks(tx: Tx, rule: MovementKind, known: Known, lines: Sequence[Line], today: date) -> list[Remark]:
    """Of a document whose lines have been resolved; an override that was not needed is none."""
    if not any(line.override or line.passed for line in lines):
        return []
    passed = catalog.lots(tx, [line.passed for line in lines if line.passed])
    return [
        remark for number, line in enumerate(lines, 1) for remark in _of_line(rule, known, passed, number, line, today)
    ]


def _of_line(
    rule: MovementKind, known: Known, passed: dict[tuple[int, str], KnownLot], number: int, line: Line, today: date
) -> Iterator[Remark]:
    goods = known.product(line.code)
    lot = known.lots.get((goods.product_id, (line.lot or "").strip()))
    if lot is None:
        return
    said = {"line": number, "sku": goods.sku, "lot": lot.number, "expires": lot.expires}
    if line.override and lots.too_old(rule, goods, lot.number, lot.expires, today):
        yield Remark(lots.OVERRIDDEN, {**said, "reason": line.override})
    first = passed.get((goods.product_id, line.passed or ""))
    if first is not None:
        before = {"passed": first.number, "passed_expires": first.expires, "passed_at": line.passed_at or ""}
        yield Remark(lots.NOT_FIRST, {**said, **before})


def note(tx: Tx, number: str, found: Sequence[Remark]) -> None:
    """Keep them in the audit, under the document's number."""
    for remark in found:
        tx.note(remark.action, number, after={name: value for name, value in remark.said.items() if value is not None})
