"""How a site has its codes read: kept among its settings, and made into the rules of the interpretation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from wms_tui.domain.barcodes import RESTRICTED, RestrictedRule, Rules
from wms_tui.domain.barcodes.commands import BADGE_PREFIX, PREFIX
from wms_tui.domain.errors import Refused
from wms_tui.domain.texts import N_

FNC1, COMMAND_PREFIX, BADGES, RESTRICTED_CODES = "fnc1", "command_prefix", "badge_prefix", "restricted"
READING = (FNC1, COMMAND_PREFIX, BADGES, RESTRICTED_CODES)
"""The settings that say how codes are read."""
MOST_STANDING, LEAST_PREFIX, MOST_PREFIX, MOST_RULES = 10, 2, 10, 1000
_NEVER_IN_DATA = frozenset("#$@[\\]^`{|}~")
"""Visible characters that no part of a GS1 code may hold."""
_PREFIX = re.compile(rf"[!-~]{{{LEAST_PREFIX},{MOST_PREFIX}}}")
_RULE = re.compile(r"(?P<pattern>[0-9IVWPNC]{13})(?:/(?P<decimals>[0-5]))?", re.ASCII)
_BETWEEN = re.compile(r"[\s,;]+")


class BadFnc1(Refused):
    template = N_(
        "{text} cannot stand for FNC1: it has to hold one of {known}, which no GS1 code has in its data, "
        "and at most {most} characters."
    )


class BadPrefix(Refused):
    template = N_(
        "{text} cannot begin commands or badges. Use {least} to {most} characters without spaces that begin with no "
        "letter, digit, ], ( or ?."
    )


class PrefixesClash(Refused):
    template = N_("Commands begin with {command} and badges with {badge}: neither may begin with the other.")


class BadRestricted(Refused):
    template = N_(
        "{text} is no rule for codes of the shop's own. Write the 13 places, such as 27IIIIIWWWWWC/3 "
        "(item, weight with 3 decimals, check digit), or one of: {known}."
    )


def rules_from(stored: Mapping[str, str], today: date) -> Rules:
    """The rules that the stored settings make; what nobody has set is as it was made."""
    return _rules(
        stored.get(FNC1, ""),
        stored.get(COMMAND_PREFIX, PREFIX),
        stored.get(BADGES, BADGE_PREFIX),
        stored.get(RESTRICTED_CODES, ""),
        today,
    )


@lru_cache(maxsize=64)
def _rules(fnc1: str, command_prefix: str, badge_prefix: str, restricted: str, today: date) -> Rules:
    return Rules(today, tuple(fnc1.split()), command_prefix, badge_prefix, restricted_rules(restricted))


def checked_fnc1(text: str) -> str:
    """Texts that a scanner sends for FNC1, with a space between. Raises ``BadFnc1``."""
    for standing in text.split():
        if len(standing) > MOST_STANDING or not standing.isascii() or _NEVER_IN_DATA.isdisjoint(standing):
            raise BadFnc1(text=standing, known=" ".join(sorted(_NEVER_IN_DATA)), most=MOST_STANDING)
    return " ".join(dict.fromkeys(text.split()))


def checked_prefixes(command: str, badge: str) -> tuple[str, str]:
    """What commands and badges begin with; empty for neither. Raises ``BadPrefix``, ``PrefixesClash``."""
    command, badge = command.strip(), badge.strip()
    for prefix in filter(None, (command, badge)):
        if not _PREFIX.fullmatch(prefix) or prefix[0].isalnum() or prefix[0] in "](?":
            raise BadPrefix(text=prefix, least=LEAST_PREFIX, most=MOST_PREFIX)
    if command and badge and (badge.upper().startswith(command.upper()) or command.upper().startswith(badge.upper())):
        raise PrefixesClash(command=command, badge=badge)
    return command, badge


def checked_restricted(text: str) -> str:
    """Rules with a space between. Raises ``BadRestricted``."""
    written = " ".join(_parts(text.upper()))
    restricted_rules(written)
    return written


def restricted_rules(text: str) -> tuple[RestrictedRule, ...]:
    """The rules of a country by its two letters, and patterns with their decimals. Raises ``BadRestricted``."""
    rules: list[RestrictedRule] = []
    for part in _parts(text):
        rules += RESTRICTED.get(part) or (_rule(part),)
    return tuple(rules)


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text) if part]


def _rule(text: str) -> RestrictedRule:
    found = _RULE.fullmatch(text)
    try:
        if found:
            return RestrictedRule(found["pattern"], int(found["decimals"] or 0))
    except ValueError:
        pass
    raise BadRestricted(text=text, known=", ".join(sorted(RESTRICTED)))
