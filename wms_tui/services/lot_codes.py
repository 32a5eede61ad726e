"""The second of two labels: what a line says where a lot, a serial number or an expiry date is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from wms_tui.db import catalog
from wms_tui.db.transaction import Tx
from wms_tui.domain import errors
from wms_tui.domain.barcode_errors import (
    BadGs1Code,
    CodeTooLong,
    JoinedCodes,
    StrangeSymbology,
    UnknownCommand,
)
from wms_tui.domain.barcodes import (
    LocationCode,
    ProductCode,
    Reading,
    Result,
    Supplement,
    Unknown,
    visible,
)
from wms_tui.domain.barcodes.visible import CONTROLS
from wms_tui.domain.expiry_dates import parse_expiry
from wms_tui.domain.lots import day_of
from wms_tui.domain.products import Goods, Tracking
from wms_tui.domain.scan_errors import NoSerial, OtherLot
from wms_tui.domain.scanned import Scanned, completed, number_of, scanned
from wms_tui.domain.texts import N_
from wms_tui.services import codes
from wms_tui.services.codes import LOCATION, PRODUCT
from wms_tui.services.entry_common import refuse_code

_CERTAIN = (BadGs1Code, CodeTooLong, JoinedCodes, StrangeSymbology, UnknownCommand)
"""Refusals of what can be no lot number either."""


@dataclass(frozen=True, slots=True)
class LotLabel:
    """``number`` is empty where the label says something else of the goods; ``said`` is all that labels say by now.

    ``otherwise`` is the lot that the same text would be if it were a GS1 label.
    """

    number: str
    said: Scanned
    goods: Goods
    otherwise: str = ""


def lot_label(tx: Tx, text: str, goods: Goods, said: Scanned, typed: Decimal | None) -> LotLabel:
    """What a line says of the lot of goods whose label said ``said``. Raises what it is instead.

    The whole label of the same product takes the place of the one before.
    """
    result = codes.resolved(tx, text)
    if isinstance(result, ProductCode | Supplement):
        reading = result.reading
        if isinstance(result, ProductCode) and not _is_of(result, goods):
            raise codes.told(_wrong(text, PRODUCT, N_("lot number")), reading)
        if isinstance(result, ProductCode) or _is_label(tx, text, reading, goods, said):
            with codes.naming(reading):
                return _from_label(result, goods, said, typed)
        return LotLabel(text, said, goods, number_of(goods, reading))
    if isinstance(result, LocationCode):
        raise _wrong(text, LOCATION, N_("lot number"))
    return LotLabel(_literal(result, text), said, goods)


def _is_of(result: ProductCode, goods: Goods) -> bool:
    """Whether it is the whole label of the same product: only its number was missing."""
    same = result.goods is not None and result.goods.product_id == goods.product_id
    return same and bool(number_of(goods, result.reading))


def _is_label(tx: Tx, text: str, reading: Reading, goods: Goods, said: Scanned) -> bool:
    """Whether a text is a GS1 label, and not the lot number itself: ``10AB`` may be lot AB, or lot 10AB.

    What proves itself is one. Else a lot that is known decides; then that it has several parts, or came after a GS1
    label: the same scanner sends the second one in the same manner.
    """
    if reading.sure:
        return True
    number = number_of(goods, reading)
    known = catalog.lots(tx, [text, number or text])
    if (goods.product_id, text) in known:
        return False
    return (goods.product_id, number) in known or len(reading.elements) > 1 or said.gs1


def _from_label(result: ProductCode | Supplement, goods: Goods, said: Scanned, typed: Decimal | None) -> LotLabel:
    if isinstance(result, ProductCode):
        assert result.goods is not None
        return _numbered(result, result.goods, scanned(result, result.goods, typed))
    return _numbered(result, goods, completed(said, result.reading, goods, typed))


def _numbered(result: ProductCode | Supplement, goods: Goods, said: Scanned) -> LotLabel:
    number = number_of(goods, said)
    if not number and goods.tracking is Tracking.SERIAL:
        raise NoSerial(code=visible(result.raw), sku=goods.sku)
    if not number and result.reading.last_day is None:
        raise errors.LotMissing(sku=goods.sku)
    return LotLabel(number, said, goods)


def _literal(result: Result, text: str) -> str:
    """The lot number as it stands there, without a scanner's note on the symbol. Raises what the code is instead."""
    if not isinstance(result, Unknown):
        raise codes.refusal(result)
    if issubclass(result.refusal, _CERTAIN) or CONTROLS.search(text):
        raise codes.refusal(result)
    return text[3:] if result.reading is not None and result.reading.aim else text


def dated(tx: Tx, text: str, goods: Goods, said: Scanned, lot: str) -> Scanned:
    """With the expiry date that a line says: typed, or from a label, which may say when it was made as well.

    Raises ``BadDate``, ``OtherLot``, ``WrongEntry``.
    """
    refuse_code(tx, text, N_("date"))
    try:
        return replace(said, expires=parse_expiry(text, day_of(tx.now)))
    except errors.AmbiguousDate:
        raise
    except errors.BadDate as unread:
        result = codes.resolved(tx, text)
        if isinstance(result, ProductCode | Supplement) and result.reading.last_day is not None:
            reading = _of_lot(result, text, goods, lot)
            made = reading.produced or said.manufactured
            return replace(said, expires=reading.last_day, manufactured=made)
        if isinstance(result, Unknown) and not issubclass(result.refusal, BadGs1Code):
            raise errors.BadDate(text=visible(text)) from unread
        raise codes.refusal(result) from unread


def _of_lot(result: ProductCode | Supplement, text: str, goods: Goods, lot: str) -> Reading:
    """What a label says of this very lot."""
    reading = result.reading
    other = isinstance(result, ProductCode) and (result.goods is None or result.goods.product_id != goods.product_id)
    if other:
        raise codes.told(_wrong(text, PRODUCT, N_("date")), reading)
    number = number_of(goods, reading)
    if number and number != lot:
        raise codes.told(OtherLot(code=visible(text), other=number, lot=lot), reading)
    return reading


def _wrong(text: str, found: str, wanted: str) -> errors.WrongEntry:
    return errors.WrongEntry(code=visible(text), found=found, wanted=wanted)
