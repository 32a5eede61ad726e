"""What an audit of the whole database found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
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
    """All checks of one audit."""

    checks: tuple[Checked, ...]

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON takes it; problems leave out what they do not have."""
        return {"ok": self.ok, "checks": [_as_dict(check) for check in self.checks]}


def _as_dict(check: Checked) -> dict[str, Any]:
    problems = [{key: value for key, value in asdict(problem).items() if value} for problem in check.problems]
    return {"name": check.name, "ok": check.ok, "rows": check.rows, "problems": problems, "more": check.more}
