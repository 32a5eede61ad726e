"""Printers of labels, for the administrator; their queue is a key away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.label_sizes import DEFAULT_SIZE, BadSize, SheetOnLabelPrinter, parse_size
from wms_tui.domain.print_errors import BadPort, FolderMissing, HostMissing
from wms_tui.domain.printing import PORT, PRINTER_KINDS, ChangePrinter, Printer, PrinterKind, parse_port
from wms_tui.domain.setup import CodeInUse, CodeMissing
from wms_tui.domain.texts import N_
from wms_tui.domain.zpl import DPIS
from wms_tui.services import label_printers
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.screens.print_queue import PrintQueue
from wms_tui.tui.whole_page import WholePage
from wms_tui.tui.widgets.listing import Column, Row

OFF_NOW, ON_AGAIN = N_("{what} is switched off now."), N_("{what} is switched on again.")
NAME, KIND, HOST, WHERE_PORT, FOLDER, SIZE, DPI = "name", "kind", "host", "port", "folder", "size", "dpi"
KINDS = tuple(Choice(kind.value, PRINTER_KINDS[kind]) for kind in PrinterKind)
RESOLUTIONS = tuple(Choice(str(dpi), str(dpi)) for dpi in DPIS)
FIRST = Printer("", size=DEFAULT_SIZE)


class Printers(WholePage[Printer]):
    """Enter changes the chosen printer."""

    HEADING = N_("Printers and queue")
    CHOOSE_FIRST = N_("Choose a printer with the arrow keys first.")
    GUIDE = Guide(
        N_("Label printers in the network, and folders for PDF files. Whoever may print labels chooses one of them."),
        (
            Hint("F2", N_("New"), N_("Sets a printer up.")),
            Hint("F6", N_("Queue"), N_("Shows the jobs before all printers.")),
            Hint("F9", N_("On/off"), N_("Takes the chosen printer out of use, or back.")),
            *BROWSING,
        ),
    )

    async def everything(self) -> tuple[Printer, ...]:
        return await self.client.run(label_printers.printers)

    async def open_row(self, row: Printer) -> None:
        await self.open_form(PrinterForm(row))

    def new_form(self) -> FormPage:
        return PrinterForm(None)

    async def command(self, key: str) -> None:
        if key == "f6":
            self.stale = True
            await self.shell.go(PrintQueue())
        else:
            await super().command(key)

    async def on_chosen(self, key: str, row: Printer) -> None:
        await self.client.run(label_printers.change, ChangePrinter(row, replace(row, active=not row.active)))
        await self.ask_again()
        self.done(self.tr(OFF_NOW if row.active else ON_AGAIN, what=row.name))

    def columns(self, found: Part[Printer]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Name")), least=8),
            Column(self.tr(N_("Kind")), least=6, rank=4),
            Column(self.tr(N_("Where")), least=8, stretch=True, rank=3),
            Column(self.tr(N_("Size")), least=5, rank=5),
            Column(self.tr(N_("Status")), least=3, rank=1),
            Column(self.tr(N_("Waiting")), right=True, rank=2),
        )

    def cells(self, row: Printer) -> Row:
        where = f"{row.host}:{row.port}" if row.kind is PrinterKind.ZPL else row.folder
        status = self.tr(N_("active") if row.active else N_("inactive"))
        waiting = self.formats.grouped(row.waiting) if row.waiting else ""
        return (row.name, self.tr(PRINTER_KINDS[row.kind]), where, row.size, status, waiting)

    def summary(self, found: Part[Printer]) -> str:
        return self.tr(N_("Printers: {count}"), count=len(found.rows))


class PrinterForm(FormPage):
    """A new printer, or one that is changed."""

    GUIDE = Guide(
        N_("A label printer needs its address; it must read ZPL, as those of Zebra and many others do. PDF files need "
           "a folder on the machine that this program runs on."),
        FILLING,
    )  # fmt: skip

    def __init__(self, row: Printer | None) -> None:
        super().__init__()
        self._row = row

    def heading(self) -> str:
        return self._row.name if self._row else self.tr(N_("New printer"))

    async def fields(self) -> tuple[Field, ...]:
        row = self._row or FIRST
        sizes = N_("In mm, such as 50x30 or 100x50; for PDF files a sheet such as a4-3x8, too.")
        return (
            Field(NAME, N_("Name"), row.name, fixed=self._row is not None),
            Field(KIND, N_("Kind"), row.kind.value, choices=KINDS),
            Field(HOST, N_("Address"), row.host, about=N_("Of a label printer: its name or IP address.")),
            Field(WHERE_PORT, N_("Port"), str(row.port), about=N_("9100, unless the printer was set to another one.")),
            Field(DPI, N_("Dots an inch"), str(row.dpi), choices=RESOLUTIONS),
            Field(FOLDER, N_("Folder"), row.folder, about=N_("For PDF files: its full path.")),
            Field(SIZE, N_("Size"), row.size, about=sizes),
        )

    def check(self, field: Field, text: str) -> str:
        if field.name == WHERE_PORT:
            return str(parse_port(text or str(PORT)))
        return parse_size(text).name if field.name == SIZE else text

    def blamed(self, error: Exception) -> str:
        fields: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
            ((CodeInUse, CodeMissing), NAME),
            (HostMissing, HOST),
            (FolderMissing, FOLDER),
            (BadPort, WHERE_PORT),
            ((BadSize, SheetOnLabelPrinter), SIZE),
        )
        return next((name for kinds, name in fields if isinstance(error, kinds)), KIND)

    async def save(self, values: Mapping[str, str]) -> None:
        active = self._row.active if self._row else True
        where = (values[HOST], parse_port(values[WHERE_PORT]), values[FOLDER])
        after = Printer(values[NAME], PrinterKind(values[KIND]), *where, values[SIZE], int(values[DPI]), active)
        if self._row is None:
            await self.client.run(label_printers.add, after)
        else:
            await self.client.run(label_printers.change, ChangePrinter(self._row, after))
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{code} is saved."), code=values[NAME]))
