"""What it takes to understand a code, beside biip alone and beside looking a string up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import islice
from time import process_time

import biip
import pytest

from tests.domain.barcodes.conftest import Shelf, goods, place
from tests.domain.barcodes.plain_model import Day
from wms_tui.domain.barcodes import RESTRICTED, Rules, resolve

pytestmark = pytest.mark.benchmark
RULES = Rules(date(2026, 3, 1), fnc1=("|",), restricted=RESTRICTED["SE"])
LABELS = (
    "]C1010590123412345717271231310300125010AB-12\x1d21X9",
    "(01)05901234123457(17)271231(10)AB-12",
    "https://example.com/01/00614141123452/10/ABC123?17=250330",
    "2388060112344",
)
COUNT = 20_000
MOST = 50.0
"""Microseconds a code."""


def codes() -> tuple[Day, list[str]]:
    """A day's codes of which one in twenty is a long label in one of the forms."""
    day = Day(1)
    found = list(islice(day.codes(COUNT), COUNT))
    return day, [LABELS[at // 20 % len(LABELS)] if at % 20 == 0 else code for at, code in enumerate(found)]


def microseconds(read: Callable[[str], object], texts: list[str]) -> float:
    """Of the processor a code, the best of three runs: what others do at the same time is left out."""
    best = float("inf")
    for _ in range(3):
        start = process_time()
        for text in texts:
            read(text)
        best = min(best, process_time() - start)
    return best / len(texts) * 1e6


def by_biip(text: str) -> object:
    with suppress(Exception):
        return biip.parse(text)
    return None


def test_a_code_is_understood_in_under_50_microseconds():
    day, texts = codes()
    shelf = Shelf({code: goods(sku) for code, sku in day.products.items()}, {code: place(code) for code in day.places})
    ours = microseconds(lambda text: resolve(text, RULES), texts)
    theirs = microseconds(by_biip, texts[::10])
    plain = microseconds(lambda text: day.products.get(text.strip()), texts)
    asked = microseconds(lambda text: resolve(text, RULES, shelf), texts)
    print(f"\nresolve {ours:.1f} µs a code; biip alone {theirs:.1f} µs, {theirs / ours:.1f} times as long")
    print(f"with a catalog in memory {asked:.1f} µs, {asked / plain:.0f} times a look-up of the string alone")
    for label in LABELS:
        print(f"  {microseconds(lambda text: resolve(text, RULES), [label] * 2000):5.1f} µs  {label!r}")
    assert ours < MOST
    assert ours < theirs
