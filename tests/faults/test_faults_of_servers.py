"""A few trials of every fault of a PostgreSQL server, and of the line to it."""

from tests.faults.kinds import lines, servers
from tests.faults.trying import *  # noqa: F403 - its tests

FAULTS = (*servers.FAULTS, *lines.FAULTS)
