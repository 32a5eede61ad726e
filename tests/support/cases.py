"""Products of cases of which a few show what all show."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def few_of(every: Iterable[tuple[Any, ...]], few: Collection[tuple[Any, ...]]) -> list[Any]:
    """All cases for ``parametrize``: the suite runs these few, ``pytest -m campaign`` the rest."""
    return [pytest.param(*case, marks=() if case in few else pytest.mark.campaign) for case in every]
