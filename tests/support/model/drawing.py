"""What the state machine draws: mostly sound requests, and now and then something odd."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.support.ledger import ADJUSTMENT, ISSUE, RECEIPT, TRANSFER, document, line
from wms_tui.domain.movements import Line, PostDocument

BINS = ("A1", "A2")
KNOWN = ["BOLT", "BOLT", "BOLT-BAG", "14006381333938", "4006381333931", "NUT", "NUT", "NUT", "FLOUR"]
ODD = ["NUT2", "NUT2", "OLD", "?"]
"""Codes that are there at times, or never, or not for posting."""
QUANTITY = st.sampled_from([Decimal(1), Decimal(2), Decimal(5), Decimal("0.5")])
LOTS = st.sampled_from(["L1", "L1", "L1", "N1", "N2"])
KEEPERS = st.sampled_from(["ken", "kim"])
COUNTERS = st.sampled_from(["ken", "kim", "ada"])
REVIEWERS = st.sampled_from(["fay", "ada"])
SIDES = st.sampled_from([0, 1])


CHANGES = [
    ("NUT", "sku", "NUT2"),
    ("NUT", "sku", "NUT2"),
    ("NUT", "sku", "NUT"),
    ("NUT", "name", "螺母"),
    ("NUT", "active", False),
    ("NUT", "active", True),
    ("FLOUR", "active", False),
    ("FLOUR", "active", True),
    ("OLD", "active", True),
]


def one_in(times: int) -> st.SearchStrategy[bool]:
    return st.integers(1, times).map(lambda drawn: drawn == times)


@st.composite
def lines(draw: Any, kind: str) -> Line:
    code, lot = draw(GOODS)
    if draw(one_in(20)):
        lot = "" if lot else "L1"
    unit = "carton" if code in {"BOLT", "NUT"} and draw(one_in(4)) else None
    place = st.sampled_from(["SHUT"]) if draw(one_in(5)) else st.sampled_from(BINS)
    more = {"source": draw(place)} if kind in {ISSUE, TRANSFER} else {}
    if kind == TRANSFER and not draw(one_in(10)):
        more["target"] = {"A1": "A2"}.get(more["source"], "A1")
    elif kind in {RECEIPT, TRANSFER}:
        more["target"] = draw(place)
    if kind == ADJUSTMENT:
        way, reason = draw(st.sampled_from([("source", "LOST"), ("target", "FOUND")]))
        more = {way: draw(place), "reason": "FOUND" if draw(one_in(10)) else reason}
    return line(code, draw(QUANTITY), lot=lot or None, unit=unit, **more)


@st.composite
def goods(draw: Any) -> tuple[str, str]:
    """A code and a lot."""
    if draw(one_in(4)):
        return "LOTTED", draw(LOTS)
    return draw(st.sampled_from(ODD if draw(one_in(10)) else KNOWN)), ""


GOODS = goods()


@st.composite
def documents(draw: Any) -> PostDocument:
    kind = draw(st.sampled_from([RECEIPT, RECEIPT, ISSUE, TRANSFER, ADJUSTMENT]))
    return document(kind, *draw(st.lists(lines(kind), min_size=1, max_size=4 if draw(one_in(3)) else 1)))
