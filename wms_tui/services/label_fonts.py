"""The letters of labels: Noto Sans SC, which has Latin, Greek, Cyrillic and Chinese, measured and drawn."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from wms_tui.domain.label_texts import LEADING, Text
from wms_tui.domain.print_errors import LabelsNotInstalled
from wms_tui.domain.zpl import BASE_OF_BITMAP, MM_PER_INCH, Bitmap

PACKAGE, FILE = "justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
REGULAR, BOLD = 400, 700
MEASURED_AT = 200
FINER = 4


def font_file() -> Path:
    """The font, as it was installed with the extra ``labels``. Raises ``LabelsNotInstalled``."""
    try:
        path = Path(str(resources.files(PACKAGE) / FILE))
    except ModuleNotFoundError as error:
        raise LabelsNotInstalled from error
    if not path.exists():
        raise LabelsNotInstalled
    return path


@lru_cache(maxsize=32)
def _font(size: int, bold: bool) -> Any:
    try:
        from PIL import ImageFont
    except ModuleNotFoundError as error:
        raise LabelsNotInstalled from error
    font = ImageFont.truetype(str(font_file()), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([BOLD if bold else REGULAR])
    return font


def measure(text: str, bold: bool) -> float:
    """The width of a text at a size of 1."""
    return sum(_advance(sign, bold) for sign in text)


@lru_cache(maxsize=8192)
def _advance(sign: str, bold: bool) -> float:
    return float(_font(MEASURED_AT, bold).getlength(sign)) / MEASURED_AT


def draw(text: Text, dpi: int) -> Bitmap:
    """A text in dots, black on white without greys; its base line is where ``BASE_OF_BITMAP`` says.

    It is drawn finer first: letters that are set in whole dots would be wider than they were measured.
    """
    from PIL import Image, ImageDraw

    size = max(8, round(text.size * dpi / MM_PER_INCH))
    width, height = round(measure(text.text, text.bold) * size) + 2, round(size * LEADING)
    fine = Image.new("L", (width * FINER, height * FINER))
    where = (FINER, round(height * FINER * BASE_OF_BITMAP))
    ImageDraw.Draw(fine).text(where, text.text, fill=255, font=_font(size * FINER, text.bold), anchor="ls")
    image = fine.resize((width, height), Image.Resampling.BOX).point(lambda grey: 255 if grey > 110 else 0, "1")
    packed, a_row = image.tobytes(), (width + 7) // 8
    return Bitmap(width, tuple(packed[start : start + a_row] for start in range(0, len(packed), a_row)))
