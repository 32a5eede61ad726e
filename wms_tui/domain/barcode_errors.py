"""Why a scanned code is not taken, and what to do about it.

::

    Refused
    └── CodeRefused
        ├── NothingRead · CodeTooLong · JoinedCodes · StrangeSymbology
        ├── NotInCatalog · UnknownScan · NoGs1Code · WrongCheckDigit · WrongRetailLength · WrongMeasureDigit
        ├── RestrictedCode · UnknownCommand
        └── BadGs1Code                      a GS1 code that breaks GS1's rules
            ├── EmptyGs1Code · UnknownIdentifier · EmptyPart · WrongLength · WrongCharacters
            ├── WrongPartDigit · WrongPartDate · WrongPartValue
            ├── PartsConflict · PartsDiffer · PartMissing
            └── LinkWithoutKey · WrongLink · BadBrackets
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wms_tui.domain.errors import Refused
from wms_tui.domain.texts import N_

if TYPE_CHECKING:
    from wms_tui.domain.barcodes.readings import Element


class CodeRefused(Refused):
    """A scanned code is not taken. ``code`` is it with its invisible characters named.

    ``parts`` are the parts of a GS1 code that were read before the fault.
    """

    parts: tuple[Element, ...] = ()
    template = N_("The code {code} cannot be used.")


class NothingRead(CodeRefused):
    template = N_("Nothing was read. Scan again, and hold the scanner steady until it beeps.")


class CodeTooLong(CodeRefused):
    template = N_("The code is too long: {length} characters, at most {most}. Scan one label at a time.")


class JoinedCodes(CodeRefused):
    template = N_(
        "{code} is two codes that ran together. Scan one at a time; the scanner should send Enter after each."
    )


class StrangeSymbology(CodeRefused):
    template = N_(
        "{code} begins like a scanner's note on the kind of symbol, and is none. Check the scanner's settings."
    )


class NotInCatalog(CodeRefused):
    template = N_("GTIN {gtin} belongs to no product here. Look the product up by name and give it this barcode.")


class UnknownScan(CodeRefused):
    template = N_(
        "{code} is no product, location or GS1 code known here. Check the label, or look the product up by name."
    )


class NoGs1Code(CodeRefused):
    template = N_("{code} is no GTIN and no GS1 code. Whether it is a code of the site's own, its database would tell.")


class WrongCheckDigit(CodeRefused):
    template = N_("{code} is not known here, and as a GTIN its last digit would be {right}. Scan again.")


class WrongRetailLength(CodeRefused):
    template = N_("{code} is not the {digits} digits that the scanner says it is. Scan again, one label at a time.")


class WrongMeasureDigit(CodeRefused):
    template = N_("The weight or price {digits} in {code} was misread: its check digit is wrong. Scan again.")


class RestrictedCode(CodeRefused):
    template = N_("{code} is a code for use within one shop or country, and no product or rule here knows it.")


class UnknownCommand(CodeRefused):
    template = N_("There is no command {code}. Print the sheet of commands anew.")


class BadGs1Code(CodeRefused):
    template = N_("{code} breaks the rules of GS1 codes. Scan again, or use another label.")


class EmptyGs1Code(BadGs1Code):
    template = N_("The GS1 code is empty. Scan again, or use another label.")


class UnknownIdentifier(BadGs1Code):
    template = N_("{code}: GS1 knows no part ({ai}). If two parts ran together, set the scanner to send FNC1.")


class EmptyPart(BadGs1Code):
    template = N_("{code}: part ({ai}) {title} is empty. Use another label, or enter it by hand.")


class WrongLength(BadGs1Code):
    template = N_(
        "{code}: part ({ai}) {title} has the wrong length: {value}. "
        "If two parts ran together, set the scanner to send FNC1."
    )


class WrongCharacters(BadGs1Code):
    template = N_("{code}: part ({ai}) {title} holds what GS1 does not allow there: {value}. Check the label.")


class WrongPartDigit(BadGs1Code):
    template = N_(
        "{code}: the check digit of ({ai}) {title} {value} should be {right}. Scan again, or use another label."
    )


class WrongPartDate(BadGs1Code):
    template = N_("{code}: ({ai}) {title} {value} is no date. Check the label, or enter the date by hand.")


class WrongPartValue(BadGs1Code):
    template = N_("{code}: ({ai}) {title} cannot be {value}. Check the label.")


class PartsConflict(BadGs1Code):
    template = N_("{code}: ({ai}) and ({other}) cannot stand in one code. Use another label.")


class PartsDiffer(BadGs1Code):
    template = N_("{code}: ({ai}) {title} stands there twice, as {value} and as {other}. Scan one label at a time.")


class PartMissing(BadGs1Code):
    template = N_("{code}: ({ai}) {title} is of no use without ({other}). Use another label.")


class LinkWithoutKey(BadGs1Code):
    template = N_("{code} is a link that names no goods. Scan the barcode beside it.")


class WrongLink(BadGs1Code):
    template = N_("{code}: the link is wrong at /{segment}. Scan the barcode beside it.")


class BadBrackets(BadGs1Code):
    template = N_("{code}: the brackets do not fit. Write each part as (identifier)value, such as (10)LOT.")
