"""Benchmarks measure the program as it is."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Nothing is made cheap."""
