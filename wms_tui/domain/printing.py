"""Printers and the queue before them: what a printer is, how a job goes on, and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wms_tui.domain.print_errors import BadDpi, BadPort, JobMoved
from wms_tui.domain.texts import N_

MOST_HOST, MOST_FOLDER = 200, 400
PORT = 9100
"""What label printers listen on for raw data."""
TRIES = 8
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)
ABANDONED = timedelta(minutes=2)
"""After so long without an end nobody is sending any more: whoever did was killed."""
KEPT = timedelta(days=30)
"""How long a job that came to its end can be looked at, and printed again."""


class PrinterKind(StrEnum):
    """A label printer that is sent ZPL, or a folder that PDF files are put in."""

    ZPL = "zpl"
    PDF = "pdf"


PRINTER_KINDS = {PrinterKind.ZPL: N_("label printer (ZPL)"), PrinterKind.PDF: N_("PDF files in a folder")}


class JobState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATE_NAMES = {
    JobState.WAITING: N_("waiting"),
    JobState.SENDING: N_("being sent"),
    JobState.SENT: N_("sent"),
    JobState.UNSURE: N_("perhaps printed"),
    JobState.FAILED: N_("failed"),
    JobState.CANCELLED: N_("cancelled"),
}

NEXT: dict[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.SENDING, JobState.CANCELLED}),
    JobState.SENDING: frozenset({JobState.SENT, JobState.WAITING, JobState.FAILED, JobState.UNSURE}),
    JobState.SENT: frozenset({JobState.WAITING}),
    JobState.UNSURE: frozenset({JobState.WAITING, JobState.CANCELLED}),
    JobState.FAILED: frozenset({JobState.WAITING, JobState.CANCELLED}),
    JobState.CANCELLED: frozenset({JobState.WAITING}),
}
"""From each state to others. Back to waiting from an end only a person brings a job, who has looked at the printer."""

ENDS = frozenset(JobState) - {JobState.WAITING, JobState.SENDING}


class Fault(StrEnum):
    """Why a job could not be sent. In the first three nothing has reached the printer, so trying again is safe."""

    NO_HOST = "no host"
    REFUSED = "refused"
    SILENT = "silent"
    BROKEN = "broken"
    ABANDONED = "abandoned"

    @property
    def is_safe(self) -> bool:
        return self in {Fault.NO_HOST, Fault.REFUSED, Fault.SILENT}


FAULT_NAMES = {
    Fault.NO_HOST: N_("The printer's name is not known in the network."),
    Fault.REFUSED: N_("The printer takes no connection. Is it on, and is the port right?"),
    Fault.SILENT: N_("The printer does not answer. Is it on and in the network?"),
    Fault.BROKEN: N_(
        "The line broke while the labels were sent. Look which of them came out, then print again or not."
    ),
    Fault.ABANDONED: N_("The program ended while the labels were sent. Look which came out, then print again or not."),
}


@dataclass(frozen=True, slots=True)
class Printer:
    """``size`` is a name of ``label_sizes`` or sides in mm; ``host``, ``port`` and ``dpi`` are a label printer's."""

    name: str
    kind: PrinterKind = PrinterKind.ZPL
    host: str = ""
    port: int = PORT
    folder: str = ""
    size: str = ""
    dpi: int = 203
    active: bool = True
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class ChangePrinter:
    """What the printer that was seen as ``before`` is to be."""

    before: Printer
    after: Printer


@dataclass(frozen=True, slots=True)
class NewJob:
    """Labels made out for a printer; the same ``request_id`` again makes no second job."""

    printer: str
    request_id: str
    title: str
    labels: int
    data: str


@dataclass(frozen=True, slots=True)
class JobQuery:
    """Jobs, the newest first; ``open_only`` leaves out those that were sent or cancelled."""

    open_only: bool = False
    after: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class JobRow:
    job_id: int
    printer: str
    title: str
    labels: int
    state: JobState
    tries: int
    fault: Fault | None
    user: str
    created_at: datetime
    changed_at: datetime
    next_try: datetime | None


@dataclass(frozen=True, slots=True)
class MoveJob:
    """Cancel a job (``CANCELLED``) or print it again (``WAITING``), as it was seen in the state ``seen``."""

    job_id: int
    seen: JobState
    to: JobState


@dataclass(frozen=True, slots=True)
class TakenJob:
    """A job that whoever took it is to send now; ``tries`` counts this time."""

    job_id: int
    host: str
    port: int
    data: str
    tries: int


def pause_after(tries: int) -> timedelta:
    """How long a job waits after so many tries in vain: 5 s, doubling, at most 10 minutes."""
    return min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)


def after_fault(fault: Fault, tries: int) -> JobState:
    """What becomes of a job that was not sent: tried again as long as nothing can have been printed."""
    if not fault.is_safe:
        return JobState.UNSURE
    return JobState.WAITING if tries < TRIES else JobState.FAILED


def may_move(job: int, now: JobState, to: JobState) -> None:
    """Raises ``JobMoved`` for what a person cannot do to a job in this state."""
    if now is JobState.SENDING or to not in NEXT[now]:
        raise JobMoved(job=job, state=STATE_NAMES[now], wanted=STATE_NAMES[to])


def parse_port(text: str) -> int:
    """Raises ``BadPort``."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= 65535):
        raise BadPort(text=text)
    return int(text)


def parse_dpi(text: str, known: tuple[int, ...]) -> int:
    """Raises ``BadDpi``."""
    found = next((dpi for dpi in known if str(dpi) == text.strip()), None)
    if found is None:
        raise BadDpi(text=text, known=", ".join(map(str, known)))
    return found
