"""Figures in short blocks under each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from wms_tui.tui.terminal.text import fit, safe
from wms_tui.tui.widgets.headings import underlined
from wms_tui.tui.widgets.painted import Painted


@dataclass(frozen=True, slots=True)
class Block:
    """A title, and under it rows of what and how many; ``urgent`` ones stand out."""

    title: str
    rows: tuple[tuple[str, str], ...]
    urgent: bool = False


class FiguresPane(Painted[tuple[Block, ...]]):
    """Shows the blocks in their order, with space between them if there is room for all."""

    def __init__(self) -> None:
        super().__init__(())

    @property
    def cut(self) -> bool:
        """Whether some of it is not shown."""
        return sum(len(block.rows) + 1 for block in self.value) > self.place.height

    def lines(self, width: int, height: int) -> list[Content]:
        airy = sum(len(block.rows) + 2 for block in self.value) - 1 <= height
        drawn = [line for block in self.value for line in (*_block(block, width), *([Content("")] if airy else []))]
        return drawn[:height]


def _block(block: Block, width: int) -> Iterator[Content]:
    yield underlined(fit(block.title, width))
    for what, many in block.rows:
        room = max(1, width - cell_len(safe(many)) - 1)
        yield Content.styled(fit(f"{fit(what, room)} {safe(many)}", width), "$warning" if block.urgent else "")
