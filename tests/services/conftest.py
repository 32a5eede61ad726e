"""A warehouse with a past."""

import pytest

from tests.support.ledger import ADJUSTMENT, TRANSFER, issue, line, post, receive, reverse
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
