"""Scanned codes looked up in the catalog and among the locations, by the site's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from wms_tui.db import catalog, locations, setup
from wms_tui.db.transaction import Tx
from wms_tui.domain import errors
from wms_tui.domain.barcode_errors import BadGs1Code, UnknownScan
from wms_tui.domain.barcodes import (
    BadgeCode,
    CommandCode,
    LocationCode,
    LogisticUnit,
    ProductCode,
    Reading,
    Result,
    Rules,
    Supplement,
    Unknown,
    clean,
    resolve,
    visible,
)
from wms_tui.domain.barcodes.digits import trimmed
from wms_tui.domain.barcodes.visible import CONTROLS, GS
from wms_tui.domain.locations import Place
from wms_tui.domain.lots import day_of
from wms_tui.domain.products import Goods
from wms_tui.domain.reading_rules import READING, rules_from
from wms_tui.domain.scan_errors import ContentUnknown, NamesNoProduct, NothingToDo
from wms_tui.domain.scanned import parts_of
from wms_tui.domain.texts import N_

PRODUCT, LOCATION = N_("product code"), N_("location code")


@dataclass(frozen=True, slots=True)
class KnownHere:
    """What the database knows, for ``domain.barcodes.resolve``."""

    tx: Tx

    def products(self, codes: Sequence[str]) -> Mapping[str, Goods]:
        return catalog.goods_of(self.tx, codes)

    def places(self, codes: Sequence[str]) -> Mapping[str, Place]:
        return locations.places(self.tx, codes)


def rules_of(tx: Tx) -> Rules:
    """How this site reads codes, today."""
    return rules_from(dict(tx.among(setup.SETTINGS_NAMED, READING)), day_of(tx.now))


def entered(raw: str) -> str:
    """A line as it is looked up: FNC1, which Python counts as white space, stays."""
    return trimmed(raw) if GS in raw else clean(raw)


def product(tx: Tx, text: str) -> Goods | None:
    """The product whose SKU or barcode this is, letter for letter."""
    return None if CONTROLS.search(text) else catalog.found(tx, text)


def place(tx: Tx, text: str) -> Place | None:
    """The location whose code this is, letter for letter."""
    return None if CONTROLS.search(text) else locations.found(tx, text)


def resolved(tx: Tx, text: str) -> Result:
    """What a code stands for here; an unknown one is a result as well."""
    return resolve(text, rules_of(tx), KnownHere(tx))


def location(tx: Tx, text: str) -> Place:
    """The location of a code that is none letter for letter. Raises what it is instead, else ``UnknownLocation``."""
    result = resolved(tx, text)
    if isinstance(result, LocationCode):
        return result.place
    reading = getattr(result, "reading", None)
    if isinstance(result, ProductCode):
        raise told(errors.WrongEntry(code=visible(text), found=PRODUCT, wanted=LOCATION), reading)
    if isinstance(result, Unknown) and issubclass(result.refusal, BadGs1Code):
        raise result.error()
    if isinstance(result, CommandCode | BadgeCode):
        raise refusal(result)
    raise told(errors.UnknownLocation(code=visible(text)), reading)


def goods(tx: Tx, text: str) -> Goods | None:
    """The product of a code in any form, of its GTIN or of a label; None for none."""
    known = product(tx, text)
    if known is not None:
        return known
    result = resolved(tx, text)
    return result.goods if isinstance(result, ProductCode) else None


def refusal(result: Result) -> errors.WmsError:
    """Why something that is neither product nor location is not taken, with what was read."""
    if isinstance(result, LogisticUnit):
        return told(ContentUnknown(code=visible(result.raw), sscc=result.sscc), result.reading)
    if isinstance(result, CommandCode | BadgeCode):
        return NothingToDo(code="")
    shown = visible(result.raw)
    if isinstance(result, Supplement) and result.reading.sure:
        return told(NamesNoProduct(code=shown), result.reading)
    if not isinstance(result, Unknown):
        return errors.UnknownCode(code=shown)
    if result.refusal is UnknownScan and shown == result.raw and not parts(result.reading):
        return errors.UnknownCode(code=result.raw)
    return told(result.error(), result.reading)


def parts(reading: Reading | None) -> str:
    """The parts of a GS1 code by name."""
    return parts_of(reading) if reading is not None and reading.sure else ""


def told(error: errors.WmsError, reading: Reading | None) -> errors.WmsError:
    """The refusal with the parts that were read."""
    error.read = error.read or parts(reading)
    return error


@contextmanager
def naming(reading: Reading | None) -> Iterator[None]:
    """Whatever is refused of a code tells its parts."""
    try:
        yield
    except errors.Refused as refused:
        told(refused, reading)
        raise
