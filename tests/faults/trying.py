"""The tests of the faults that a module names in ``FAULTS``: each worker of the suite has a module, and so its faults.

The whole campaign by ``-m campaign``, or by ``python -m tests.faults``.
"""

from __future__ import annotations

import pytest

from tests.faults.conftest import Try
from tests.faults.trial import Fault

__all__ = ["test_campaign", "test_nothing_is_lost_doubled_or_half_written"]


def test_nothing_is_lost_doubled_or_half_written(try_out: Try, fault: Fault):
    try_out(fault, fault.quick)


@pytest.mark.campaign
def test_campaign(try_out: Try, fault: Fault):
    try_out(fault, fault.campaign)
