"""One posted document with all of its movements, and its reversal."""

from __future__ import annotations

from wms_tui.domain import lots
from wms_tui.domain.access import Permission
from wms_tui.domain.enquiry import DetailLine, DocumentDetail, LotRemark
from wms_tui.domain.errors import AlreadyReversed, NotAllowed, NotReversible, WmsError
from wms_tui.domain.labels import LabelKind
from wms_tui.domain.movements import KIND_NAMES, DocumentKind
from wms_tui.domain.roles import permission_name
from wms_tui.domain.seeded import named
from wms_tui.domain.texts import N_
from wms_tui.services import history, movements
from wms_tui.tui.draft import reversal_of
from wms_tui.tui.formats import Formats
from wms_tui.tui.frame import Tone
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.reading_page import READING, ReadingPage
from wms_tui.tui.screens.print_label import print_label, with_label
from wms_tui.tui.widgets.listing import Column, Row
from wms_tui.tui.widgets.sheet import Fact, Table

REVERSE = Hint("F9", N_("Reverse"), N_("Undoes the whole document by a reversal; asks first."))
SURE = N_("Reverse {number}, all of it? F9 again does it, Esc does not.")
REVERSED = N_("{number} is reversed by {reversal}.")
REVERSING = N_("Reversing {number} ...")
ABOUT = N_(
    "The document as it was posted. It cannot be changed; a mistake is undone by a reversal. "
    "Type another number to see that document."
)


class Document(ReadingPage):
    """``changed_stock`` says that something was reversed from here."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.changed_stock = False
        self._detail: DocumentDetail | None = None

    def heading(self) -> str:
        return self.number

    def prompt(self) -> str:
        return self.tr(N_("Document"))

    def guide(self) -> Guide:
        return with_label(self, Guide(ABOUT, (*READING, *([REVERSE] if self._refusal() is None else []))))

    def _refusal(self) -> WmsError | None:
        """Why this document cannot be reversed, as far as it can be told before it is tried."""
        operator, detail = self.client.operator, self._detail
        own = detail is not None and detail.user == operator.name
        needed = Permission.REVERSE_OWN if own else Permission.REVERSE_ANY
        if detail and detail.reversed_by:
            return AlreadyReversed(number=detail.number, by=detail.reversed_by)
        if detail and detail.kind is DocumentKind.REVERSAL:
            return NotReversible(number=detail.number)
        return (
            None if operator.may(needed) else NotAllowed(role=named(operator.role), permission=permission_name(needed))
        )

    async def opened(self) -> None:
        await self._load(self.number)

    async def entered(self, text: str) -> None:
        if text.strip():
            await self._load(text.strip())
            self.sheet.rewind()
            self.say("")

    async def _load(self, number: str) -> None:
        self._detail = detail = await self.client.run(history.detail, number)
        self.number = detail.number
        rows = tuple(_cells(line, self.formats) for line in detail.lines)
        self.sheet.write(self._facts(detail), Table(self._columns(), rows))

    async def command(self, key: str) -> None:
        if key == "f9":
            self._ask_to_reverse()
        elif key == "f10":
            await print_label(self, LabelKind.DOCUMENT, self.number)
        else:
            await super().command(key)

    def _ask_to_reverse(self) -> None:
        if refusal := self._refusal():
            raise refusal
        request = reversal_of(self.number)

        async def carry_out() -> None:
            self.say(self.tr(REVERSING, number=request.number), Tone.BUSY)
            posted = await self.client.run(movements.reverse, request)
            self.changed_stock = True
            await self._load(request.number)
            self.done(self.tr(REVERSED, number=request.number, reversal=posted.number))

        self.ask_first("f9", carry_out, self.tr(SURE, number=self.number))

    def _facts(self, detail: DocumentDetail) -> tuple[Fact, ...]:
        """What is known of the document; what is empty is left out."""
        posted, happened = map(self.formats.second, (detail.posted_at, detail.happened_at))
        facts = (
            (N_("Kind"), self.tr(KIND_NAMES[detail.kind])),
            (N_("Posted"), posted),
            (N_("Happened"), happened if happened != posted else ""),
            (N_("User"), detail.user),
            (N_("Terminal"), detail.terminal),
            (N_("Reference"), detail.reference),
            (N_("Partner"), detail.partner),
            (N_("Note"), detail.note),
            *((N_("Lots"), self._remark(remark)) for remark in detail.remarks),
            (N_("Reverses"), detail.reverses),
            (N_("Reversed by"), detail.reversed_by),
            (N_("Request"), detail.request_id),
        )
        return tuple((self.tr(title), text) for title, text in facts if text)

    def _remark(self, remark: LotRemark) -> str:
        template, fields = lots.told(remark)
        return self.tr(template, **fields)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("SKU")), least=10),
            Column(self.tr(N_("Name")), least=8, rank=5, stretch=True, below=True),
            Column(self.tr(N_("From")), least=6, rank=1, below=True),
            Column(self.tr(N_("To")), least=6, rank=1, below=True),
            Column(self.tr(N_("Qty")), right=True),
            Column(self.tr(N_("Unit")), least=4, rank=2),
            Column(self.tr(N_("In base unit")), right=True, rank=7, below=True),
            Column(self.tr(N_("Lot")), least=6, rank=3, below=True),
            Column(self.tr(N_("Manufactured")), least=10, rank=8, below=True),
            Column(self.tr(N_("Expires")), least=10, rank=4, below=True),
            Column(self.tr(N_("Reason")), least=6, rank=3, below=True),
            Column(self.tr(N_("Unit cost")), right=True, rank=6, below=True),
        )


def _cells(line: DetailLine, formats: Formats) -> Row:
    """Entered in another unit than the product's own, the quantity is shown in both."""
    base = f"{formats.grouped(line.quantity)} {line.base_unit}" if line.unit != line.base_unit else ""
    entered, unit_cost = formats.grouped(line.entered_quantity), formats.cost(line.unit_cost)
    places = (line.source, line.target, entered, line.unit, base)
    days = formats.day(line.manufactured), formats.day(line.expires)
    return (line.sku, line.name, *places, line.lot, *days, line.reason, unit_cost)
