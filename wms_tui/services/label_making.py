"""Labels made out: as ZPL for a label printer, as PDF for any printer."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import Any

from wms_tui.domain import zpl, zpl_symbols
from wms_tui.domain.display import harmless
from wms_tui.domain.label_layout import Arranged, Placed, arrange
from wms_tui.domain.label_sizes import LabelSize
from wms_tui.domain.label_symbols import Symbol
from wms_tui.domain.label_texts import Surface, Text
from wms_tui.domain.labels import Label
from wms_tui.domain.print_errors import LabelsNotInstalled
from wms_tui.domain.texts import Translate
from wms_tui.services import label_bars, label_embedding, label_fonts

PDF_DOT = zpl.MM_PER_INCH / 600
"""Office printers have 600 dots an inch, or a multiple of that."""
_REGISTRY = Lock()
"""ReportLab knows fonts by name in the whole process."""


def as_zpl(labels: Sequence[Label], size: LabelSize, dpi: int, copies: int, translate: Translate) -> str:
    """All labels with their copies. Raises ``DoesNotFit``, ``Unencodable``, ``LabelsNotInstalled``."""
    media = zpl.Media(size.width, size.height, dpi)
    dot = zpl.MM_PER_INCH / dpi
    arranged = (_arranged(label, size, dot, translate, _printer_modules) for label in labels)
    return "".join(zpl.label(one, media, copies, label_fonts.draw) for one in arranged)


def as_pdf(labels: Sequence[Label], size: LabelSize, copies: int, translate: Translate, title: str = "") -> bytes:
    """All labels with their copies, on as many pages as that takes. Raises as ``as_zpl``."""
    arranged = [
        one for label in labels for one in [_arranged(label, size, PDF_DOT, translate, label_bars.modules)] * copies
    ]
    with _REGISTRY:
        return _Document(arranged, size, title).written()


def _arranged(label: Label, size: LabelSize, dot: float, translate: Translate, modules: Any) -> Arranged:
    surface = Surface(size.width, size.height, dot, label_fonts.measure)
    lines = [harmless(line) for line in label.lines(translate)]
    return arrange(surface, harmless(label.heading(translate)), lines, label.symbols, modules)


def _printer_modules(symbol: Symbol) -> int:
    return zpl_symbols.modules(symbol, label_bars.modules(symbol))


class _Document:
    """One PDF file. Its fonts hold the characters that are printed, and nothing else."""

    def __init__(self, arranged: Sequence[Arranged], size: LabelSize, title: str) -> None:
        try:
            from reportlab.lib.units import mm
            from reportlab.pdfgen.canvas import Canvas
        except ModuleNotFoundError as error:
            raise LabelsNotInstalled from error
        self._arranged = arranged
        self._size = size
        self._mm = mm
        self._file = BytesIO()
        self._canvas = Canvas(self._file, pagesize=tuple(side * mm for side in size.page), invariant=1)
        self._canvas.setTitle(title)
        self._canvas.setCreator("wms-tui")

    def written(self) -> bytes:
        names = {bold: self._register(bold) for bold in (False, True)}
        try:
            room = self._size.columns * self._size.rows
            for first in range(0, len(self._arranged), room):
                for number, arranged in enumerate(self._arranged[first : first + room]):
                    self._label(arranged, *self._size.place(number), names)
                self._canvas.showPage()
            self._canvas.save()
        finally:
            self._forget(names.values())
        return self._file.getvalue()

    def _register(self, bold: bool) -> str:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        characters = {sign for one in self._arranged for text in one.texts if text.bold == bold for sign in text.text}
        name = label_embedding.NAMES[bold]
        pdfmetrics.registerFont(TTFont(name, label_embedding.embeddable(characters | {" "}, bold)))
        return name

    def _forget(self, names: Any) -> None:
        """The next file has other characters, and ReportLab would take the font that it knows by the name."""
        from reportlab.pdfbase import pdfmetrics

        for name in names:
            font = pdfmetrics._fonts.pop(name)
            pdfmetrics._dynFaceNames.pop(font.face.name, None)

    def _label(self, arranged: Arranged, left: float, top: float, names: dict[bool, str]) -> None:
        for text in arranged.texts:
            self._text(text, left, top, names[text.bold])
        self._symbol(arranged.placed, left, top)

    def _text(self, text: Text, left: float, top: float, font: str) -> None:
        self._canvas.setFont(font, text.size * self._mm)
        self._canvas.drawString((left + text.x) * self._mm, self._up(top + text.base), text.text)

    def _symbol(self, placed: Placed, left: float, top: float) -> None:
        unit, tall = placed.module, placed.module if placed.symbol.kind.is_matrix else placed.height
        for x, y, wide, high in label_bars.bars(placed.symbol).rectangles:
            bottom = top + placed.y + (y + high) * tall
            corner = ((left + placed.x + x * unit) * self._mm, self._up(bottom))
            self._canvas.rect(*corner, wide * unit * self._mm, high * tall * self._mm, stroke=0, fill=1)

    def _up(self, length: float) -> float:
        """PDF counts from the bottom."""
        return float((self._size.page[1] - length) * self._mm)
