"""Several barcodes in one cell, each with what it packs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from wms_tui.domain.barcodes import is_mangled
from wms_tui.domain.file_errors import BadBarcode, MangledCode
from wms_tui.domain.quantities import check_quantity
from wms_tui.services.importing.cells import Entry, Reader, at_most, read_code

_BETWEEN_BARCODES = re.compile(r"[|;,\s；，、｜]+")
_PACK = re.compile(r"([^*×]+)[*×](\d+(?:\.\d+)?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PackedBarcode:
    """A barcode and how many base units one scan of it moves."""

    code: str
    quantity: Decimal = Decimal(1)


def barcodes(most: int) -> Reader:
    """Several barcodes separated by ``|``, ``;``, comma or space, each with what it packs: ``6901234567892*24``."""

    def read(entry: Entry) -> tuple[PackedBarcode, ...]:
        return tuple(_barcode(part, most, entry) for part in _BETWEEN_BARCODES.split(read_code(entry)) if part)

    return read


def _barcode(part: str, most: int, entry: Entry) -> PackedBarcode:
    if is_mangled(part):
        raise MangledCode(column=entry.column, text=part)
    if "*" not in part and "×" not in part:
        return PackedBarcode(at_most(part, most, entry))
    found = _PACK.fullmatch(part)
    if found is None:
        raise BadBarcode(column=entry.column, text=part)
    return PackedBarcode(at_most(found.group(1), most, entry), check_quantity(Decimal(found.group(2)), part))
