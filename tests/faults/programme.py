"""All faults, in the order in which they are told."""

from __future__ import annotations

from tests.faults.kinds import lines, processes, servers
from tests.faults.trial import Fault

FAULTS: tuple[Fault, ...] = (*processes.FAULTS, *servers.FAULTS, *lines.FAULTS)
BY_NAME = {fault.name: fault for fault in FAULTS}
