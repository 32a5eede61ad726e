"""Counting: scan a location, then what is there; blind, every scan saved before the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

from textual.containers import Container
from textual.widget import Widget

from wms_tui.domain.counting import CountStep, Submit
from wms_tui.domain.counting_errors import LineUnfinished, LocationCounted, LocationsLeft, LocationTaken
from wms_tui.domain.entry import Outcome
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_
from wms_tui.services import counting
from wms_tui.tui.count_desk import CountDesk
from wms_tui.tui.guide import BACK, Guide, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.orders import CHANGE_LOCATION, NEW_LOT
from wms_tui.tui.page import Act
from wms_tui.tui.scanning_page import OTHER_LOT, QUANTITY_OF, SCROLLING, ScanningPage
from wms_tui.tui.screens import counting_panes as panes
from wms_tui.tui.screens.count_lines import CountLines
from wms_tui.tui.screens.count_places import CountPlaces
from wms_tui.tui.screens.entry_panes import Facts

AS_IT_IS = N_("{refusal}")
LEAVE_OUT = N_("{refusal} F7 again hands the count over without them.")
NOTHING_HERE = N_("Nothing is counted at {code}. Is it empty? F8 again says so, Esc does not.")
MOVED = N_("{sku} moved while you counted it. F8 again leaves it to be counted again later, Esc does not.")
HAND_OVER = N_("Hand this count over for approval? F7 again does it.")
HANDED_OVER = N_("{name} is handed over for approval.")


ABOUT = N_(
    "Scan a location, then everything that is there; the same scan again adds one. A number before a scan is "
    "how many, =12 sets the last line. F8 finishes the location: what you did not find counts as nothing. "
    "After a refusal, press Esc before you go on."
)
AT_PLACE = (
    Hint(
        "F8",
        N_("Finish"),
        N_("The location is counted: what was not scanned is not there. Asks first if that may be wrong."),
    ),
    Hint("F4", N_("Undo scan"), N_("Takes back what was scanned last.")),
    Hint("F2", N_("Quantity"), N_("Sets the quantity of the last line.")),
    Hint("F6", N_("Lines"), N_("At a location: shows all that is counted there.")),
)
BETWEEN = (
    Hint("F7", N_("Hand over"), N_("Hands the count over for approval; asks first.")),
    Hint("F6", N_("Places"), N_("Between two: shows all locations of this count, and who is where.")),
)


class Counting(ScanningPage):
    """One plan. At a location F8 finishes it; between two F7 hands the plan over."""

    def guide(self) -> Guide:
        """The keys that are of use now stand in the line of keys."""
        between = self.desk is None or self.desk.view.step is CountStep.LOCATION
        at_place = [replace(hint, brief=not between) for hint in AT_PLACE]
        anywhere = [replace(hint, brief=between) for hint in BETWEEN]
        return Guide(ABOUT, (*at_place, *anywhere, BACK, SCROLLING))

    def __init__(self, plan_id: int) -> None:
        super().__init__()
        self.plan_id = plan_id
        self.desk: CountDesk | None = None
        self._facts = Facts()

    def body(self) -> Iterable[Widget]:
        return (self._facts, Container(self._tape, self._lines, id="work"))

    @property
    def _desk(self) -> CountDesk:
        assert self.desk is not None, "the desk is not open"
        return self.desk

    def heading(self) -> str:
        title = self.tr(N_("Count"))
        return panes.heading(self.desk.view, title, self.size.width) if self.desk else title

    def prompt(self) -> str:
        if self.desk is None:
            return self.tr(N_("Enter: open it"))
        if self.quantity_of:
            return self.tr(QUANTITY_OF, sku=self.quantity_of)
        return panes.prompt(self.desk.view, self.shell.translate)

    def short_prompt(self) -> str:
        return super().short_prompt() or (panes.short_prompt(self.desk.view, self.shell.translate) if self.desk else "")

    async def opened(self) -> None:
        if self.desk is None:
            self.desk = await CountDesk.open(self.client, self.plan_id)
        else:
            self.stop_asking()
            await self.desk.load()

    async def entered(self, text: str) -> None:
        if self.desk is None:
            await self.opened()
        await super().entered(text)

    def state(self) -> str:
        return self.desk.view.step.value if self.desk else ""

    async def left(self) -> None:
        """A location where nothing is counted is free again."""
        if self.desk is not None and not self.desk.view.lines:
            await self._stand_up()

    async def answer(self, text: str) -> Outcome:
        return await self._desk.answer(text)

    def takes_nothing(self) -> bool:
        return self._desk.view.step is CountStep.LOT

    def mending(self, error: WmsError) -> tuple[str, Act] | None:
        if isinstance(error, LocationTaken | LocationCounted):
            code = str(error.fields["code"])
            anew = isinstance(error, LocationCounted)
            return AS_IT_IS, lambda: self._take_over(code, anew)
        return super().mending(error)

    async def _take_over(self, code: str, anew: bool) -> None:
        self.release()
        self.taken("F6", await self._desk.take_over(code, anew))

    async def command(self, key: str) -> None:
        commands: dict[str, Callable[[], Awaitable[None]]] = {
            "f2": self.set_quantity,
            "f4": self._undo_scan,
            "f6": self._show,
            "f7": self._ask_to_hand_over,
            "f8": self._finish,
            CHANGE_LOCATION: self._change_location,
            NEW_LOT: self._ask_for_lot,
            **dict.fromkeys(BACK_KEYS, self._step_back),
        }
        if self.desk is None:
            await (self.shell.back() if key in BACK_KEYS else self.opened())
        elif key in commands:
            await commands[key]()
        else:
            self.scroll_lines(key)

    async def _step_back(self) -> None:
        """What is typed goes first, then what waits for a scan, then the location, then the page."""
        if self.line.clear():
            return
        if self.stop_asking():
            return
        if self._desk.view.step is CountStep.LOCATION:
            await self.shell.back()
        else:
            await self._desk.step_back()
            self.say("")

    async def _change_location(self) -> None:
        self.stop_asking()
        self.line.clear()
        await self._stand_up()
        self.say("")

    async def _stand_up(self) -> None:
        """Leave the location, and what was entered towards the next scan."""
        while self._desk.view.step is not CountStep.LOCATION:
            await self._desk.step_back()

    async def _ask_for_lot(self) -> None:
        self.say(self.tr(OTHER_LOT, sku=self._desk.view.pending_sku))

    def last_sku(self) -> str:
        view = self._desk.view
        return view.lines[0].sku if view.lines and view.step is CountStep.ITEM else ""

    async def _undo_scan(self) -> None:
        self.stop_asking()
        self.taken("F4", await self._desk.take_back())

    async def _show(self) -> None:
        between = self._desk.view.step is CountStep.LOCATION
        await self.shell.go(CountPlaces(self.plan_id) if between else CountLines(self._desk))

    async def _finish(self) -> None:
        """What is typed counts first."""
        if self.line.text:
            await self.entered(self.line.clear())
        if self._desk.view.pending_sku:
            raise LineUnfinished(sku=self._desk.view.pending_sku)
        self.stop_asking()
        view = self._desk.view
        moved = next((line.sku for line in view.lines if line.moved), "")
        if view.step is CountStep.ITEM and (moved or not view.lines):
            question = self.tr(MOVED if moved else NOTHING_HERE, sku=moved, code=view.location)
            self.ask_first("f8", self._carry_out_finish, question)
        else:
            await self._carry_out_finish()

    async def _carry_out_finish(self) -> None:
        self.taken("F8", await self._desk.finish())

    async def _ask_to_hand_over(self) -> None:
        self.ask_first("f7", self._hand_over, self.tr(HAND_OVER))

    async def _hand_over(self, without_rest: bool = False) -> None:
        try:
            plan = await self.client.run(counting.submit, Submit(self.plan_id, without_rest))
        except LocationsLeft as left:
            sentence = self.tr(LEAVE_OUT, refusal=left.text(self.shell.translate))
            self.ask_first("f7", lambda: self._hand_over(without_rest=True), sentence)
            return
        await self.shell.back()
        self.shell.page.done(self.tr(HANDED_OVER, name=plan.name))

    def paint(self) -> None:
        super().paint()
        if self.desk is not None:
            view, translate, formats = self.desk.view, self.shell.translate, self.formats
            self.set_class(panes.offers(view), "-choosing")
            self._facts.show(tuple(panes.facts(view, translate, formats)))
            self._lines.renew(panes.rows(view, translate, formats))
