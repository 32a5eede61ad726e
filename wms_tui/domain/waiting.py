"""What somebody reads who has to wait for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from wms_tui.domain.texts import N_

WAITING_FOR_PLACE = N_("Waiting for {place}: in use by {holder}, {seconds} s")
WAITING = N_("Waiting for the database: in use by {holder}, {seconds} s")


@dataclass(frozen=True, slots=True)
class HeldUp:
    """Who is at work where one wants to be. ``place`` is a location's code, empty where that is not known."""

    holder: str
    seconds: int
    place: str = ""

    @property
    def template(self) -> str:
        return WAITING_FOR_PLACE if self.place else WAITING

    @property
    def fields(self) -> dict[str, object]:
        return {"place": self.place, "holder": self.holder, "seconds": self.seconds}
