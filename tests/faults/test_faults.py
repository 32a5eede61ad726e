"""A few trials of every fault but those of servers and lines."""

from tests.faults import programme, test_faults_of_servers
from tests.faults.trying import *  # noqa: F403 - its tests

FAULTS = [fault for fault in programme.FAULTS if fault not in test_faults_of_servers.FAULTS]
