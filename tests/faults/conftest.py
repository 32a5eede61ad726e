from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.faults.campaign import Ground
from tests.faults.trial import BOTH, SQLITE


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
