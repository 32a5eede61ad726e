"""Codes that hypothesis draws: right ones of every kind, and anything else."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from wms_tui.domain.barcodes import check_digit

CSET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
TODAY = date(2026, 3, 1)


def checked(length: int) -> st.SearchStrategy[str]:
    """Digits of this length, the last one being the check digit."""
    return st.text("0123456789", min_size=length - 1, max_size=length - 1).map(lambda one: one + str(check_digit(one)))


gtins = st.sampled_from((8, 12, 13, 14)).flatmap(checked)
days = st.dates(date(1977, 1, 1), date(2075, 12, 31)).map(lambda day: f"{day:%y%m%d}")
months = st.dates(date(1977, 1, 1), date(2075, 12, 31)).map(lambda day: f"{day:%y%m}00")
short = st.text(CSET_82, min_size=1, max_size=20)
counts = st.integers(0, 99_999_999).map(str)
weights = st.integers(0, 999_999).map("{:06}".format)

ATTRIBUTES: dict[str, st.SearchStrategy[str]] = {
    "10": short,
    "21": short,
    "11": days,
    "13": days,
    "15": days | months,
    "16": days,
    "17": days | months,
    "240": short,
    "3103": weights,
    "3302": weights,
    "400": short,
}


@st.composite
def labels(draw: st.DrawFn) -> list[tuple[str, str]]:
    """A key, and parts that may stand with it, in any order."""
    key = draw(st.sampled_from(("00", "01")))
    parts = [(key, draw(checked(18 if key == "00" else 14)))]
    if key == "00" and draw(st.booleans()):
        parts += [("02", draw(checked(14))), ("37", draw(counts))]
    elif key == "01" and draw(st.booleans()):
        parts.append(("30", draw(counts)))
    names = draw(st.lists(st.sampled_from(sorted(ATTRIBUTES)), unique=True, max_size=6))
    return parts + [(name, draw(ATTRIBUTES[name])) for name in names]


controls = st.characters(max_codepoint=0x9F)
anything = st.text(st.characters() | controls, max_size=60)
gs1_like = st.lists(
    st.sampled_from(
        ("]C1", "]d2", "]", "\x1d", "(", ")", "01", "10", "17", "21", "3103", "https://a/", "/01/", "?", "|")
    )
    | gtins
    | short
    | days
    | anything,
    max_size=8,
).map("".join)
