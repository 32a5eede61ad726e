"""Which parts of a GS1 code go together (GS1 General Specifications, 4.13 and 4.14).

What GS1 asks of all the symbols on one item is asked of a code only where its meaning hangs on it: lot and dates may
come from a second label, but a number of contained items says nothing without naming them.
"""

from __future__ import annotations

from wms_tui.domain import barcode_errors as errors
from wms_tui.domain.barcodes.readings import Element

_NEVER_WITH: dict[str, tuple[str, ...]] = {
    "01": ("02", "255", "37"),
    "8006": ("01", "37"),
    "8026": ("02", "8006"),
    "255": ("02", "415", "8006", "8020", "8026"),
    "21": ("235",),
    "390": ("391", "394", "8111"),
    "394": ("8111",),
    "392": ("393",),
    "395": ("392", "393", "8005"),
    "420": ("421",),
    "421": ("4307",),
    "426": ("422", "423", "424", "425"),
    "4331": ("4330",),
    "4333": ("4332",),
    "8017": ("8018",),
}
"""By identifier, or by the first three digits of those whose fourth places the decimal point."""

_NEEDS: dict[str, tuple[str, ...]] = {"02": ("37",), "37": ("02", "8026"), "8026": ("37",)}

_KEYS = frozenset({"00", "01", "02"})
"""What a label names once: the same again is a second label that came with the first."""

_ALONE = frozenset({"10", "11", "13", "15", "16", "17", "21"})


def check_together(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """The elements themselves. Raises ``JoinedCodes``, ``PartsDiffer``, ``PartsConflict``, ``PartMissing``."""
    if len(elements) == 1 and elements[0].ai in _ALONE:
        return elements
    values: dict[str, str] = {}
    families: dict[str, Element] = {}
    for part in elements:
        if part.ai in _KEYS and part.ai in values:
            raise errors.JoinedCodes
        known = values.setdefault(part.ai, part.value)
        if known != part.value:
            raise errors.PartsDiffer(ai=part.ai, title=part.title, value=known, other=part.value)
        family = families.setdefault(_family(part.ai), part)
        if family.ai != part.ai:
            raise errors.PartsConflict(ai=family.ai, other=part.ai)
    _check_families(families)
    return elements


def _check_families(families: dict[str, Element]) -> None:
    for name, part in families.items():
        for other in _NEVER_WITH.get(name, ()):
            if other in families:
                raise errors.PartsConflict(ai=part.ai, other=families[other].ai)
        needs = _NEEDS.get(name)
        if needs and not any(one in families for one in needs):
            raise errors.PartMissing(ai=part.ai, title=part.title, other=needs[0])


def _family(ai: str) -> str:
    """Measures and amounts differ in the fourth digit only by the decimal point, and one code has one of them."""
    return ai[:3] if len(ai) == 4 and ai[0] == "3" else ai
