"""The rules of one document line, each a plain function that raises what the clerk reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter

from wms_tui.domain import errors
from wms_tui.domain.locations import KIND_NAMES, STRUCTURE, LocationKind, Place
from wms_tui.domain.lots import too_old
from wms_tui.domain.movements import DIRECTION_NAMES, Direction, DocumentKind, Line, MovementKind, PostDocument
from wms_tui.domain.products import Goods, KnownLot, Tracking
from wms_tui.domain.quantities import ONE, check_quantity, plain
from wms_tui.domain.texts import N_

MOST_SHORT = 200
MOST_NOTE = 2000
MOST_KEY = 120
MOST_LOT = 80
CLOCK_SKEW = timedelta(minutes=5)
_TEXTS = ((N_("key"), MOST_KEY), (N_("reference"), MOST_SHORT), (N_("partner"), MOST_SHORT), (N_("note"), MOST_NOTE))
_texts = attrgetter("request_id", "reference", "partner", "note")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class KnownReason:
    """A reason code that exists."""

    reason_id: int
    code: str
    name: str
    direction: Direction


def check_document(request: PostDocument, now: datetime) -> None:
    """Refuse a document without lines, with texts that do not fit, or from the future."""
    if not request.lines:
        raise errors.EmptyDocument
    for (field, most), text in zip(_TEXTS, _texts(request), strict=True):
        if text:
            check_text(field, text, most)
    if request.at and request.at > now + CLOCK_SKEW:
        raise errors.FutureDate(at=request.at.isoformat(" ", "minutes"))


def check_text(field: str, text: str, most: int) -> None:
    """Refuse a text that is too long, or holds what no database keeps: NUL and halves of surrogate pairs."""
    if _UNKEEPABLE.search(text):
        raise errors.BadCharacters
    if len(text) > most:
        raise errors.BadText(field=field, length=len(text), most=most)


def check_goods(goods: Goods) -> None:
    """Refuse an inactive product."""
    if not goods.active:
        raise errors.InactiveProduct(sku=goods.sku)


def check_places(rule: MovementKind, source: Place, target: Place) -> None:
    """Refuse places that are the same, closed, hold no stock, or do not go with the kind of movement."""
    if source.location_id == target.location_id:
        raise errors.SameLocation(code=source.code)
    for place, allowed in ((source, rule.sources), (target, rule.targets)):
        check_place(rule, place, allowed)
    if not (source.is_real or target.is_real):
        raise errors.WrongLocationKind(code=source.code, kind=KIND_NAMES[source.kind], movement=rule.name)


def check_place(rule: MovementKind, place: Place, allowed: frozenset[LocationKind]) -> None:
    """Refuse one place that cannot stand where it is named."""
    if place.closed:
        raise errors.ClosedLocation(code=place.code)
    if place.kind in STRUCTURE:
        raise errors.LocationHoldsNoStock(code=place.code, kind=KIND_NAMES[place.kind])
    if place.kind not in allowed:
        raise errors.WrongLocationKind(code=place.code, kind=KIND_NAMES[place.kind], movement=rule.name)


def check_reason(rule: MovementKind, reason: KnownReason | None, source: Place, target: Place, known: str) -> None:
    """An adjustment needs a reason, and the reason's direction must be the movement's."""
    if not rule.needs_reason:
        return
    if reason is None:
        raise errors.ReasonMissing(known=known)
    both_real = source.is_real and target.is_real
    if both_real or (reason.direction is Direction.IN) != target.is_real:
        raise errors.WrongReason(code=reason.code, direction=DIRECTION_NAMES[reason.direction])


def default_codes(rule: MovementKind, line: Line) -> tuple[str, str]:
    """The codes of a line's two places, the kind's own where the line names none. Raises ``LocationMissing``."""
    source, target = line.source or rule.default_source, line.target or rule.default_target
    one_named = bool(line.source or line.target)
    if not source or not target or not one_named:
        raise errors.LocationMissing
    return source, target


def lot_number(goods: Goods, lot: str | None) -> str | None:
    """The lot that the line must have, or None. Raises ``LotMissing``, ``LotNotTracked``, ``BadText``."""
    number = (lot or "").strip()
    if goods.tracking.needs_lot and not number:
        raise errors.LotMissing(sku=goods.sku)
    if number and not goods.tracking.needs_lot:
        raise errors.LotNotTracked(sku=goods.sku)
    check_text(N_("lot"), number, MOST_LOT)
    return number or None


def check_lot(
    rule: MovementKind,
    goods: Goods,
    number: str,
    known: KnownLot | None,
    given: date | None,
    today: date,
    override: bool = False,
) -> None:
    """Refuse an unknown lot where none can be made, a missing or other expiry date, and what does not keep so long.

    ``override`` takes that all the same.
    """
    if known is None and not rule.makes_lots:
        raise errors.UnknownLot(sku=goods.sku, lot=number)
    expires = known.expires if known and known.expires else given
    if goods.tracking.needs_expiry and expires is None and rule.makes_lots:
        raise errors.ExpiryMissing(sku=goods.sku, lot=number)
    if given and expires != given:
        raise errors.ExpiryConflict(sku=goods.sku, lot=number, known=expires, given=given)
    refusal = None if override else too_old(rule, goods, number, expires, today)
    if refusal:
        raise refusal


def base_quantity(goods: Goods, entered: Decimal, factor: Decimal) -> Decimal:
    """Entered units as base units, exactly. Raises ``BadQuantity``, ``QuantityOutOfRange``, ``NotWhole``,
    ``SerialQuantity``.
    """
    quantity = check_quantity(entered)
    if factor != ONE:
        quantity = check_quantity(quantity * factor)
    if not goods.decimals and quantity % ONE:
        raise errors.NotWhole(sku=goods.sku, unit=goods.unit, base=plain(quantity))
    if goods.tracking is Tracking.SERIAL and quantity != ONE:
        raise errors.SerialQuantity(sku=goods.sku)
    return quantity


FEW_LINES = 8
"""Up to so many lines are written one by one; more of them column by column, in half the time."""
_FIELDS = attrgetter(*Line.__slots__[: Line.__slots__.index("override")])
LATER_FIELDS = Line.__slots__[Line.__slots__.index("override") :]
"""What lines have come to say since digests were first stored: written only where it is said, and by its name."""
_said_later = attrgetter(*LATER_FIELDS)


def fingerprint(kind: DocumentKind, request: PostDocument) -> str:
    """A digest of everything that a request says but its id; equal for ``1`` and ``1.000``.

    It is of the text of a Python list: the values of the head, then a list of the values of each line.
    """
    head = [kind.value, request.reference, request.partner, request.note, _written(request.at)]
    lines = request.lines
    if len(lines) <= FEW_LINES or any(any(_said_later(line)) for line in lines):
        text = ascii([*head, *map(_said, lines)])
    else:
        text = f"[{', '.join([ascii(head)[1:-1], *_lines_as_text(lines)])}]"
    return hashlib.sha256(text.encode()).hexdigest()


def _lines_as_text(lines: Sequence[Line]) -> Iterable[str]:
    columns = [_column_as_text(values) for values in zip(*map(_FIELDS, lines), strict=True)]
    return [f"[{line}]" for line in map(", ".join, zip(*columns, strict=True))]


def _said(line: Line) -> list[str | None]:
    said = [value if type(value) is str or value is None else _written(value) for value in _FIELDS(line)]
    later = _said_later(line)
    if any(later):
        said += [f"{name}={_written(value)}" for name, value in zip(LATER_FIELDS, later, strict=True) if value]
    return said


def _column_as_text(values: Sequence[object]) -> Iterable[str]:
    """Each value as it stands in the text of a list; what occurs often is written once."""
    with suppress(TypeError):  # a signalling NaN is in no set
        distinct = set(values)
        if len(distinct) < len(values) and 0 not in distinct:  # -0 is equal to 0 and written otherwise
            texts = {value: ascii(_written(value)) for value in distinct}
            return map(texts.__getitem__, values)
    return [ascii(_written(value)) for value in values]


def _written(value: object) -> str | None:
    if value is None or type(value) is str:
        return value
    return plain(value) if isinstance(value, Decimal) else str(value)
