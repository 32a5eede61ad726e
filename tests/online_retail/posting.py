"""Brings the converted files in by the command line, and looks whether the ledger holds what the model says."""

from __future__ import annotations

import io
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.online_retail.converting import convert
from tests.online_retail.model import on_hand
from tests.online_retail.rows import sorted_out
from tests.support.warehouse import PASSWORD
from wms_tui.cli import run


@dataclass
class Outcome:
    """``listed`` counts rows by their reason. ``wrong`` holds the products whose stock is not what the model says."""

    issue_lines: int = 0
    return_lines: int = 0
    products: int = 0
    opening: int = 0
    documents: int = 0
    listed: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    left: list[Any] = field(default_factory=list)
    wrong: dict[str, tuple[int, int]] = field(default_factory=dict)
    verified: bool = False

    @property
    def ok(self) -> bool:
        return self.verified and not self.wrong and not self.left


def play(source: Path, folder: Path, url: str, issue_lines: int) -> Outcome:
    """Convert, import and post everything into an absent database, verify it, and hold it against the model."""
    sales, listed = sorted_out(source, issue_lines)
    convert(sales, listed, folder)
    outcome = Outcome(
        issue_lines=sum(not sale.returned for sale in sales),
        return_lines=sum(sale.returned for sale in sales),
        listed=Counter(row.reason for row in listed),
    )
    with _signing(url, folder):
        _wms("init", "--admin", "boss", "--password-stdin")
        outcome.products = _timed(outcome, "import", "products", str(folder / "products.csv"))["created"]
        _timed(outcome, "import", "locations", str(folder / "locations.csv"))
        outcome.opening = _posted(outcome, folder / "receipts.csv")
        outcome.documents = _posted(outcome, folder / "movements.csv")
        again = _wms("post", str(folder / "movements.csv"))
        assert (again["created"], again["again"]) == (0, outcome.documents), again
        outcome.verified = _timed(outcome, "verify", "--full")["ok"]
        outcome.wrong = _differences(on_hand(source, folder, issue_lines))
    return outcome


def _posted(outcome: Outcome, path: Path) -> int:
    report = _timed(outcome, "post", str(path))
    outcome.left += report["left"]
    return report["created"]


def _timed(outcome: Outcome, *arguments: str) -> Any:
    began = time.perf_counter()
    answer = _wms(*arguments)
    outcome.seconds[" ".join(Path(word).name for word in arguments)] = time.perf_counter() - began
    return answer


def _differences(expected: dict[str, int]) -> dict[str, tuple[int, int]]:
    held = Counter[str]()
    for row in _wms("stock"):
        held[row["sku"]] += Decimal(row["quantity"])
    return {
        sku: (expected.get(sku, 0), int(held[sku]))
        for sku in expected.keys() | held.keys()
        if expected.get(sku, 0) != held[sku]
    }


@contextmanager
def _signing(url: str, folder: Path) -> Iterator[None]:
    names = {"WMS_HOME": str(folder), "WMS_DATABASE_URL": url, "WMS_USER": "boss", "WMS_PASSWORD": PASSWORD}
    with patch.dict(os.environ, {**names, "WMS_LANG": "en"}):
        yield


def _wms(*arguments: str) -> Any:
    """What a command answers in JSON. Raises ``SystemExit`` with what it said where it did not succeed."""
    out, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(errors), patch("sys.stdin", io.StringIO(PASSWORD)):
        status = run([*arguments, "--json"])
    if status:
        raise SystemExit(f"wms {' '.join(arguments)} ended with {status}:\n{errors.getvalue()[-4000:]}")
    return json.loads(out.getvalue())
