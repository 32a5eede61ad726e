"""A row of bars that shows how a number went."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

BARS = "▁▂▃▄▅▆▇█"


def sparkline(levels: Sequence[Decimal], width: int) -> str:
    """Each bar is the last of the levels that share its column; the lowest bar is zero, the highest the most."""
    if not levels or width < 1:
        return ""
    count = min(width, len(levels))
    ends = [levels[(place + 1) * len(levels) // count - 1] for place in range(count)]
    most = max(ends)
    return "".join(BARS[int(level * (len(BARS) - 1) / most)] if most > 0 and level > 0 else BARS[0] for level in ends)
