"""The numbers of a sequence; those that were left out are None."""

from __future__ import annotations

from tests.terminal.strict.report import Forbidden

Numbers = list[int | None]


def count(numbers: Numbers) -> int:
    if len(numbers) > 1 or numbers == [0]:
        raise Forbidden(f"counts {numbers}")
    return (numbers[0] if numbers else None) or 1


def place(numbers: Numbers) -> tuple[int, int]:
    """Row and column from 0; what is left out is the first."""
    if len(numbers) > 2:
        raise Forbidden(f"CUP to {numbers}")
    row, column = (1 if number is None else number for number in (*numbers, None, None)[:2])
    return row - 1, column - 1


def part(numbers: Numbers) -> int:
    """0 from the cursor on, 1 up to it, 2 all."""
    if len(numbers) > 1 or not set(numbers) <= {None, 0, 1, 2}:
        raise Forbidden(f"erases part {numbers}")
    return (numbers[0] if numbers else None) or 0
