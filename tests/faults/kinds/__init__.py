"""The faults themselves, a module for each thing that breaks."""
