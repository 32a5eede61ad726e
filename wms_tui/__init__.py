"""A warehouse management system for terminals and scanners."""

__version__ = "0.1.0"
