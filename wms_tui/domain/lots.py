"""The rules on lots: how long they must still keep, and which one goes first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from operator import attrgetter

from wms_tui.domain import lot_errors as errors
from wms_tui.domain.enquiry import LotRemark
from wms_tui.domain.errors import LotMissing, SerialMissing
from wms_tui.domain.movements import DocumentKind, MovementKind
from wms_tui.domain.products import Goods, Tracking
from wms_tui.domain.texts import N_

_NEEDED: dict[DocumentKind, Callable[[Goods], int | None]] = {
    DocumentKind.RECEIPT: attrgetter("receipt_life"),
    DocumentKind.ISSUE: attrgetter("issue_life"),
}

OVERRIDDEN, NOT_FIRST = N_("take in spite of expiry"), N_("not first expired")
"""What the audit calls a lot that was taken though it does not keep long enough, and one that others went before."""
REMARKS: dict[str, str] = {
    str(OVERRIDDEN): N_("Line {line}: {lot} taken all the same: {reason}"),
    str(NOT_FIRST): N_("Line {line}: not FEFO: {lot} before {passed}, which lay at {passed_at}"),
}
"""How each is told of a line."""


def titled(number: str, expires: object) -> str:
    """A lot with its day of expiry, if it has one: ``L1 (2026-11-30)``."""
    return f"{number} ({expires})" if expires else number


def which(goods: Goods) -> str:
    """The question after goods whose label does not say it."""
    serial = goods.tracking is Tracking.SERIAL
    return N_("{sku}: which serial number?") if serial else N_("{sku}: which lot?")


def missing(goods: Goods) -> LotMissing:
    """Why goods are not taken without it."""
    return (SerialMissing if goods.tracking is Tracking.SERIAL else LotMissing)(sku=goods.sku)


def told(remark: LotRemark) -> tuple[str, dict[str, object]]:
    """A remark as a template and its fields."""
    lot, passed = titled(remark.lot, remark.expires), titled(remark.passed, remark.passed_expires)
    said = {"line": remark.line, "lot": lot, "passed": passed, "passed_at": remark.passed_at, "reason": remark.reason}
    return REMARKS[remark.action], said


def day_of(moment: datetime) -> date:
    """The day that a moment falls on at the site, whose zone is the program's own."""
    return moment.astimezone().date()


def too_old(rule: MovementKind, goods: Goods, number: str, expires: date | None, today: date) -> errors.TooOld | None:
    """Why a lot does not keep long enough for such a movement; on its last day it is still good."""
    if not rule.refuses_expired or expires is None:
        return None
    left, needed = (expires - today).days, _NEEDED[rule.kind](goods) or 0
    if left >= needed:
        return None
    if left < 0:
        expired = errors.ArrivedExpired if rule.makes_lots else errors.LotExpired
        return expired(sku=goods.sku, lot=number, expires=expires)
    short = errors.ArrivedTooLate if rule.makes_lots else errors.LifeTooShort
    return short(sku=goods.sku, lot=number, expires=expires, left=left, needed=needed)


Rank = tuple[date | None, int]
"""When a lot expires, and its id: lots are numbered as they come."""


def goes_before(first: Rank, lot: Rank) -> bool:
    """Whether a lot should go out before another: it expires sooner, or, where both keep for ever, came sooner.

    One that expires goes before one that does not; two that expire on one day may go in either order.
    """
    if first[0] is None:
        return lot[0] is None and first[1] < lot[1]
    return lot[0] is None or first[0] < lot[0]
