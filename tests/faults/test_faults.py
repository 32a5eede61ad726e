"""A few trials of every fault; the whole campaign by ``-m campaign``, or by ``python -m tests.faults``."""

from __future__ import annotations

from random import SystemRandom

import pytest

from tests.faults.campaign import Ground
from tests.faults.programme import FAULTS
from tests.faults.trial import Fault

by_name = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


def run(ground: Ground, fault: Fault, trials: int) -> None:
    if not ground.can(fault):
        pytest.skip("WMS_TEST_DATABASE_URL=none leaves PostgreSQL out")
    result = ground.run(fault, trials, SystemRandom().randrange(10**8))
    assert not result.failures, "\n\n".join(f"seed {seed}: {what}" for seed, what in result.failures)


@by_name
def test_nothing_is_lost_doubled_or_half_written(ground: Ground, fault: Fault):
    run(ground, fault, fault.quick)


@pytest.mark.campaign
@by_name
def test_campaign(ground: Ground, fault: Fault):
    run(ground, fault, fault.campaign)
