"""Why a device is not set up or taught so."""

from __future__ import annotations

from wms_tui.domain.errors import Refused, Stale
from wms_tui.domain.texts import N_


class DeviceNameMissing(Refused):
    template = N_("This terminal has no name yet. Give it one, such as RF-07.")


class BadDeviceName(Refused):
    template = N_("{name} is no name for a terminal. Take up to {most} letters and digits, such as RF-07.")


class NoLabelName(Refused):
    template = N_("No label can name a terminal {name}. Take letters A to Z, digits, full stop, hyphen and underscore.")


class DeviceChanged(Stale):
    template = N_("Somebody else has changed the terminal {name} in the meantime. Look at it again, then change it.")


class BadDelay(Refused):
    template = N_("{text} is no delay. Enter whole milliseconds from {least} to {most}.")


class EscAlone(Refused):
    template = N_("This key sends ESC alone, which is Esc everywhere. It can be no other key.")


class UnfitKey(Refused):
    template = N_("What this key sends ({sent}) may be part of a scanned code. It can be no key.")


class KeyTaken(Refused):
    template = N_("{sent} is {key} already. Press another key.")
