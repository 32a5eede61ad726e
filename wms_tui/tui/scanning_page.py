"""The base of screens that scan: one line with a step, a tape of what became of each scan, and quantities."""

from __future__ import annotations

from wms_tui.domain.access import Permission
from wms_tui.domain.barcode_errors import NotInCatalog, WrongCheckDigit
from wms_tui.domain.barcodes import visible
from wms_tui.domain.barcodes.commands import Order
from wms_tui.domain.barcodes.reserved import Spoken
from wms_tui.domain.entry import Outcome
from wms_tui.domain.errors import NoLineYet, QuantityOutOfRange, SessionEnded, Stale, UnknownCode, WmsError
from wms_tui.domain.quantities import plain
from wms_tui.domain.texts import N_
from wms_tui.tui.asking_page import AskingPage
from wms_tui.tui.frame import Tone
from wms_tui.tui.guide import Hint
from wms_tui.tui.keys import ENTER, ESCAPE
from wms_tui.tui.orders import TIMES
from wms_tui.tui.page import Act
from wms_tui.tui.widgets.listing import Lines
from wms_tui.tui.widgets.tape import Mark, Scans, Tape

MAKE_IT = N_("{refusal} F6 makes a new product with this code.")
QUANTITY_OF = N_("Quantity of {sku}")
OTHER_LOT = N_("{sku}: scan or type the lot.")
SCAN_IT = N_("Product {sku} is made. Scan it again.")
ESC_FIRST = N_("Product {sku} is made. Press Esc, then scan again what was ignored.")
SEES_LINE = frozenset({ENTER, ESCAPE, "f8"})
MAKEABLE = (UnknownCode, NotInCatalog, WrongCheckDigit)
"""Refusals of a code that may be a new product's."""
ESC = "\x1b"
SCROLLS = frozenset({"up", "down", "pageup", "pagedown"})
SCROLLING = Hint(
    "Up, Down",
    N_("Move"),
    N_("Turns the list of what can be chosen, or of the last lines."),
    brief=False,
)
MOST_TYPED = 6
"""Digits of a quantity typed after F2; more are a barcode."""


class ScanningPage(AskingPage):
    """Every line is answered before the next is taken. After a refusal F6, which no scanner sends, may mend it.

    ``quantity_of`` is the product whose quantity the line asks for, after F2.
    """

    def __init__(self) -> None:
        super().__init__()
        self.quantity_of = ""
        self._mend: Act | None = None
        self._scans = Scans()
        self._tape = Tape()
        self._lines = Lines()

    async def answer(self, text: str) -> Outcome:
        """Have the service take a line."""
        raise NotImplementedError

    def last_sku(self) -> str:
        """The product of the line whose quantity can be set now; empty where there is none."""
        raise NotImplementedError

    def short_prompt(self) -> str:
        return self.tr(N_("Quantity")) if self.quantity_of else ""

    def scroll_lines(self, key: str) -> None:
        """Turn what the step offers, or what was taken so far; a message that covers it makes room first."""
        if key not in SCROLLS:
            return
        if self.has_class("-cramped"):
            self.say("")
        else:
            self._lines.turn(1 if key in {"down", "pagedown"} else -1)

    def takes_nothing(self) -> bool:
        """Whether an empty line means something now."""
        return False

    def mending(self, error: WmsError) -> tuple[str, Act] | None:
        """What F6 does after this refusal, and the sentence that offers it, with ``{refusal}`` in it."""
        if isinstance(error, MAKEABLE) and self.client.operator.may(Permission.CATALOG_EDIT):
            code = str(error.fields.get("gtin") or error.fields["code"])
            return MAKE_IT, lambda: self._make_product(code)
        return None

    async def heard(self, said: Spoken) -> None:
        """Commands are scans: each is on the tape, with what came of it, but for keys that are typed as codes."""
        if said.presses_key:
            await super().heard(said)
            return
        held, listed = self.held, self._scans.count
        try:
            await super().heard(said)
        except SessionEnded:
            raise
        except WmsError as error:
            if self._scans.count == listed:
                self._scans.add(Mark.REFUSED, said.code, error.text(self.shell.translate))
            raise
        if not held and self._scans.count == listed:
            mark = Mark.REFUSED if self.message.tone is Tone.REFUSED else Mark.TAKEN
            self._scans.add(mark, said.code, self.message.text)

    async def act(self, key: str, order: Order) -> None:
        """What stands in the line before a command is a line of its own, where the key does not take it anyhow."""
        if self.line.text and key not in SEES_LINE:
            await self.entered(self.line.clear())
        if key == TIMES and order.quantity is not None:
            await self.entered(plain(order.quantity) + ("" if self.quantity_of else "*"))
        else:
            await super().act(key, order)

    async def entered(self, text: str) -> None:
        if not text and (self.quantity_of or not self.takes_nothing()):
            return
        try:
            outcome = await self.answer(self._meant(text))
        except SessionEnded:
            raise
        except WmsError as error:
            self._scans.add(Mark.REFUSED, visible(text), error.text(self.shell.translate))
            raise
        self.quantity_of = ""
        self.taken(text, outcome)

    def _meant(self, text: str) -> str:
        """What the service is told. Raises ``QuantityOutOfRange`` for a barcode where a quantity is asked for."""
        if not self.quantity_of:
            return text
        if sum(character.isdigit() for character in text) > MOST_TYPED:
            raise QuantityOutOfRange(text=text, most="9" * MOST_TYPED)
        return f"={text}"

    def taken(self, text: str, outcome: Outcome) -> None:
        """Put it on the tape, and say so."""
        sentence = self.tr(outcome.template, **outcome.fields)
        if sentence:
            self._scans.add(Mark.TAKEN, visible(text), sentence)
            (self.warn if outcome.warns else self.done)(sentence)

    async def set_quantity(self) -> None:
        """Ask how many the last line has, or take what is typed as that. Raises ``NoLineYet``."""
        self.quantity_of = self.last_sku()
        if not self.quantity_of:
            raise NoLineYet
        if self.line.text:
            await self.entered(self.line.clear())

    def stop_asking(self) -> bool:
        """Ask for no quantity any more; whether one was asked for."""
        asked, self.quantity_of = self.quantity_of, ""
        return bool(asked)

    def refuse(self, error: WmsError) -> None:
        super().refuse(error)
        if isinstance(error, Stale):
            self.stop_asking()
        self._mend = None
        if offered := self.mending(error):
            template, self._mend = offered
            self.say(self.tr(template, refusal=error.text(self.shell.translate)), Tone.REFUSED)

    async def pressed(self, key: str) -> None:
        """An ESC in the midst of a code is part of it: it neither clears the line nor acknowledges a refusal."""
        if key == ESCAPE and self.behind() and self.shell.gate.goes_on:
            key = ESC
        if self.held and key == "f6" and self._mend:
            await self._mend()
        else:
            await super().pressed(key)

    async def _make_product(self, code: str) -> None:
        """The work stands as it is meanwhile."""
        from wms_tui.tui.screens.product_form import ProductForm

        await self.shell.go(ProductForm(barcode=code, made=self._product_made))

    def _product_made(self, sku: str) -> None:
        """Saving it has acknowledged the refusal, but not what was scanned after the code and is ignored."""
        self._mend = None
        if not self.ignored:
            self.release()
        self.done(self.tr(ESC_FIRST if self.held else SCAN_IT, sku=sku))

    def note_ignored(self, text: str) -> None:
        self._scans.add(Mark.IGNORED, visible(text))

    def paint(self) -> None:
        super().paint()
        self._tape.show((self._scans.summary(self.shell.translate), self._scans.last()))
