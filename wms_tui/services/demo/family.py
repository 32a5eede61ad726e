"""How the goods of the demonstration are written down: departments of families, each family in several variants."""

from __future__ import annotations

from dataclasses import dataclass

from wms_tui.domain.products import Tracking


@dataclass(frozen=True, slots=True)
class Family:
    """Products that differ in one thing, such as their size; ``variants`` are separated by ``|``.

    ``cost`` is that of the first variant, each further one costs ``step`` of it more. ``pack`` is how many a carton
    holds, ``weight`` how often the family is asked for beside others, ``shelf_days`` how long its lots keep.
    """

    code: str
    name: str
    variants: str
    specification: str
    cost: str
    step: float = 0.15
    unit: str = "pcs"
    pack: int = 24
    least_order: int = 4
    weight: float = 1.0
    tracking: Tracking = Tracking.NONE
    shelf_days: int = 0


@dataclass(frozen=True, slots=True)
class Department:
    """Families by section, which is a category below the department's own; they stand in one zone.

    ``markup`` is the sales price over the cost.
    """

    name: str
    zone: str
    markup: str
    suppliers: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Family, ...]], ...]
