"""All faults, in the order in which they are told."""

from __future__ import annotations

from tests.faults.kinds import clocks, disks, files, flips, lines, processes, servers, terminals
from tests.faults.trial import Fault

FAULTS: tuple[Fault, ...] = (
    *processes.FAULTS,
    *terminals.FAULTS,
    *servers.FAULTS,
    *lines.FAULTS,
    *disks.FAULTS,
    *files.FAULTS,
    *flips.FAULTS,
    *clocks.FAULTS,
)
BY_NAME = {fault.name: fault for fault in FAULTS}
