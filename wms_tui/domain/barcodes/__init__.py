"""Codes as scanners deliver them, and what they stand for.

``resolve`` goes from the raw string to one of the results in ``results.py``; nothing in it touches a database.
"""

from __future__ import annotations

from wms_tui.domain.barcodes.commands import Command, command_code
from wms_tui.domain.barcodes.digits import (
    GTIN_LENGTHS,
    check_digit,
    clean,
    gtin_forms,
    has_wrong_check_digit,
    is_mangled,
    upc_a_of,
    upc_e_of,
)
from wms_tui.domain.barcodes.reading import read
from wms_tui.domain.barcodes.readings import Element, Form, Measure, Reading
from wms_tui.domain.barcodes.resolving import LookUp, resolve
from wms_tui.domain.barcodes.restricted import RESTRICTED, Carried, RestrictedRule
from wms_tui.domain.barcodes.results import (
    BadgeCode,
    CommandCode,
    LocationCode,
    LogisticUnit,
    PlainCode,
    ProductCode,
    Result,
    Supplement,
    Unknown,
)
from wms_tui.domain.barcodes.rules import Rules
from wms_tui.domain.barcodes.visible import visible

__all__ = [
    "GTIN_LENGTHS",
    "RESTRICTED",
    "BadgeCode",
    "Carried",
    "Command",
    "CommandCode",
    "Element",
    "Form",
    "LocationCode",
    "LogisticUnit",
    "LookUp",
    "Measure",
    "PlainCode",
    "ProductCode",
    "Reading",
    "RestrictedRule",
    "Result",
    "Rules",
    "Supplement",
    "Unknown",
    "check_digit",
    "clean",
    "command_code",
    "gtin_forms",
    "has_wrong_check_digit",
    "is_mangled",
    "read",
    "resolve",
    "upc_a_of",
    "upc_e_of",
    "visible",
]
