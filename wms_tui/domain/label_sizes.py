"""Label sizes in millimetres: single labels of a roll, and sheets of labels for any printer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wms_tui.domain.errors import Refused
from wms_tui.domain.texts import N_

LEAST_SIDE, MOST_SIDE = 15, 300
_SIDES = re.compile(r"(\d{1,3}(?:\.\d)?)x(\d{1,3}(?:\.\d)?)", re.ASCII)


class BadSize(Refused):
    template = N_(
        "{text} is no size of labels. Use one of {known}, or width x height in mm, each from {least} to {most}, "
        "such as 80x40."
    )


class SheetOnLabelPrinter(Refused):
    template = N_("{size} is a sheet, and {name} prints labels one by one. Choose a size such as {known}.")


@dataclass(frozen=True, slots=True)
class LabelSize:
    """A page of ``columns`` × ``rows`` labels; all lengths in mm. A roll has pages of one label without a margin."""

    name: str
    width: float
    height: float
    page_width: float = 0
    page_height: float = 0
    columns: int = 1
    rows: int = 1
    left: float = 0
    top: float = 0
    across: float = 0
    down: float = 0

    @property
    def is_sheet(self) -> bool:
        return self.columns * self.rows > 1

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the page."""
        return (self.page_width or self.width, self.page_height or self.height)

    def place(self, number: int) -> tuple[float, float]:
        """The left upper corner of a label on its page, from the left and from the top; row by row."""
        row, column = divmod(number, self.columns)
        return (self.left + column * (self.width + self.across), self.top + row * (self.height + self.down))


A4, LETTER = (210.0, 297.0), (215.9, 279.4)

SIZES: dict[str, LabelSize] = {
    size.name: size
    for size in (
        LabelSize("50x30", 50, 30),
        LabelSize("60x40", 60, 40),
        LabelSize("100x50", 100, 50),
        LabelSize("100x150", 100, 150),
        LabelSize("a4-3x8", 70, 37, *A4, 3, 8, 0, 0.5),
        LabelSize("a4-2x7", 99.1, 38.1, *A4, 2, 7, 4.65, 15.15, 2.5),
        LabelSize("a4-5x13", 38.1, 21.2, *A4, 5, 13, 4.75, 10.7, 2.5),
        LabelSize("letter-3x10", 66.7, 25.4, *LETTER, 3, 10, 4.76, 12.7, 3.18),
    )
}
"""Those with a name. The sheets are those that shops sell: Herma 4464 and its like, Avery L7163, L7651 and 5160."""
DEFAULT_SIZE, DEFAULT_SHEET = "50x30", "a4-3x8"


def parse_size(text: str) -> LabelSize:
    """A size by name, or a single label by its sides. Raises ``BadSize``."""
    text = text.strip().lower().replace("×", "x").replace(" ", "")
    if text in SIZES:
        return SIZES[text]
    sides = _SIDES.fullmatch(text)
    if sides is None or not all(LEAST_SIDE <= float(side) <= MOST_SIDE for side in sides.groups()):
        raise BadSize(text=text, known=", ".join(SIZES), least=LEAST_SIDE, most=MOST_SIDE)
    return LabelSize(text, float(sides[1]), float(sides[2]))
