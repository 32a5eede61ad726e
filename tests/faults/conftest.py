from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from random import SystemRandom

import pytest

from tests.faults.campaign import Ground
from tests.faults.trial import BOTH, SQLITE, Fault

Try = Callable[[Fault, int], None]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of a ``fault`` is one of each that its module names."""
    if "fault" in metafunc.fixturenames:
        metafunc.parametrize("fault", metafunc.module.FAULTS, ids=lambda fault: fault.name)


@pytest.fixture(scope="session")
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One warm parent for all trials, on the databases of the other tests."""
    engines = (SQLITE,) if os.environ.get("WMS_TEST_DATABASE_URL") == "none" else BOTH
    fixtures = {SQLITE: "sqlite_files"}

    def databases(engine: str):
        return request.getfixturevalue(fixtures.get(engine, "postgres_databases"))

    ground = Ground(tmp_path_factory.mktemp("faults"), databases, engines)
    yield ground
    ground.close()


@pytest.fixture
def try_out(ground: Ground) -> Try:
    """Runs so many trials of a fault, of which none may fail."""

    def run(fault: Fault, trials: int) -> None:
        if not ground.can(fault):
            pytest.skip("WMS_TEST_DATABASE_URL=none leaves PostgreSQL out")
        result = ground.run(fault, trials, SystemRandom().randrange(10**8))
        assert not result.failures, "\n\n".join(f"seed {seed}: {what}" for seed, what in result.failures)

    return run
