"""A few trials of every fault but those of servers and lines.

The whole campaign by ``-m campaign``, or by ``python -m tests.faults``.
"""

from __future__ import annotations

import pytest

from tests.faults.conftest import Try
from tests.faults.kinds import lines, servers
from tests.faults.programme import FAULTS
from tests.faults.trial import Fault

ELSEWHERE = (*servers.FAULTS, *lines.FAULTS)
"""See ``test_faults_of_servers``, for another worker of the suite."""
HERE = [fault for fault in FAULTS if fault not in ELSEWHERE]
by_name = pytest.mark.parametrize("fault", HERE, ids=lambda fault: fault.name)


@by_name
def test_nothing_is_lost_doubled_or_half_written(try_out: Try, fault: Fault):
    try_out(fault, fault.quick)


@pytest.mark.campaign
@by_name
def test_campaign(try_out: Try, fault: Fault):
    try_out(fault, fault.campaign)
