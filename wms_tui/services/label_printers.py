"""Printers of labels, as an administrator sets them up."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from wms_tui.db import labels as db
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.label_sizes import DEFAULT_SHEET, DEFAULT_SIZE, SIZES, SheetOnLabelPrinter, parse_size
from wms_tui.domain.posting import check_text
from wms_tui.domain.print_errors import FolderMissing, HostMissing, NoPrinter, PrinterInUse, UnknownPrinter
from wms_tui.domain.printing import MOST_FOLDER, MOST_HOST, ChangePrinter, Printer, PrinterKind, parse_dpi, parse_port
from wms_tui.domain.setup import MOST_CODE, ChangedMeanwhile, CodeInUse
from wms_tui.domain.texts import N_
from wms_tui.domain.zpl import DPIS
from wms_tui.services.setup import checked_code, differing
from wms_tui.services.use_cases import use_case


@use_case(Permission.LABEL_PRINT, writes=False)
def printers(tx: Tx, actor: Actor, _request: None) -> tuple[Printer, ...]:
    """All printers by name, with how many jobs wait before each."""
    return all_printers(tx)


@use_case(Permission.SETUP_EDIT)
def add(tx: Tx, actor: Actor, request: Printer) -> None:
    """Set a printer up. Raises ``CodeInUse`` and what ``change`` raises."""
    printer = _checked(request)
    if tx.one(db.FIND_PRINTER, name=printer.name):
        raise CodeInUse(code=printer.name)
    tx.run(db.ADD_PRINTER, **_values(printer))
    tx.note("add printer", printer.name, after=_told(printer))


@use_case(Permission.SETUP_EDIT)
def change(tx: Tx, actor: Actor, request: ChangePrinter) -> None:
    """Change a printer, or switch it off and on; its name stays.

    Raises ``ChangedMeanwhile``, ``PrinterInUse``, ``HostMissing``, ``FolderMissing``, ``BadSize``,
    ``SheetOnLabelPrinter``, ``BadDpi``, ``BadPort``.
    """
    before, after = request.before, _checked(replace(request.after, name=request.before.name))
    [waiting] = tx.one(db.OPEN_JOBS, name=before.name) or (0,)
    if waiting and (not after.active or after.kind is not before.kind):
        raise PrinterInUse(name=before.name)
    seen = {f"seen_{name}": value for name, value in _values(before).items()}
    new = _values(after)
    if not tx.run(db.CHANGE_PRINTER, **seen, **{name: new[name] for name in new if name != "name"}):
        raise ChangedMeanwhile(code=before.name)
    old, changed = differing(_told(before), _told(after))
    if changed:
        tx.note("change printer", before.name, old, changed)


def all_printers(tx: Tx) -> tuple[Printer, ...]:
    return tuple(_printer(row) for row in tx.all(db.PRINTERS))


def printer_named(tx: Tx, name: str) -> Printer:
    """A printer in use. Raises ``UnknownPrinter``, ``NoPrinter``."""
    active = {printer.name: printer for printer in all_printers(tx) if printer.active}
    if name not in active:
        raise UnknownPrinter(name=name, known=", ".join(active)) if active else NoPrinter(name=name)
    return active[name]


def _printer(row: tuple[Any, ...]) -> Printer:
    name, kind, *rest = row
    return Printer(name, PrinterKind(kind), *rest)


def _checked(printer: Printer) -> Printer:
    name, host, folder = checked_code(printer.name, MOST_CODE), printer.host.strip(), printer.folder.strip()
    check_text(N_("host"), host, MOST_HOST)
    check_text(N_("folder"), folder, MOST_FOLDER)
    on_roll = printer.kind is PrinterKind.ZPL
    if on_roll and not host:
        raise HostMissing
    if not on_roll and not folder:
        raise FolderMissing
    size = parse_size(printer.size or (DEFAULT_SIZE if on_roll else DEFAULT_SHEET))
    if on_roll and size.is_sheet:
        raise SheetOnLabelPrinter(size=size.name, name=name, known=_rolls())
    port, dpi = parse_port(str(printer.port)), parse_dpi(str(printer.dpi), DPIS)
    return replace(printer, name=name, host=host, folder=folder, size=size.name, port=port, dpi=dpi)


def _rolls() -> str:
    return ", ".join(size.name for size in SIZES.values() if not size.is_sheet)


def _values(printer: Printer) -> dict[str, Any]:
    return {name: value for name, value in asdict(printer).items() if name in db.PRINTER_FIELDS} | {
        "kind": printer.kind.value
    }


def _told(printer: Printer) -> dict[str, object]:
    """What the audit tells: what the printer's kind needs."""
    fields = ("host", "port", "dpi") if printer.kind is PrinterKind.ZPL else ("folder",)
    values = _values(printer)
    return {name: values[name] for name in ("kind", *fields, "size", "active")}
