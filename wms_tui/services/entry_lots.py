"""Lots in movement entry: which one is proposed, why another is taken, and serial numbers that are there already."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from wms_tui.db import catalog, proposals, serials
from wms_tui.db import entry as drafts
from wms_tui.db.entry import DraftRow
from wms_tui.db.proposals import HeldLot
from wms_tui.db.transaction import Tx
from wms_tui.domain import lots, posting
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.barcodes import visible
from wms_tui.domain.entry import EntryLine, Offer, Outcome, Proposal, Step
from wms_tui.domain.errors import ReasonEmpty
from wms_tui.domain.locations import Place
from wms_tui.domain.lot_errors import SerialTwice, TakeItFrom
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.products import Goods, KnownLot, Tracking
from wms_tui.domain.quantities import plain
from wms_tui.domain.texts import N_
from wms_tui.services import codes
from wms_tui.services.door import require
from wms_tui.services.entry_common import kind_of, refuse_code, rule_of

WHY = N_("reason")
TAKEN = N_("+{amount} {sku} {name}")
OF_LOT = N_("+{amount} {sku}  lot {lot}  {name}")
OF_DATED_LOT = N_("+{amount} {sku}  lot {lot}, expires {expires}  {name}")
OF_SERIAL = N_("+{amount} {sku}  serial number {lot}  {name}")
PROPOSES = frozenset({DocumentKind.ISSUE, DocumentKind.TRANSFER})
RECORDED = frozenset({Tracking.LOT, Tracking.EXPIRY})
"""Of these the order matters: of serial numbers each is as good as the other."""


class Said(NamedTuple):
    """What a scan says about its lot, by the names of ``ScanRow``; ``first`` is the lot that should have gone first."""

    override: str = ""
    first: HeldLot | None = None
    proposed: bool = True

    @property
    def columns(self) -> tuple[str, str, str]:
        return self.override, self.first.number if self.first else "", self.first.location if self.first else ""


def allowed_override(tx: Tx, actor: Actor, why: str) -> str:
    """The reason for taking what does not keep long enough. Raises ``NotAllowed``, and for what is no reason."""
    require(tx, actor, Permission.EXPIRY_OVERRIDE)
    refuse_code(tx, why.strip(), WHY)
    posting.check_text(WHY, why.strip(), posting.MOST_SHORT)
    if not why.strip():
        raise ReasonEmpty
    return why.strip()


def offer(tx: Tx, row: DraftRow, goods: Goods, latest: tuple[EntryLine, ...] = ()) -> Offer | None:
    """What an empty line takes at the lot step: where goods go out what should go first, else the lot just used.

    No two pieces have one serial number.
    """
    if row.step != Step.LOT:
        return None
    if kind_of(row) not in PROPOSES:
        if goods.tracking is Tracking.SERIAL:
            return None
        used = next((line for line in latest if line.product_id == goods.product_id), None)
        return Offer(used.lot, used.expires, used.target, used.quantity) if used else None
    return _offer(_left(tx, row, goods, row.source_id)) if row.source_id else None


def proposal(tx: Tx, row: DraftRow, goods: Goods, latest: tuple[EntryLine, ...] = ()) -> Proposal:
    """What is offered where a lot is asked for, and what should go before it; looked up once a scan."""
    if row.step != Step.LOT or kind_of(row) not in PROPOSES:
        return Proposal(offer(tx, row, goods, latest), None)
    here = _left(tx, row, goods, row.source_id) if row.source_id else []
    return Proposal(_offer(here), _earlier(tx, row, goods, here))


def _earlier(tx: Tx, row: DraftRow, goods: Goods, here: list[HeldLot]) -> Offer | None:
    first = next(iter(_left(tx, row, goods)), None) if goods.tracking in RECORDED else None
    if first is None or first.location_id == row.source_id or (here and not _goes_before(first, here[0])):
        return None
    return _offer([first])


def from_where(tx: Tx, row: DraftRow, code: str) -> TakeItFrom | None:
    """For a product scanned where the location to take from is asked for: where it should be taken."""
    goods = codes.goods(tx, code) if kind_of(row) in PROPOSES else None
    if goods is None:
        return None
    if goods.tracking.needs_lot:
        first = next(iter(_left(tx, row, goods)), None)
        found = (lots.titled(first.number, first.expires), first.location, first.quantity) if first else None
    else:
        place = proposals.oldest_place(tx, goods.product_id)
        found = (goods.sku, *place) if place else None
    return TakeItFrom(code=visible(code), what=found[0], location=found[1], quantity=plain(found[2])) if found else None


def said_of(tx: Tx, row: DraftRow, goods: Goods, number: str, given: date | None) -> Said:
    """Raises ``TooOld`` for a lot that does not keep long enough, unless somebody has said why it is taken."""
    if not number:
        return Said()
    lot = catalog.lots(tx, [number]).get((goods.product_id, number)) or KnownLot(0, number)
    lot = KnownLot(lot.lot_id, number, lot.expires or given)
    refusal = lots.too_old(rule_of(row), goods, number, lot.expires, lots.day_of(tx.now))
    override = (row.override or _overridden_before(tx, row, goods, number)) if refusal else ""
    if refusal and not override:
        raise refusal
    if kind_of(row) is not DocumentKind.ISSUE or goods.tracking not in RECORDED:
        return Said(override)
    first = next(iter(_left(tx, row, goods)), None)
    if first is None or not _goes_before(first, lot):
        return Said(override)
    here = _left(tx, row, goods, row.source_id)
    return Said(override, first, bool(here) and not _goes_before(here[0], lot))


def outcome(goods: Goods, lot: str, expires: date | None, said: Said, amount: str) -> Outcome:
    """What became of a scan; where another lot should have gone first, that is told, with a sound unless it lies
    elsewhere.
    """
    fields = {"sku": goods.sku, "amount": amount, "name": goods.name, "lot": lot, "expires": expires}
    if said.first is None:
        return Outcome(_taken(goods, lot, expires), fields)
    passed = {"passed": lots.titled(said.first.number, said.first.expires), "location": said.first.location}
    told = N_("+{amount} {sku}: lot {lot}, though {passed} at {location} should go first")
    return Outcome(told, {**fields, **passed}, warns=not said.proposed)


def _taken(goods: Goods, lot: str, expires: date | None) -> str:
    """The lot stands before the name: of a long sentence a handheld shows the beginning."""
    if not lot:
        return TAKEN
    if goods.tracking is Tracking.SERIAL:
        return OF_SERIAL
    return OF_DATED_LOT if expires else OF_LOT


def asked(tx: Tx, row: DraftRow, goods: Goods) -> tuple[DraftRow, Outcome]:
    """The draft that asks for a lot, and its question, with what is proposed and what should go before it."""
    if kind_of(row) in PROPOSES:
        row = row._replace(proposal=proposal(tx, row, goods))
    return row, _question(goods, *(row.proposal or (None, None)))


def _question(goods: Goods, here: Offer | None, first: Offer | None) -> Outcome:
    if here is None:
        return Outcome(lots.which(goods), {"sku": goods.sku})
    fields = {"sku": goods.sku, "lot": lots.titled(here.lot, here.expires), "quantity": plain(here.quantity)}
    if goods.tracking is Tracking.SERIAL:
        return Outcome(N_("{sku}: Enter takes serial number {lot}"), fields)
    if first is None:
        return Outcome(N_("{sku}: Enter takes lot {lot}, here: {quantity}"), fields)
    fields |= {"first": lots.titled(first.lot, first.expires), "location": first.location}
    return Outcome(N_("{sku}: Enter takes lot {lot}, here: {quantity}; {first} at {location} should go first"), fields)


def check_serial(tx: Tx, row: DraftRow, goods: Goods, number: str, target: Place) -> None:
    """Raises ``SerialTwice`` for one that is in stock, or in this draft."""
    known = catalog.lots(tx, [number]).get((goods.product_id, number))
    there = serials.where(tx, known.lot_id) if known else ""
    if not there and any((line.product_id, line.lot) == (goods.product_id, number) for line in _lines(tx, row)):
        there = target.code
    if there:
        raise SerialTwice(sku=goods.sku, lot=number, location=there)


def _lines(tx: Tx, row: DraftRow) -> tuple[EntryLine, ...]:
    return drafts.lines(tx, row.draft_id)


def _overridden_before(tx: Tx, row: DraftRow, goods: Goods, number: str) -> str:
    """Why the draft takes this lot already."""
    same = (line for line in _lines(tx, row) if (line.product_id, line.lot) == (goods.product_id, number))
    return next((line.override for line in same if line.override), "")


def _left(tx: Tx, row: DraftRow, goods: Goods, location_id: int | None = None) -> list[HeldLot]:
    """What is left at a location, or anywhere, of the lots that may be taken; expired ones may be moved."""
    keeps_until = date.min
    if rule_of(row).refuses_expired:
        keeps_until = lots.day_of(tx.now) + timedelta(days=goods.issue_life or 0)
    return proposals.lots_left(tx, row.draft_id, goods.product_id, keeps_until, location_id)


def _goes_before(first: HeldLot, lot: HeldLot | KnownLot) -> bool:
    return lots.goes_before((first.expires, first.lot_id), (lot.expires, lot.lot_id))


def _offer(held: list[HeldLot]) -> Offer | None:
    return Offer(held[0].number, held[0].expires, held[0].location, held[0].quantity) if held else None
