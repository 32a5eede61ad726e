"""A few trials of every fault of a PostgreSQL server, and of the line to it.

The whole campaign by ``-m campaign``, or by ``python -m tests.faults``.
"""

from __future__ import annotations

import pytest

from tests.faults.conftest import Try
from tests.faults.kinds import lines, servers
from tests.faults.trial import Fault

by_name = pytest.mark.parametrize("fault", [*servers.FAULTS, *lines.FAULTS], ids=lambda fault: fault.name)


@by_name
def test_nothing_is_lost_doubled_or_half_written(try_out: Try, fault: Fault):
    try_out(fault, fault.quick)


@pytest.mark.campaign
@by_name
def test_campaign(try_out: Try, fault: Fault):
    try_out(fault, fault.campaign)
