"""Printing labels of what is shown: on which printer, how many, of which size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wms_tui.domain.access import Permission
from wms_tui.domain.label_sizes import BadSize, SheetOnLabelPrinter, parse_size
from wms_tui.domain.label_symbols import STYLE_NAMES, Style
from wms_tui.domain.labels import BadCopies, LabelKind, LabelOrder, parse_copies
from wms_tui.domain.printing import Printer
from wms_tui.domain.texts import N_
from wms_tui.services import label_printers, printing
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.page import Page

LABEL = Hint("F10", N_("Label"), N_("Prints a label of what is shown or chosen."))
CHOOSE_FIRST = N_("Choose what to print a label of with the arrow keys first.")
PRINTER, COPIES, SIZE, SYMBOL, BELOW = "printer", "copies", "size", "symbol", "below"
FILE = ""
"""The choice of no printer."""
TO_FILE = N_("PDF file")
NO, YES = "no", "yes"
WRITTEN = N_("{count} in the file {path}")
QUEUED = N_("{printer}: {count}, job {job}")
DONE = N_("Labels: {where}")
STYLES = tuple(Choice(style.value, STYLE_NAMES[style]) for style in Style)


def may_print(page: Page) -> bool:
    actor = page.client.actor
    return actor is not None and actor.may(Permission.LABEL_PRINT)


def with_label(page: Page, guide: Guide, hint: Hint = LABEL) -> Guide:
    """The guide with the key for labels, for those who may print them."""
    return Guide(guide.about, (*guide.hints, hint)) if may_print(page) else guide


async def print_label(page: Page, kind: LabelKind, code: str | None, sku: str = "") -> None:
    """Open the form for a label; without a code nothing is chosen yet."""
    if not may_print(page):
        return
    if code is None:
        page.warn(page.tr(CHOOSE_FIRST))
    else:
        await page.shell.go(PrintLabel(LabelOrder(kind, (code,), sku)))


class PrintLabel(FormPage):
    """F10 prints. The same order is printed once, also where its answer was lost and it is sent again."""

    GUIDE = Guide(
        N_("A label printer prints as soon as it can; you can go on at once. The size is the printer's own if empty."),
        (replace(FILLING[0], word=N_("Print"), does=N_("Prints the labels.")), *FILLING[1:]),
    )

    def __init__(self, order: LabelOrder) -> None:
        super().__init__()
        self._order = order
        self._request = printing.new_request()

    def heading(self) -> str:
        return self.tr(N_("Label: {code}"), code=self._order.codes[0])

    async def fields(self) -> tuple[Field, ...]:
        found = [printer for printer in await self.client.run(label_printers.printers) if printer.active]
        below = Field(BELOW, N_("With all under it"), NO, choices=(Choice(NO, N_("No")), Choice(YES, N_("Yes"))))
        return (
            Field(PRINTER, N_("Printer"), self._usual(found), choices=_choices(found)),
            Field(COPIES, N_("Copies"), "1"),
            Field(SIZE, N_("Size"), about=N_("The printer's own if empty; a file has sheets of a4-3x8 then.")),
            Field(SYMBOL, N_("Symbol"), Style.AUTO.value, choices=STYLES),
            *((below,) if self._order.kind is LabelKind.LOCATION else ()),
        )

    def _usual(self, found: list[Printer]) -> str:
        """The one that was used last, else the first."""
        names = [printer.name for printer in found]
        usual = self.client.usual_printer
        return usual if usual in {*names, FILE} else next(iter(names), FILE)

    def check(self, field: Field, text: str) -> str:
        if field.name == COPIES:
            return str(parse_copies(text))
        return parse_size(text).name if field.name == SIZE and text else text

    def blamed(self, error: Exception) -> str:
        if isinstance(error, BadCopies):
            return COPIES
        return SIZE if isinstance(error, BadSize | SheetOnLabelPrinter) else PRINTER

    async def save(self, values: Mapping[str, str]) -> None:
        order = replace(
            self._order,
            copies=parse_copies(values[COPIES]),
            style=Style(values[SYMBOL]),
            below=values.get(BELOW) == YES,
        )
        where = (values[PRINTER], values[SIZE])
        printed = await self.client.print_labels(order, *where, self.shell.translate, self._request)
        self.client.usual_printer = values[PRINTER]
        await self.shell.back()
        template = WRITTEN if printed.path else QUEUED
        told = self.tr(template, count=printed.labels, path=printed.path, printer=printed.printer, job=printed.job)
        self.shell.page.done(self.tr(DONE, where=told))


def _choices(found: list[Printer]) -> tuple[Choice, ...]:
    return (*(Choice(printer.name, printer.name) for printer in found), Choice(FILE, TO_FILE))
