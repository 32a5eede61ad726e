"""What an audit of the whole database found."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad row: which one it is as far as it has a SKU, location, lot or number, and what is wrong with it."""

    sku: str = ""
    location: str = ""
    lot: str = ""
    number: str = ""
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: how many rows it looked at, and the first bad ones; ``more`` says that there are others."""

    name: str
    rows: int
    problems: tuple[Problem, ...] = ()
    more: bool = False

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Report:
    """All checks of one audit: of everything, or of what has come ``since`` the checkpoint of an earlier one.

    ``kept`` says whether a new checkpoint was written, None where none was to be.
    """

    checks: tuple[Checked, ...]
    since: datetime | None = None
    kept: bool | None = None

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)

    def keeping(self, kept: bool) -> Report:
        """The same with whether a checkpoint was written."""
        return replace(self, kept=kept)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON takes it; problems leave out what they do not have."""
        since = self.since.isoformat() if self.since else None
        checks = [_as_dict(check) for check in self.checks]
        return {"ok": self.ok, "since": since, "checkpoint": bool(self.kept), "checks": checks}


def _as_dict(check: Checked) -> dict[str, Any]:
    problems = [{key: value for key, value in asdict(problem).items() if value} for problem in check.problems]
    return {"name": check.name, "ok": check.ok, "rows": check.rows, "problems": problems, "more": check.more}


@dataclass(frozen=True, slots=True)
class Statement:
    """A check by its name, as SQL that returns no row when all is well; its columns are named in it."""

    name: str
    sql: str
