"""The warehouse as plain dictionaries, for tests that hold the program against it."""

from tests.support.model.counts import Plan
from tests.support.model.warehouse import No, Warehouse

__all__ = ["No", "Plan", "Warehouse"]
