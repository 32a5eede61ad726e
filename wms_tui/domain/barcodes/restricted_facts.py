"""The reading of a restricted-circulation code by a site's rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wms_tui.domain.barcodes.readings import Form, Measure, Reading
from wms_tui.domain.barcodes.restricted import Carried, RestrictedRule


def restricted_reading(gtin: str, whole: str, rule: RestrictedRule) -> Reading:
    """``gtin`` as read, ``whole`` its 13 digits. Raises ``WrongMeasureDigit``."""
    return Reading(Form.RESTRICTED, gtin=gtin, item=rule.item(whole), **_carried(rule, rule.amount(whole)))


def _carried(rule: RestrictedRule, amount: Decimal) -> dict[str, Any]:
    if rule.carried is Carried.WEIGHT:
        return {"measures": (Measure("", "NET WEIGHT", amount, "kg"),)}
    return {"price" if rule.carried is Carried.PRICE else "count": amount}
