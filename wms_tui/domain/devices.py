"""Devices: what is remembered of a terminal by the name that it sends or chooses.

Addresses and terminal lines name nobody: behind NAT and Wi-Fi they belong to another device tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wms_tui.domain.device_errors import (
    BadDelay,
    BadDeviceName,
    DeviceNameMissing,
    EscAlone,
    KeyTaken,
    NoLabelName,
    UnfitKey,
)
from wms_tui.domain.errors import NotAChoice
from wms_tui.domain.texts import N_

MOST_NAME = 40
LEAST_DELAY, MOST_DELAY = 10, 2000
ESCAPE_DELAY = 100
"""Milliseconds of silence after which a lone ESC is the key Esc, where nothing else is set."""
PROFILES = ("modern", "ansi16", "vt220", "vt100", "mono-ascii")
BY_ITSELF = N_("By itself")
BELL_NAMES = {
    "": N_("As the program is set"),
    "on": N_("All"),
    "off": N_("None"),
    "taken": N_("Taken scans only"),
    "refused": N_("Refused scans only"),
}
"""The sounds that a device may make."""
KEYS = (*(f"f{number}" for number in range(1, 11)), "up", "down", "left", "right", "pageup", "pagedown")
TAUGHT = (*KEYS, "backspace", "escape")
"""The keys that a device can be taught, in the order in which they are asked for."""
ESC = "\x1b"
SCANNED = frozenset("\x00\x02\x03\x04\t\n\r\x11\x13\x1c\x1d\x1e\x1f")
"""Control characters that scanners put into, before and behind codes, or that lines use for themselves."""

_MADE_UP = re.compile(r"ssh:|/|script\Z")
_LABEL = re.compile(r"[A-Z0-9][A-Z0-9._-]*", re.ASCII)
_SEQUENCE = re.compile(r"\x1b[ -~]{1,15}")
_CONTROL = re.compile(r"[\x01-\x1a\x7f]")


@dataclass(frozen=True, slots=True)
class Device:
    """``keys`` are what the terminal sends → name of the key, those that it was taught. ``escape_delay`` is in ms.

    An empty ``profile`` is found by the program itself, an empty ``bell`` and a delay of None are as the program is
    set. ``version`` is 0 for a device of which nothing is remembered.
    """

    name: str
    profile: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    escape_delay: int | None = None
    bell: str = ""
    version: int = 0


def is_name(terminal: str) -> bool:
    """Whether somebody named the terminal; else the program made its name up from an address or a line."""
    name = terminal.strip()
    return bool(name) and name.isprintable() and len(name) <= MOST_NAME and not _MADE_UP.match(name.casefold())


def check_name(name: str) -> str:
    """The name in capitals, as small ones are the same. Raises ``DeviceNameMissing``, ``BadDeviceName``."""
    name = " ".join(name.split())
    if not name:
        raise DeviceNameMissing
    if not is_name(name):
        raise BadDeviceName(name=name, most=MOST_NAME)
    return name.upper()


def label_name(name: str) -> str:
    """The name as a scanned label gives it. Raises what ``check_name`` does, and ``NoLabelName``."""
    name = check_name(name)
    if not _LABEL.fullmatch(name):
        raise NoLabelName(name=name)
    return name


def bells(word: str, usual: frozenset[str]) -> frozenset[str]:
    """The outcomes that are heard at a device, where ``usual`` ones are as the program is set."""
    return {"": usual, "on": frozenset({"taken", "refused"}), "off": frozenset[str]()}.get(word, frozenset({word}))


def is_delay(text: str) -> bool:
    return text.isascii() and text.isdecimal() and LEAST_DELAY <= int(text[:9]) <= MOST_DELAY


def parse_delay(text: str) -> int | None:
    """Milliseconds, or None for nothing. Raises ``BadDelay``."""
    text = text.strip()
    if not text:
        return None
    if not is_delay(text):
        raise BadDelay(text=text, least=LEAST_DELAY, most=MOST_DELAY)
    return int(text)


def spelt(sent: str) -> str:
    """What a key sends, for people: ``ESC [35~``, ``0x07``."""
    named = [f"0x{ord(character):02X}" if character < " " or character == "\x7f" else character for character in sent]
    return (
        "ESC " + "".join(named[1:]) if sent.startswith(ESC) and len(sent) > 1 else "".join(named).replace("0x1B", "ESC")
    )


def check_sent(sent: str) -> str:
    """What a device may send for a key that it is taught. Raises ``EscAlone``, ``UnfitKey``."""
    if sent == ESC:
        raise EscAlone
    if sent in SCANNED or not (_SEQUENCE.fullmatch(sent) or _CONTROL.fullmatch(sent)):
        raise UnfitKey(sent=spelt(sent))
    return sent


def taught(keys: Mapping[str, str], key: str, sent: str) -> dict[str, str]:
    """The map with what is sent for a key now. Raises ``KeyTaken``, ``EscAlone``, ``UnfitKey``."""
    sent = check_sent(sent)
    if keys.get(sent, key) != key:
        raise KeyTaken(sent=spelt(sent), key=key_name(keys[sent]))
    return {other: name for other, name in keys.items() if name != key} | {sent: key}


def key_name(key: str) -> str:
    """A key as it is written on keyboards."""
    return NAMES.get(key, key.upper())


NAMES = {
    "up": N_("Up"),
    "down": N_("Down"),
    "left": N_("Left"),
    "right": N_("Right"),
    "pageup": N_("Page up"),
    "pagedown": N_("Page down"),
    "backspace": N_("Backspace"),
    "escape": N_("Esc"),
}


def checked(device: Device) -> Device:
    """The device as it is kept. Raises what is wrong with it."""
    for value, known in (
        (device.profile, PROFILES),
        (device.bell, tuple(BELL_NAMES)),
        *((key, TAUGHT) for key in device.keys.values()),
    ):
        if value and value not in known:
            raise NotAChoice(text=value, known=", ".join(filter(None, known)))
    delay = parse_delay("" if device.escape_delay is None else str(device.escape_delay))
    keys: dict[str, str] = {}
    for sent, key in device.keys.items():
        keys[check_sent(sent)] = key
    return replace(device, name=check_name(device.name), keys=keys, escape_delay=delay)
