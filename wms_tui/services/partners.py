"""Partners: whom goods come from and go to. Documents keep the name as it was when they were posted."""

from __future__ import annotations

from wms_tui.db import setup as db
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.setup import (
    MOST_CODE,
    MOST_NAME,
    ChangedMeanwhile,
    ChangePartner,
    CodeInUse,
    PartnerKind,
    PartnerRow,
)
from wms_tui.services.setup import checked_code, checked_name, differing
from wms_tui.services.use_cases import use_case


@use_case(Permission.PARTNER_EDIT, writes=False)
def list_partners(tx: Tx, actor: Actor, _request: None) -> tuple[PartnerRow, ...]:
    """All partners by code."""
    return _partners(tx)


@use_case(Permission.PARTNER_EDIT)
def add(tx: Tx, actor: Actor, request: PartnerRow) -> None:
    """Make a partner. Raises ``CodeInUse``, ``CodeMissing``, ``NameMissing``, ``BadText``."""
    code, name = checked_code(request.code.upper(), MOST_CODE), checked_name(request.name, MOST_NAME)
    if code in {partner.code for partner in _partners(tx)}:
        raise CodeInUse(code=code)
    tx.run(db.ADD_PARTNER, code=code, name=name, kind=request.kind.value)
    tx.note("add partner", code, after={"name": name, "kind": request.kind.value})


@use_case(Permission.PARTNER_EDIT)
def change(tx: Tx, actor: Actor, request: ChangePartner) -> None:
    """Rename a partner, change what he is, or (de)activate him. Raises ``ChangedMeanwhile``, ``NameMissing``."""
    before, name = request.before, checked_name(request.name, MOST_NAME)
    seen = {"seen_name": before.name, "seen_kind": before.kind.value, "seen_active": before.active}
    after: dict[str, object] = {"name": name, "kind": request.kind.value, "active": request.active}
    if not tx.run(db.CHANGE_PARTNER, partner=before.code, **seen, **after):
        raise ChangedMeanwhile(code=before.code)
    old, new = differing({"name": before.name, "kind": before.kind.value, "active": before.active}, after)
    if new:
        tx.note("change partner", before.code, old, new)


def _partners(tx: Tx) -> tuple[PartnerRow, ...]:
    return tuple(PartnerRow(code, name, PartnerKind(kind), active) for code, name, kind, active in tx.all(db.PARTNERS))
