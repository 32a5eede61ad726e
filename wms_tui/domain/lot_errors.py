"""What can be refused about lots and serial numbers."""

from __future__ import annotations

from collections.abc import Sequence

from wms_tui.domain.errors import Refused, WrongEntry
from wms_tui.domain.texts import N_, Term, Translate, as_written, sentence

WHO_MAY = N_("{refusal} Only {roles} may take it.")


class TooOld(Refused):
    """A lot does not keep long enough; ``roles`` may take it all the same, where the operator may not."""

    roles: Sequence[str] = ()

    def text(self, translate: Translate = as_written) -> str:
        refusal = super().text(translate)
        if not self.roles:
            return refusal
        roles = ", ".join(translate(role) if isinstance(role, Term) else role for role in self.roles)
        return sentence(translate, WHO_MAY, {"refusal": refusal, "roles": roles})


class LotExpired(TooOld):
    template = N_("Lot {lot} of {sku} expired on {expires}. Put it aside; it can be scrapped by an adjustment.")


class ArrivedExpired(LotExpired):
    template = N_("Lot {lot} of {sku} expired on {expires} and is not received. Check the date on the label.")


class LifeTooShort(TooOld):
    template = N_("Lot {lot} of {sku}: days left {left}, needed {needed} (expires {expires}). Take another lot.")


class ArrivedTooLate(LifeTooShort):
    template = N_(
        "Lot {lot} of {sku}: days left {left}, needed at receipt {needed} (expires {expires}). "
        "Check the date on the label."
    )


class TakeItFrom(WrongEntry):
    """A product where the location to take from is asked for; ``lot`` and ``location`` are what should go first."""

    template = N_("Scan the location first. Take {what} at {location}, there: {quantity}. {code} is a product code.")


class SerialTwice(Refused):
    """``location`` is where the serial number is already, or is to be."""

    template = N_("Serial number {lot} of {sku} is at {location} already: a serial number is in one place, once.")
