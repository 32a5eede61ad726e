"""The README's table of trials tells of every fault."""

from __future__ import annotations

from tests.faults.programme import FAULTS
from tests.faults.table import written


def test_the_readme_tells_the_trials_of_every_fault():
    assert list(written()) == [fault.name for fault in FAULTS]
