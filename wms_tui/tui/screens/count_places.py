"""The locations of a count, how far each is, and codes that nobody knows."""

from __future__ import annotations

from collections.abc import Callable

from wms_tui.domain.counting import BIN_STATE_NAMES, CountBin, CountRef, UnknownScan
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.texts import N_
from wms_tui.services import counting
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.whole_page import WholePage
from wms_tui.tui.widgets.listing import Column, Row


class CountPlaces(WholePage[CountBin]):
    """What is typed is looked for in codes, states and names of counters."""

    HEADING = N_("Places of the count")
    GUIDE = Guide(
        N_("All locations of this count. Type part of a code or of a counter's name to find them."),
        (Hint("F6", N_("Unknown"), N_("Shows codes that nobody knows, scanned in this count.")), *BROWSING),
    )

    def __init__(self, plan_id: int) -> None:
        super().__init__()
        self._plan_id = plan_id

    async def everything(self) -> tuple[CountBin, ...]:
        return await self.client.run(counting.bins, CountRef(self._plan_id))

    async def command(self, key: str) -> None:
        if key == "f6":
            await self.shell.go(CountUnknown(self._plan_id, counting.unknown))
        else:
            await super().command(key)

    def columns(self, found: Part[CountBin]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Location")), least=8),
            Column(self.tr(N_("Name")), least=6, stretch=True, rank=3),
            Column(self.tr(N_("Status")), least=6, below=True),
            Column(self.tr(N_("User")), least=4, rank=1, below=True),
        )

    def cells(self, row: CountBin) -> Row:
        return (row.code, row.name, self.tr(BIN_STATE_NAMES[row.state]), row.counter)

    def summary(self, found: Part[CountBin]) -> str:
        return self.tr(N_("Locations: {count}"), count=len(found.rows))


class CountUnknown(WholePage[UnknownScan]):
    """Codes that nobody knows, the latest first. ``look_up`` is the use case of whoever looks."""

    HEADING = N_("Unknown codes")
    GUIDE = Guide(N_("Codes that were scanned and that no product has. Find out what they stand on."), BROWSING)

    def __init__(self, plan_id: int, look_up: Callable[..., tuple[UnknownScan, ...]]) -> None:
        super().__init__()
        self._plan_id = plan_id
        self._look_up = look_up

    async def everything(self) -> tuple[UnknownScan, ...]:
        return await self.client.run(self._look_up, CountRef(self._plan_id))

    def columns(self, found: Part[UnknownScan]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Code")), least=10, stretch=True),
            Column(self.tr(N_("Location")), least=6, below=True),
            Column(self.tr(N_("User")), least=4, rank=1, below=True),
            Column(self.tr(N_("Time")), least=16, rank=2),
        )

    def cells(self, row: UnknownScan) -> Row:
        return (row.code, row.location, row.user, self.formats.minute(row.at))

    def summary(self, found: Part[UnknownScan]) -> str:
        return self.tr(N_("Unknown codes: {count}"), count=len(found.rows))
