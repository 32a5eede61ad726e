"""Printing labels: made out between two transactions, to a PDF file or into a printer's queue."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.errors import FileError
from wms_tui.domain.file_errors import FileForbidden, FileMissing
from wms_tui.domain.label_sizes import DEFAULT_SHEET, SheetOnLabelPrinter, parse_size
from wms_tui.domain.labels import Label, LabelOrder
from wms_tui.domain.printing import NewJob, Printer, PrinterKind
from wms_tui.domain.texts import Translate
from wms_tui.services import label_making
from wms_tui.services.backend import Backend
from wms_tui.services.label_printers import printer_named
from wms_tui.services.label_queue import enqueue
from wms_tui.services.labels import labels
from wms_tui.services.table_files import replacing
from wms_tui.services.use_cases import Receipt, UseCase, use_case

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

    Raises what ``labels`` raises, and what ``made_to_file`` raises.
    """
    parse_size(size or DEFAULT_SHEET)
    made = _run(backend, actor, labels, order)
    return made_to_file(made, order.copies, path, size, translate)


def to_folder(
    backend: Backend, actor: Actor, order: LabelOrder, folder: Path, size: str, translate: Translate, request_id: str
) -> Printed:
    """Write a PDF file into a folder, made where it is not there: for whoever has no printer set up."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileForbidden(path=str(folder)) from error
    return to_file(backend, actor, order, folder / _file_name(backend, request_id), size, translate)


def to_printer(
    backend: Backend, actor: Actor, order: LabelOrder, printer: str, size: str, translate: Translate, request_id: str
) -> Printed:
    """Put the labels into a printer's queue, or into its folder as a PDF file; an empty ``size`` is the printer's own.

    Raises what ``labels`` raises, and what ``made_to_printer`` raises.
    """
    made = _run(backend, actor, labels, order)
    return made_to_printer(backend, actor, made, order.copies, printer, size, translate, request_id)


def made_to_file(made: Sequence[Label], copies: int, path: Path, size: str, translate: Translate) -> Printed:
    """Raises ``BadSize``, ``DoesNotFit``, ``Unencodable``, ``LabelsNotInstalled``, ``FileError``."""
    data = label_making.as_pdf(made, parse_size(size or DEFAULT_SHEET), copies, translate, titled(made))
    write_file(path, data)
    return Printed(len(made) * copies, path=str(path))


def made_to_printer(
    backend: Backend,
    actor: Actor,
    made: Sequence[Label],
    copies: int,
    printer: str,
    size: str,
    translate: Translate,
    request_id: str,
) -> Printed:
    """Raises what ``made_to_file`` raises, ``UnknownPrinter``, ``NoPrinter``, ``SheetOnLabelPrinter``."""
    chosen = _run(backend, actor, find_printer, printer)
    wanted = parse_size(size or chosen.size)
    if chosen.kind is PrinterKind.PDF:
        path = Path(chosen.folder) / _file_name(backend, request_id)
        return made_to_file(made, copies, path, wanted.name, translate)
    if wanted.is_sheet:
        raise SheetOnLabelPrinter(size=wanted.name, name=chosen.name, known=chosen.size)
    data = label_making.as_zpl(made, wanted, chosen.dpi, copies, translate)
    count = len(made) * copies
    job = _run(backend, actor, enqueue, NewJob(chosen.name, request_id, titled(made), count, data))
    return Printed(count, printer=chosen.name, job=job)


def _run(backend: Backend, actor: Actor, case: UseCase[Any, Receipt], request: object) -> Receipt:
    return backend.run(case, actor, request)


def _file_name(backend: Backend, request_id: str) -> str:
    return f"labels-{backend.clock():%Y%m%d-%H%M%S}-{request_id[:6]}.pdf"


def titled(made: Sequence[Label]) -> str:
    """What a job is called: the first codes."""
    return ", ".join(label.named for label in made[:MOST_NAMED]) + (" ..." if len(made) > MOST_NAMED else "")


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
