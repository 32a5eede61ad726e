"""Printing labels: made out between two transactions, to a PDF file or into a printer's queue."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.errors import FileError
from wms_tui.domain.file_errors import FileForbidden, FileMissing
from wms_tui.domain.label_sizes import DEFAULT_SHEET, LabelSize, SheetOnLabelPrinter, parse_size
from wms_tui.domain.labels import Label, LabelOrder
from wms_tui.domain.printing import NewJob, Printer, PrinterKind
from wms_tui.domain.texts import Translate
from wms_tui.services import label_making
from wms_tui.services.backend import Backend
from wms_tui.services.label_printers import printer_named
from wms_tui.services.label_queue import enqueue
from wms_tui.services.labels import labels
from wms_tui.services.table_files import replacing
from wms_tui.services.use_cases import use_case

MOST_NAMED = 3
"""Codes that a job's title tells."""


@dataclass(frozen=True, slots=True)
class Printed:
    """So many labels, each copy counted: in the file ``path``, or as ``job`` in the queue of ``printer``."""

    labels: int
    path: str = ""
    printer: str = ""
    job: int = 0


def new_request() -> str:
    """A request id: the same order sent again with it is printed once."""
    return secrets.token_hex(16)


@use_case(Permission.LABEL_PRINT, writes=False)
def find_printer(tx: Tx, actor: Actor, name: str) -> Printer:
    """A printer in use. Raises ``UnknownPrinter``, ``NoPrinter``."""
    return printer_named(tx, name)


def to_file(backend: Backend, actor: Actor, order: LabelOrder, path: Path, size: str, translate: Translate) -> Printed:
    """Write a PDF file, whole or not at all; it replaces one of the same name.

    Raises what ``labels`` raises, ``BadSize``, ``DoesNotFit``, ``LabelsNotInstalled``, ``FileError``.
    """
    wanted = parse_size(size or DEFAULT_SHEET)
    made = backend.run(labels, actor, order)
    return _write(made, order, path, wanted, translate)


def to_printer(
    backend: Backend, actor: Actor, order: LabelOrder, printer: str, size: str, translate: Translate, request_id: str
) -> Printed:
    """Put the labels into a printer's queue, or into its folder as a PDF file; an empty ``size`` is the printer's own.

    Raises what ``to_file`` raises, ``UnknownPrinter``, ``NoPrinter``, ``SheetOnLabelPrinter``.
    """
    chosen = backend.run(find_printer, actor, printer)
    wanted, made = parse_size(size or chosen.size), backend.run(labels, actor, order)
    if chosen.kind is PrinterKind.PDF:
        path = Path(chosen.folder) / f"labels-{backend.clock():%Y%m%d-%H%M%S}-{request_id[:6]}.pdf"
        return _write(made, order, path, wanted, translate)
    if wanted.is_sheet:
        raise SheetOnLabelPrinter(size=wanted.name, name=chosen.name, known=chosen.size)
    data = label_making.as_zpl(made, wanted, chosen.dpi, order.copies, translate)
    count = len(made) * order.copies
    job = backend.run(enqueue, actor, NewJob(chosen.name, request_id, titled(made), count, data))
    return Printed(count, printer=chosen.name, job=job)


def titled(made: Sequence[Label]) -> str:
    """What a job is called: the first codes."""
    named = ", ".join(label.title if label.code == label.title else label.code for label in made[:MOST_NAMED])
    return named + (" ..." if len(made) > MOST_NAMED else "")


def _write(made: Sequence[Label], order: LabelOrder, path: Path, size: LabelSize, translate: Translate) -> Printed:
    data = label_making.as_pdf(made, size, order.copies, translate, titled(made))
    write_file(path, data)
    return Printed(len(made) * order.copies, path=str(path))


def write_file(path: Path, data: bytes) -> None:
    """Raises ``FileError`` and its kinds."""
    if not path.parent.is_dir():
        raise FileMissing(path=str(path.parent))
    try:
        with replacing(path.resolve()) as file:
            file.write(data)
    except PermissionError as error:
        raise FileForbidden(path=str(path)) from error
    except OSError as error:
        raise FileError(path=str(path), why=error.strerror or str(error)) from error
