"""What movement entry shows of a draft: heading, question, facts, lines and choices, as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rich.cells import cell_len
from textual.content import Content

from wms_tui.domain.entry import Choice, EntryLine, EntryView, Offer, Step
from wms_tui.domain.lots import titled
from wms_tui.domain.movements import KINDS, DocumentKind
from wms_tui.domain.seeded import shown_name
from wms_tui.domain.texts import N_, Translate
from wms_tui.domain.wrapping import wrapped
from wms_tui.tui.formats import Formats
from wms_tui.tui.terminal.text import NARROW, fit, safe
from wms_tui.tui.widgets.listing import Column, Row, Rows
from wms_tui.tui.widgets.painted import Painted

PROMPTS: dict[Step, str] = {
    Step.SOURCE: N_("From location"),
    Step.TARGET: N_("To location"),
    Step.REASON: N_("Reason"),
    Step.ITEM: N_("Item"),
    Step.LOT: N_("Lot"),
    Step.EXPIRES: N_("Expires (YYYY-MM-DD)"),
    Step.REFERENCE: N_("Reference"),
    Step.PARTNER: N_("Partner"),
    Step.NOTE: N_("Note"),
    Step.CONFIRM: N_("F8 posts"),
}
SHORT = {Step.SOURCE: N_("From"), Step.TARGET: N_("To"), Step.EXPIRES: N_("Expires")}
"""Where the question has to share a narrow row with the answer."""
SERIAL = N_("Serial no.")
PARTNERS = {DocumentKind.RECEIPT: N_("Supplier"), DocumentKind.ISSUE: N_("Customer")}
HANDHELD_ROWS, HANDHELD_FACTS = 12, 2
"""From so many rows on a narrow terminal has room for a second row of what is on hand."""
ROOMY_ROWS = 20
"""From so many rows on a wide one has a row to spare."""
MARGINS = 2
"""Around the heading."""
MARK = "! "
"""Before a lot that does not keep long enough, or that others should have gone before."""
LINE_COLUMNS = (
    Column(N_("SKU"), least=10),
    Column(N_("Name"), least=6, stretch=True, rank=1, below=True),
    Column(N_("Lot"), least=10, rank=2, below=True),
    Column(N_("Where"), least=8, rank=3, below=True),
    Column(N_("Qty"), least=4, right=True),
    Column(N_("Unit"), least=4, rank=1),
)
CHOICE_COLUMNS = (
    Column(N_("No."), least=3, right=True),
    Column(N_("Code"), least=8),
    Column(N_("Name"), least=6, stretch=True),
    Column(N_("Expires"), least=10, below=True),
    Column(N_("On hand"), least=7, right=True, rank=1),
)


class Facts(Painted[tuple[str, ...]]):
    """A few short lines on what is at work; the first one stands out, and on a handheld is whole in two rows."""

    def __init__(self) -> None:
        super().__init__(())

    def lines(self, width: int, height: int) -> list[Content]:
        rows = [fit(line, width) for line in self.value]
        kept = _kept_rows(width, self.app.size.height)
        if rows and kept == HANDHELD_FACTS:
            first = wrapped(safe(self.value[0]), width)
            rows[:1] = [*first[:1], *([fit(" ".join(first[1:]), width)] if first[1:] else [])]
        bold = len(rows) - len(self.value) + 1
        shown = [Content.styled(row, "bold" if number < bold else "") for number, row in enumerate(rows)]
        return shown + [Content("")] * (kept - len(shown))


def _kept_rows(width: int, height: int) -> int:
    """How many rows are kept for facts, so that what stands below does not move when the first one comes."""
    if width < NARROW:
        return HANDHELD_FACTS if height >= HANDHELD_ROWS else 0
    return 1 if height >= ROOMY_ROWS else 0


def heading(view: EntryView, translate: Translate, width: int) -> str:
    """The kind and where the clerk works, ``Transfer  A-01 > B-02``; of what has no room, the places come first."""
    places = " > ".join(place for place in (view.source, view.target) if place)
    parts = [part for part in (translate(KINDS[view.kind].name), places, view.reason) if part]
    told = ("  ".join(parts), " ".join(parts), "  ".join(parts[1:]), places or parts[0])
    return next((one for one in told if cell_len(one) + MARGINS <= width), told[-1])


def short_prompt(view: EntryView, translate: Translate) -> str:
    return translate(SHORT[view.step]) if view.step in SHORT else ""


def prompt(view: EntryView, translate: Translate) -> str:
    if view.step is Step.PARTNER and view.kind in PARTNERS:
        return translate(PARTNERS[view.kind])
    if view.step is Step.SOURCE and view.kind is DocumentKind.ADJUSTMENT:
        return translate(N_("Location"))
    serial = view.step is Step.LOT and view.pending_serial
    question = translate(SERIAL if serial else PROMPTS[view.step])
    return f"{question} [{view.default}]" if view.default else question


def facts(view: EntryView, translate: Translate, formats: Formats) -> Iterator[str]:
    """Stock of the product in view, what waits for the next scan, and what will stand on the document."""
    if view.on_hand:
        yield on_hand(view, translate, formats)
    if view.pending_quantity is not None:
        yield translate(N_("Next scan: {quantity}")).format(quantity=formats.grouped(view.pending_quantity))
    if pending := _pending(view, translate):
        yield pending
    if view.earlier:
        yield earlier(view.earlier, translate, formats)
    for step, text in ((Step.REFERENCE, view.reference), (Step.PARTNER, view.partner), (Step.NOTE, view.note)):
        if text:
            yield translate(N_("{title}: {value}")).format(title=translate(PROMPTS[step]), value=text)


def _pending(view: EntryView, translate: Translate) -> str:
    """What is asked about; its stock has named the product already."""
    named = view.on_hand is not None and view.on_hand.sku == view.pending_sku
    product = "" if named else f"{view.pending_sku}  {view.pending_name}".strip()
    lot = f"{translate(PROMPTS[Step.LOT])} {view.pending_lot}" if view.pending_lot else ""
    return "  ".join(part for part in (product, lot) if part)


def earlier(offer: Offer, translate: Translate, formats: Formats) -> str:
    """What lies elsewhere and should go before what is here."""
    template = translate(N_("First: {lot} at {location}: {quantity}"))
    lot = titled(offer.lot, formats.day(offer.expires))
    return template.format(lot=lot, location=offer.location, quantity=formats.grouped(offer.quantity))


def on_hand(view: EntryView, translate: Translate, formats: Formats) -> str:
    stock = view.on_hand
    assert stock is not None
    template = translate(N_("{here} {unit} {sku} at {location}, {total} in all  {name}"))
    return template.format(
        sku=stock.sku,
        here=formats.grouped(stock.here),
        total=formats.grouped(stock.total),
        unit=stock.unit,
        location=stock.location,
        name=stock.name,
    )


def rows(view: EntryView, translate: Translate, formats: Formats) -> Rows:
    """What the step offers to choose from, else the latest lines."""
    if view.choices:
        return choice_rows(view.choices, translate, formats)
    return line_rows(view.lines, view.kind, translate, formats)


def line_rows(lines: tuple[EntryLine, ...], kind: DocumentKind, translate: Translate, formats: Formats) -> Rows:
    """The lines of a draft as a list."""
    return Rows(_titled(LINE_COLUMNS, translate), tuple(_line_row(line, kind, formats) for line in lines))


def _line_row(line: EntryLine, kind: DocumentKind, formats: Formats) -> Row:
    place = f"{line.source}>{line.target}" if kind is DocumentKind.TRANSFER else _real_place(line, kind)
    lot = f"{MARK}{line.lot}" if line.override or line.passed else line.lot
    return (line.sku, line.name, lot, place, formats.grouped(line.quantity), line.unit)


def _real_place(line: EntryLine, kind: DocumentKind) -> str:
    """The end of the movement that is not the outside world."""
    outside = {KINDS[kind].default_source, KINDS[kind].default_target}
    return line.target if line.source in outside else line.source


def choice_rows(choices: tuple[Choice, ...], translate: Translate, formats: Formats) -> Rows:
    """What a step offers as a list; a lot is named by its own number, never by its place in the list."""
    numbered = all(choice.on_hand is None for choice in choices)
    return Rows(
        _titled(CHOICE_COLUMNS, translate),
        tuple(
            (
                str(number) if numbered else "",
                choice.code,
                shown_name(translate, choice.name),
                formats.day(choice.expires),
                "" if choice.on_hand is None else formats.grouped(choice.on_hand),
            )
            for number, choice in enumerate(choices, start=1)
        ),
    )


def _titled(columns: tuple[Column, ...], translate: Translate) -> tuple[Column, ...]:
    return tuple(replace(column, title=translate(column.title)) for column in columns)
