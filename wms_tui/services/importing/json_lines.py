"""JSON Lines: one object a line, its names being the columns."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from wms_tui.domain.file_errors import BadJson, BadRows
from wms_tui.services.importing.sheets import Cell, Row, Sheet


def read_json_lines(path: str, text: str) -> Sheet:
    """The sheet in a text; its header is all names in the order of their first use.

    Raises ``BadRows`` where no line is an object.
    """
    objects = [(line, _object(written)) for line, written in enumerate(text.split("\n"), start=1) if written.strip()]
    if not any(values for _, values in objects):
        raise BadRows([(line, BadJson()) for line, _ in objects])
    header = tuple(dict.fromkeys(name for _, values in objects for name in values or ()))
    return Sheet(path, header, tuple(_row(line, values, header) for line, values in objects), ",")


def _row(line: int, values: dict[str, Cell] | None, header: tuple[str, ...]) -> Row:
    cells = values or {}
    return Row(line, tuple(cells.get(name) for name in header), BadJson() if values is None else None)


def _object(written: str) -> dict[str, Cell] | None:
    """The object of one line, or None for anything else."""
    try:
        value = json.loads(written, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_plain)
    except (ValueError, RecursionError, ArithmeticError):
        return None
    return value if isinstance(value, dict) else None


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Cell]:
    """The object, if no name stands in it twice and no value is a list or an object."""
    plain = dict(pairs)
    if len(plain) != len(pairs) or any(isinstance(value, list | dict) for value in plain.values()):
        raise ValueError
    return plain
