"""A site's settings for the interpretation of codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wms_tui.domain.barcodes.commands import BADGE_PREFIX, PREFIX
from wms_tui.domain.barcodes.restricted import RESTRICTED, RestrictedRule
from wms_tui.domain.errors import BadSetting
from wms_tui.domain.texts import N_


@dataclass(frozen=True, slots=True)
class Rules:
    """``today`` decides the century of two-digit years. ``fnc1`` are texts that a scanner sends for FNC1 besides 0x1D,
    such as ``|`` or ``{GS}``. An empty prefix turns commands or badges off. ``restricted`` tells what the site's own
    codes of the prefixes 02 and 20 to 29 carry; ``RESTRICTED`` has those of several countries.
    """

    today: date
    fnc1: tuple[str, ...] = ()
    command_prefix: str = PREFIX
    badge_prefix: str = BADGE_PREFIX
    restricted: tuple[RestrictedRule, ...] = ()


PREFIX_RULE = N_("empty, or a text without spaces that begins with no letter, digit, ] or ?")
"""Letters and digits are keys of menus, ] begins a scanner's note on the symbol, ? asks for help."""


def rules_of(stored: Mapping[str, Any], today: date) -> Rules:
    """The rules out of settings: ``fnc1``, ``command_prefix``, ``badge_prefix``, ``restricted``. Raises ``BadSetting``.

    ``restricted`` is a country of ``RESTRICTED``, or a list of tables with ``pattern`` and ``decimals``.
    """
    unknown = sorted(set(stored) - {"fnc1", "command_prefix", "badge_prefix", "restricted"})
    if unknown:
        raise BadSetting(
            name=f"scanning.{unknown[0]}", text=stored[unknown[0]], wanted=N_("left out: there is no such setting")
        )
    return Rules(
        today,
        _texts(stored.get("fnc1", ())),
        _prefix(stored, "command_prefix", PREFIX),
        _prefix(stored, "badge_prefix", BADGE_PREFIX),
        _restricted(stored.get("restricted", ())),
    )


def _texts(value: Any) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(one, str) and one for one in texts):
        raise BadSetting(name="scanning.fnc1", text=value, wanted=N_("a text or a list of texts"))
    return tuple(texts)


def _prefix(stored: Mapping[str, Any], name: str, usual: str) -> str:
    value = stored.get(name, usual)
    plain = isinstance(value, str) and value.isascii() and value.isprintable() and " " not in value
    if not plain or (value and (value[0].isalnum() or value[0] in "]?")):
        raise BadSetting(name=f"scanning.{name}", text=value, wanted=PREFIX_RULE)
    return str(value)


def _restricted(value: Any) -> tuple[RestrictedRule, ...]:
    if isinstance(value, str) and value.upper() in RESTRICTED:
        return RESTRICTED[value.upper()]
    try:
        return tuple(RestrictedRule(str(one["pattern"]), int(one.get("decimals", 0))) for one in value)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        wanted = N_("a country such as SE, or a list of patterns such as 27IIIIIWWWWWC with their decimals")
        raise BadSetting(name="scanning.restricted", text=value, wanted=wanted) from error
