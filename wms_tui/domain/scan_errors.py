"""Why a code that was understood is of no use where it was scanned.

::

    Refused
    └── CodeRefused                 ``barcode_errors.py``
        └── NamesNoProduct · ContentUnknown · NothingToDo · NoSerial · OtherLot · MeasureUnfit · QuantityTwice
"""

from __future__ import annotations

from wms_tui.domain.barcode_errors import CodeRefused
from wms_tui.domain.texts import N_


class NamesNoProduct(CodeRefused):
    template = N_("{code} names no product: it completes one. Scan the product's label first, then this one.")


class ContentUnknown(CodeRefused):
    template = N_(
        "{sscc} is the number of a pallet or carton (SSCC), and what it holds is not known here. "
        "Scan the label that names its content, or the goods."
    )


class NothingToDo(CodeRefused):
    template = N_("A command or badge is of no use here. Scan what is asked for.")


class NoSerial(CodeRefused):
    template = N_("{code} carries no serial number, and {sku} is tracked by it. Scan or enter the serial number.")


class OtherLot(CodeRefused):
    template = N_("The label says lot {other}, and lot {lot} is being entered. Scan its label, or go back with Esc.")


class MeasureUnfit(CodeRefused):
    template = N_("The code carries {amount} {measured}, and {sku} is counted in {unit}. Enter the quantity by hand.")


class QuantityTwice(CodeRefused):
    template = N_(
        "{typed} was entered, and the code carries {amount} {measured} itself. "
        "Take the number back (Esc), then scan each label once."
    )
