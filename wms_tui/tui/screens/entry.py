"""Movement entry: one line with a step; every scan is answered in order and saved in the draft before the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual.containers import Container
from textual.widget import Widget

from wms_tui.domain.access import Permission
from wms_tui.domain.entry import STEPS, Outcome, Step
from wms_tui.domain.errors import NoDocumentYet, WmsError
from wms_tui.domain.labels import LabelKind
from wms_tui.domain.movements import KIND_NAMES, KINDS, DocumentKind, Posted, ReverseDocument
from wms_tui.domain.texts import N_
from wms_tui.tui.draft import DraftAtWork, last_document, latest_document, reversal_of
from wms_tui.tui.frame import Message, Tone
from wms_tui.tui.guide import BACK, Guide, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.orders import CHANGE_LOCATION, NEW_LOT
from wms_tui.tui.page import CRAMPED
from wms_tui.tui.scanning_page import OTHER_LOT, QUANTITY_OF, SCROLLING, Act, ScanningPage
from wms_tui.tui.screens import entry_panes
from wms_tui.tui.screens.entry_lines import DraftLines
from wms_tui.tui.screens.entry_override import SAY_WHY, TAKE_IT, WHY, Overriding
from wms_tui.tui.screens.print_label import print_label, with_label

ENDING = frozenset({Step.REFERENCE, Step.PARTNER, Step.NOTE, Step.CONFIRM})
LABEL_OF_LAST = Hint("F10", N_("Label"), N_("Prints a label of your last posted document."), brief=False)
REASON = N_("Reason")
MAY_BE_EMPTY = frozenset({Step.LOT, Step.REFERENCE, Step.PARTNER, Step.NOTE})


class MovementEntry(ScanningPage):
    """Receipt, issue, transfer and adjustment: the kind decides which steps there are."""

    GUIDE = Guide(
        N_(
            "Scan the location, then the items; the same scan again adds one. A number before a scan is how many "
            "(12, or 12* for long ones), =12 sets the last line. Enter takes the lot in brackets. Every scan is saved "
            "at once. After a refusal, press Esc before you go on."
        ),
        (
            Hint("F8", N_("Post"), N_("Goes on to reference, partner and note; pressed again, posts at once.")),
            BACK,
            Hint("F4", N_("Undo scan"), N_("Takes back what was scanned last.")),
            Hint("F2", N_("Quantity"), N_("Sets the quantity of the last line.")),
            Hint("F6", N_("Lines"), N_("Shows all lines of this document.")),
            Hint("F9", N_("Undo document"), N_("Undoes your last posted document by a reversal; asks first.")),
            Hint("F7", N_("Discard"), N_("Throws this draft away; asks first."), brief=False),
            SCROLLING,
        ),
    )

    def __init__(self, kind: DocumentKind) -> None:
        super().__init__()
        self.kind = kind
        self.draft: DraftAtWork | None = None
        self._overriding = Overriding()
        self._entered: str | None = None
        self._facts = entry_panes.Facts()

    def body(self) -> Iterable[Widget]:
        return (self._facts, Container(self._tape, self._lines, id="work"))

    @property
    def _draft(self) -> DraftAtWork:
        assert self.draft is not None, "the draft is not open"
        return self.draft

    def guide(self) -> Guide:
        return with_label(self, self.GUIDE, LABEL_OF_LAST)

    def heading(self) -> str:
        translate = self.shell.translate
        return (
            entry_panes.heading(self.draft.view, translate, self.size.width)
            if self.draft
            else translate(KINDS[self.kind].name)
        )

    def prompt(self) -> str:
        if self.draft is None:
            return self.tr(N_("Enter: open it"))
        if self._overriding.asked:
            return self.tr(WHY, lot=self._overriding.asked.lot)
        if self.quantity_of:
            return self.tr(QUANTITY_OF, sku=self.quantity_of)
        return entry_panes.prompt(self.draft.view, self.shell.translate)

    def short_prompt(self) -> str:
        if self.draft is None:
            return ""
        if self._overriding.asked:
            return self.tr(REASON)
        return super().short_prompt() or entry_panes.short_prompt(self.draft.view, self.shell.translate)

    def told(self) -> Message:
        """That a place was taken says the heading as well: where there is little room, the reasons go before it."""
        chooses = self.state() == Step.REASON.value and self.size.height < CRAMPED
        return Message() if chooses and self.message.tone is Tone.DONE else self.message

    async def opened(self) -> None:
        if self.draft is not None:
            self.stop_asking()
            await self.draft.load()
            return
        self.draft = await DraftAtWork.open(self.client, self.kind)
        view = self.draft.view
        if view.line_count:
            saved = self.formats.clock(view.saved_at, self.client.clock())
            self.say(self.tr(N_("Draft from {time} resumed, lines: {count}."), count=view.line_count, time=saved))
        else:
            await self._tell_last()

    async def _tell_last(self) -> None:
        """Whoever lost his line while posting is looking for the draft that is no more."""
        if not self.client.operator.may(Permission.REVERSE_OWN):
            return
        last = await latest_document(self.client)
        if last is not None:
            posted = self.formats.clock(last.posted_at, self.client.clock())
            told = N_("Your last document: {number}, {time}, lines: {count}.")
            self.say(self.tr(told, number=last.number, time=posted, count=last.lines))

    def state(self) -> str:
        return self.draft.view.step.value if self.draft else ""

    async def left(self) -> None:
        if self.draft is not None and not self.draft.view.line_count:
            await self.draft.discard()

    async def entered(self, text: str) -> None:
        if self.draft is None:
            await self.opened()
        await super().entered(text)

    async def answer(self, text: str) -> Outcome:
        if self._overriding.asked:
            return await self._overriding.answer(self._draft, text)
        self._entered = text
        outcome = await self._draft.answer(text)
        self._entered = None
        return outcome

    def takes_nothing(self) -> bool:
        return not self._overriding.asked and self._draft.view.step in MAY_BE_EMPTY

    def mending(self, error: WmsError) -> tuple[str, Act] | None:
        entered, self._entered = self._entered, None
        if self._overriding.offers(error, self.client.operator, entered):
            return TAKE_IT, self._ask_why
        return super().mending(error)

    async def _ask_why(self) -> None:
        """The key acknowledges the refusal as well: no scanner sends it."""
        self.release()
        self.say(self.tr(SAY_WHY, lot=self._overriding.ask()), Tone.BUSY)

    async def command(self, key: str) -> None:
        if not self.line.text and self._overriding.stop():
            self.say("")
            if key in BACK_KEYS:
                return
        commands: dict[str, Callable[[], Awaitable[None]]] = {
            "f2": self.set_quantity,
            "f4": self._undo_scan,
            "f6": self._show_lines,
            "f7": self._ask_to_discard,
            "f8": self._finish,
            "f9": self._ask_to_undo_document,
            CHANGE_LOCATION: self._change_location,
            NEW_LOT: self._ask_for_lot,
            "f10": self._print_last,
            **dict.fromkeys(BACK_KEYS, self._step_back),
        }
        if self.draft is None:
            await self._without_draft(key)
        elif key in commands:
            await commands[key]()
        else:
            self.scroll_lines(key)

    async def _without_draft(self, key: str) -> None:
        """The draft could not be opened: go back, or try again."""
        if key in BACK_KEYS:
            await self.shell.back()
        else:
            await self.opened()

    async def _step_back(self) -> None:
        steps, step = STEPS[self.kind], self._draft.view.step
        if self.line.clear():
            return
        if self.stop_asking():
            return
        if step is Step.ITEM and self._draft.view.pending_quantity is not None:
            await self._go(step)
        elif step is steps[0]:
            await self._leave()
        else:
            await self._go(steps[steps.index(step) - 1] if step in steps else Step.ITEM)

    async def _change_location(self) -> None:
        """Back to the first question."""
        self.stop_asking()
        self.line.clear()
        await self._go(STEPS[self.kind][0])

    async def _ask_for_lot(self) -> None:
        """Another lot than the one proposed, or than the one that its expiry is asked for."""
        await self._draft.go(Step.LOT)
        self.say(self.tr(OTHER_LOT, sku=self._draft.view.pending_sku))

    async def _go(self, step: Step) -> None:
        await self._draft.go(step)
        self.say("")

    async def _leave(self) -> None:
        """An empty draft is not worth keeping."""
        if not self._draft.view.line_count:
            await self._draft.discard()
        await self.shell.back()

    def last_sku(self) -> str:
        view = self._draft.view
        return view.lines[0].sku if view.lines and view.step is Step.ITEM else ""

    async def _undo_scan(self) -> None:
        self.stop_asking()
        self.taken("F4", await self._draft.undo_scan())

    async def _show_lines(self) -> None:
        await self.shell.go(DraftLines(self._draft))

    async def _finish(self) -> None:
        """What is typed counts first; then on to the ending steps, or post if they are reached."""
        if self.line.text:
            await self.entered(self.line.clear())
        self.stop_asking()
        self._draft.check_complete()
        if self._draft.view.line_count and self._draft.view.step not in ENDING:
            await self._go(Step.REFERENCE)
            return
        self.say(self.tr(N_("Posting ...")), Tone.BUSY)
        self._tell(await self._draft.post())

    def _tell(self, posted: Posted) -> None:
        template = N_("{number} had been posted before.") if posted.again else N_("{number} posted, lines: {count}.")
        self.done(self.tr(template, number=posted.number, count=posted.lines))

    async def _ask_to_discard(self) -> None:
        question = N_("Throw away this draft (lines: {count})? F7 again throws it away.")
        self.ask_first("f7", self._discard, self.tr(question, count=self._draft.view.line_count))

    async def _discard(self) -> None:
        self.stop_asking()
        await self._draft.discard()
        await self._draft.load()
        self.done(self.tr(N_("The draft was thrown away.")))

    async def _ask_to_undo_document(self) -> None:
        last = await last_document(self.client)
        question = self.tr(
            N_("Undo {number} ({kind}, {time}, lines: {count})? F9 again undoes it."),
            number=last.number,
            kind=self.tr(KIND_NAMES[last.kind]),
            time=self.formats.clock(last.posted_at, self.client.clock()),
            count=last.lines,
        )
        request = reversal_of(last.number)
        self.ask_first("f9", lambda: self._undo_document(request), question)

    async def _print_last(self) -> None:
        """A label for the document that was posted last, whatever became of it."""
        last = await latest_document(self.client)
        if last is None:
            raise NoDocumentYet
        await print_label(self, LabelKind.DOCUMENT, last.number)

    async def _undo_document(self, request: ReverseDocument) -> None:
        self.stop_asking()
        reversal = await self._draft.reverse(request)
        self.done(self.tr(N_("{number} undone by {by}."), number=request.number, by=reversal.number))

    def paint(self) -> None:
        super().paint()
        if self.draft is not None:
            view, translate, formats = self.draft.view, self.shell.translate, self.formats
            self.set_class(bool(view.choices), "-choosing")
            self._facts.show(tuple(entry_panes.facts(view, translate, formats)))
            self._lines.renew(entry_panes.rows(view, translate, formats))
