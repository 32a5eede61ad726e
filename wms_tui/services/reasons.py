"""Reason codes of adjustments."""

from __future__ import annotations

from dataclasses import dataclass

from wms_tui.db import movements
from wms_tui.db import setup as db
from wms_tui.db.transaction import Tx
from wms_tui.domain import posting
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.display import DANGEROUS
from wms_tui.domain.errors import BadReasonCode, NameTaken
from wms_tui.domain.movements import Direction
from wms_tui.domain.posting import KnownReason
from wms_tui.domain.setup import ChangedMeanwhile, ChangeReason, ReasonRow
from wms_tui.domain.texts import N_
from wms_tui.services.resolving import reasons
from wms_tui.services.setup import checked_name, differing
from wms_tui.services.use_cases import use_case


@dataclass(frozen=True, slots=True)
class NewReason:
    """A reason code to add, and which way it moves stock."""

    code: str
    name: str
    direction: Direction


@use_case(Permission.STOCK_VIEW, writes=False)
def list_reasons(tx: Tx, actor: Actor, _request: None) -> tuple[KnownReason, ...]:
    """The active reason codes."""
    return tuple(reasons(tx).values())


@use_case(Permission.SETUP_EDIT, writes=False)
def all_reasons(tx: Tx, actor: Actor, _request: None) -> tuple[ReasonRow, ...]:
    """All reason codes, those that are not used any more as well."""
    return tuple(
        ReasonRow(code, name, Direction(way), active) for _, code, name, way, active in tx.all(movements.REASONS)
    )


@use_case(Permission.SETUP_EDIT)
def add_reason(tx: Tx, actor: Actor, request: NewReason) -> None:
    """Add a reason code. Raises ``NameTaken``, ``BadText``, ``BadReasonCode``."""
    code = request.code.strip().upper()
    name = request.name.strip() or code
    posting.check_text(N_("code"), code, movements.REASON_CODE_LENGTH)
    posting.check_text(N_("name"), name, movements.REASON_NAME_LENGTH)
    if not code or DANGEROUS.search(code):
        raise BadReasonCode
    if code in {row[1] for row in tx.all(movements.REASONS)}:
        raise NameTaken(name=code)
    tx.run(movements.ADD_REASON, code=code, name=name, direction=request.direction.value)
    tx.note("add reason", code, after={"name": name, "direction": request.direction.value})


@use_case(Permission.SETUP_EDIT)
def change_reason(tx: Tx, actor: Actor, request: ChangeReason) -> None:
    """Rename a reason, or say whether it may still be used. Its direction stays: documents were posted with it."""
    before, name = request.before, checked_name(request.name, movements.REASON_NAME_LENGTH)
    seen = {"seen_name": before.name, "seen_active": before.active}
    if not tx.run(db.CHANGE_REASON, reason=before.code, **seen, name=name, active=request.active):
        raise ChangedMeanwhile(code=before.code)
    after = {"name": name, "active": request.active}
    old, new = differing({"name": before.name, "active": before.active}, after)
    if new:
        tx.note("change reason", before.code, old, new)
