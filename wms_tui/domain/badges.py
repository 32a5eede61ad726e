"""Badges: a code that a person scans, and the PIN that goes with it."""

from __future__ import annotations

import re
from hashlib import sha256

from wms_tui.domain.barcodes.commands import BADGE_PREFIX
from wms_tui.domain.errors import AccessError
from wms_tui.domain.texts import N_

LEAST_PIN, MOST_PIN = 4, 12
LEAST_BADGE, MOST_BADGE = 6, 100
_DIGITS = "01234567890"
_BADGE = re.compile(r"[!-~]+", re.ASCII)


class WrongPin(AccessError):
    template = N_("Badge or PIN is wrong. Scan the badge again.")


class WeakPin(AccessError):
    template = N_("Choose {least} to {most} digits as a PIN, not all the same and not in a row.")


class PinsDiffer(AccessError):
    template = N_("The two PINs differ. Nothing was changed.")


class BadBadge(AccessError):
    template = N_("A badge has {least} to {most} letters, digits and signs without spaces. Scan it again.")


class BadgeTaken(AccessError):
    template = N_("This badge is somebody else's. Use another one.")


class BadgeMissing(AccessError):
    template = N_("{name} has no badge. Scan one, and give it a PIN.")


def check_pin(pin: str) -> str:
    """The PIN. Raises ``WeakPin``."""
    fits = pin.isascii() and pin.isdecimal() and LEAST_PIN <= len(pin) <= MOST_PIN
    if not fits or len(set(pin)) == 1 or pin in _DIGITS or pin[::-1] in _DIGITS:
        raise WeakPin(least=LEAST_PIN, most=MOST_PIN)
    return pin


def check_badge(code: str, prefix: str = BADGE_PREFIX) -> str:
    """The badge's code without the prefix, with which it may be given or not. Raises ``BadBadge``."""
    code = code.strip()
    if prefix and code.upper().startswith(prefix.upper()):
        code = code[len(prefix) :]
    if not _BADGE.fullmatch(code) or not LEAST_BADGE <= len(code) <= MOST_BADGE:
        raise BadBadge(least=LEAST_BADGE, most=MOST_BADGE)
    return code


def badge_key(code: str) -> str:
    """What is stored of a badge: nobody who reads the database can print it. Small and capital letters are the same."""
    return sha256(code.strip().upper().encode()).hexdigest()
