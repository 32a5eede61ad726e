"""``python -m tests.online_retail FOLDER``: issue lines of UCI's Online Retail, posted and verified.

``FOLDER`` holds the sales as ``*.csv.xz``. The exit status is 1 where the ledger is not what the model says.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.online_retail.posting import Outcome, play


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.online_retail", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, default=50_000, help="issue lines; 50,000 without this")
    parser.add_argument("--db", help="an empty database; without it a SQLite file that is thrown away")
    parser.add_argument("--keep", type=Path, help="keep the converted files in this folder, with what was listed")
    options = parser.parse_args()
    if options.lines < 1:
        parser.error("--lines is a number from 1")
    with tempfile.TemporaryDirectory(prefix="wms-online-retail-") as home:
        made = options.keep or Path(home)
        outcome = play(options.folder, made, options.db or f"sqlite:///{home}/retail.sqlite", options.lines)
    tell(outcome)
    return 0 if outcome.ok else 1


def tell(outcome: Outcome) -> None:
    lines = outcome.issue_lines + outcome.return_lines
    print(f"issue lines {outcome.issue_lines:,}, return lines {outcome.return_lines:,}")
    print(f"documents {outcome.documents:,}, after {outcome.opening} receipts of {outcome.products:,} products")
    for command, seconds in outcome.seconds.items():
        print(f"{seconds:8.1f} s  wms {command}")
    posting = outcome.seconds["post movements.csv"]
    print(f"posted {lines / posting:,.0f} lines/s, {outcome.documents / posting:,.0f} documents/s")
    print(f"listed {outcome.listed.total():,} rows:")
    for reason, count in outcome.listed.most_common():
        print(f"{count:8,}  {reason}")
    for row in outcome.left[:20]:
        print(f"left out: {row}")
    for sku, (expected, found) in sorted(outcome.wrong.items())[:20]:
        print(f"WRONG: {sku}: {found} on hand, the model says {expected}")
    verdict = "good" if outcome.verified else "BAD"
    print(f"wms verify --full: {verdict}; products whose stock differs from the model: {len(outcome.wrong)}")


if __name__ == "__main__":
    sys.exit(main())
