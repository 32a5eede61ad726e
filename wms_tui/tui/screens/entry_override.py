"""Taking a lot in spite of its expiry: offered after the refusal, and done once the reason is given."""

from __future__ import annotations

from dataclasses import dataclass

from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.entry import Outcome
from wms_tui.domain.errors import WmsError
from wms_tui.domain.lot_errors import TooOld
from wms_tui.domain.texts import N_
from wms_tui.tui.draft import DraftAtWork

TAKE_IT = N_("{refusal} F6 takes it, with a reason.")
WHY = N_("Reason for lot {lot}")
SAY_WHY = N_("Why is lot {lot} taken all the same? Esc does not take it.")
SAID = N_("Lot {lot} goes along: {reason}. F8 posts.")


@dataclass(frozen=True, slots=True)
class Override:
    """A lot that was refused, and the line that was entered; without one it was posting that refused it."""

    sku: str
    lot: str
    entered: str | None


class Overriding:
    """What a movement entry remembers of a refused lot; ``asked`` is the one whose reason the line asks for."""

    def __init__(self) -> None:
        self.asked: Override | None = None
        self._refused: Override | None = None

    def offers(self, error: WmsError, operator: Actor, entered: str | None) -> bool:
        """Whether the operator may take what was refused; it is remembered then."""
        self._refused = None
        if isinstance(error, TooOld) and operator.may(Permission.EXPIRY_OVERRIDE):
            self._refused = Override(str(error.fields["sku"]), str(error.fields["lot"]), entered)
        return self._refused is not None

    def ask(self) -> str:
        """Ask for the reason; the lot that it is for."""
        self.asked = self._refused
        return self.asked.lot if self.asked else ""

    def stop(self) -> bool:
        """Ask no more; whether a reason was asked for."""
        asked, self.asked = self.asked, None
        return asked is not None

    async def answer(self, draft: DraftAtWork, reason: str) -> Outcome:
        """Take the lot for this reason. Raises ``Refused`` for what is no reason; then it is still asked for."""
        override = self.asked
        assert override is not None
        if override.entered is not None:
            outcome = await draft.answer(override.entered, reason)
        else:
            await draft.override(override.sku, override.lot, reason)
            outcome = Outcome(SAID, {"lot": override.lot, "reason": reason})
        self.asked = None
        return outcome
