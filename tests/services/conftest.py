"""A warehouse with a past."""

from contextlib import closing

import pytest

from tests.conftest import _with_catalog
from tests.support.ledger import ADJUSTMENT, TRANSFER, issue, line, post, receive, reverse
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify


@pytest.fixture
def busy(backend, catalog, keeper):
    """A warehouse in which everything has happened once, since a checkpoint at which nothing had."""
    assert verify(backend).kept
    receive(backend, keeper, "BOLT", 10)
    receive(backend, keeper, "14006381333938", 2, target="A2", unit_cost=None)
    receive(backend, keeper, "LOTTED", 5, lot="L1")
    post(
        backend, keeper, TRANSFER, line("BOLT", 3, source="A1", target="A2"), line("BOLT", 1, source="A2", target="A1")
    )
    post(backend, keeper, ADJUSTMENT, line("FLOUR", "0.000001", target="AISLE", reason="FOUND"))
    reverse(backend, keeper, issue(backend, keeper, "BOLT", 8).number)
    return backend


@pytest.fixture
def server_url(postgres_databases):
    """The catalog on PostgreSQL alone."""
    with postgres_databases.copy_of("catalog", _with_catalog) as url:
        yield url


@pytest.fixture
def on_server(server_url, clock):
    with closing(Backend.open(server_url, clock)) as backend:
        yield backend
