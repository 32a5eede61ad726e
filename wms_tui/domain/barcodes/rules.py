"""A site's settings for the interpretation of codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wms_tui.domain.barcodes.commands import BADGE_PREFIX, PREFIX
from wms_tui.domain.barcodes.restricted import RestrictedRule


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
