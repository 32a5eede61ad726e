"""Why a scanned command or badge is not taken."""

from __future__ import annotations

from wms_tui.domain.errors import Refused
from wms_tui.domain.texts import N_


class CommandNotHere(Refused):
    template = N_("The command {name} does nothing here. F1 shows what this screen can do.")


class NothingToPrint(Refused):
    template = N_("There is nothing to print here.")


class NoSuchScreen(Refused):
    template = N_("There is no screen {code} for you. Home shows what there is.")


class CommandsOff(Refused):
    template = N_("Command barcodes are switched off: what they would begin with is empty.")


class BadgeNotHere(Refused):
    template = N_("A badge signs in: scan it at the sign-in screen, or where the screen is locked.")
