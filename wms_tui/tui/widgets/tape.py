"""The tape: the last scans with what came of each, the newest at the bottom."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum

from rich.cells import cell_len
from textual.content import Content

from wms_tui.domain.texts import N_, Translate
from wms_tui.tui.terminal.text import fit, safe
from wms_tui.tui.widgets.painted import Painted

MOST = 200
COUNTS = N_("Taken {taken}   Refused {refused}   Ignored {ignored}")


class Mark(Enum):
    """What came of a scan: the mark, which also reads in ASCII, and its style."""

    TAKEN = ("+", "bold $success")
    REFUSED = ("!", "bold reverse $error")
    IGNORED = ("-", "bold $warning")


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan: its running number, the code as received, and its outcome in words."""

    number: int
    mark: Mark
    code: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The running counts in words, and by their marks where there is no room for words."""

    words: str = ""
    marks: str = ""


class Scans:
    """The scans of one page, counted; the last ones are remembered."""

    def __init__(self) -> None:
        self._last: deque[Scan] = deque(maxlen=MOST)
        self.counts = dict.fromkeys(Mark, 0)

    def add(self, mark: Mark, code: str, outcome: str = "") -> None:
        self.counts[mark] += 1
        self._last.append(Scan(self.count, mark, code, outcome))

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(self.counts.values())

    def last(self) -> tuple[Scan, ...]:
        return tuple(self._last)

    def summary(self, translate: Translate) -> Summary:
        taken, refused, ignored = (self.counts[mark] for mark in Mark)
        marks = "  ".join(f"{mark.value[0]} {count}" for mark, count in self.counts.items())
        return Summary(translate(COUNTS).format(taken=taken, refused=refused, ignored=ignored), marks)


class Tape(Painted[tuple[Summary, tuple[Scan, ...]]]):
    """Shows a summary and as many of the last scans as there is room for."""

    def __init__(self) -> None:
        super().__init__((Summary(), ()))

    def lines(self, width: int, height: int) -> list[Content]:
        summary, scans = self.value
        room = max(0, height - 1)
        shown = scans[len(scans) - min(room, len(scans)) :]
        counts = summary.words if cell_len(summary.words) <= width else summary.marks
        heading = [Content.styled(fit(counts, width), "$muted")] if height > 1 else []
        return [*heading, *(_row(scan, width) for scan in shown)]


def _row(scan: Scan, width: int) -> Content:
    mark, style = scan.mark.value
    number = f"{scan.number:>4} " if width >= 40 else ""
    room = max(0, width - len(number) - 2)
    muted = "" if scan.mark is Mark.TAKEN else "$muted"
    return Content.assemble((number, "$muted"), (mark, style), (" " + fit(_told(scan, room), room), muted))


def _told(scan: Scan, room: int) -> str:
    """Code and outcome in columns; where there is little room, the outcome alone if it was taken."""
    if room >= 50 and scan.outcome:
        return f"{fit(scan.code, 24)} {scan.outcome}"
    if room < 30 and scan.outcome and scan.mark is Mark.TAKEN:
        return scan.outcome
    return f"{safe(scan.code)} {scan.outcome}"
