"""Pictures of a screen as small SVG files that are the same each time, and the text that stands in one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

from rich.cells import cell_len

ACROSS, DOWN = 10, 20
"""Pixels of a cell."""
_RICH_ACROSS, _RICH_DOWN = 12.2, 24.4
_STYLE = re.compile(r"\.terminal-[\d-]*(r\d+) \{ (.*?) ?\}")
_RECT = re.compile(r'<rect fill="(#\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"')
_TEXT = re.compile(r'<text class="[\w-]*(r\d+)" x="([\d.]+)" y="([\d.]+)" [^>]*>([^<]*)</text>')
_OURS = re.compile(r'<text class="\w+" x="(\d+)" y="(\d+)"[^>]*>([^<]*)</text>')
_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
_WORDS = re.compile(f"[{_WIDE}]+|[^\\s{_WIDE}]+(?: [^\\s{_WIDE}]+)*")
"""Words of one width: another font's wide characters are stretched to their columns and move nothing else."""


class Run(NamedTuple):
    """Text, or colour where there is none, in one row from a column on."""

    row: int
    column: int
    width: int
    style: str
    text: str = ""


def compact(exported: str) -> str:
    """Textual's picture without its frame, its random names, and the fonts to be fetched; text is placed by columns."""
    styles, grounds = dict(_STYLE.findall(exported)), list(_grounds(exported))
    paper = Counter(run.style for run in grounds for _ in range(run.width)).most_common(1)[0][0]
    width = max(run.column + run.width for run in grounds) * ACROSS
    height = (max(run.row for run in grounds) + 1) * DOWN
    runs = [run for run in _texts(exported) if run.text]
    used = sorted({run.style for run in runs})
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 20} {height + 20}" font-size="16">',
            "<style>text{font-family:monospace;white-space:pre}"
            + "".join(f".{name}{{{styles[name].replace(': ', ':')}}}" for name in used)
            + "</style>",
            f'<rect width="100%" height="100%" rx="8" fill="{paper}"/><g transform="translate(10,10)">',
            *(_rect(run) for run in grounds if run.style != paper),
            *(_text(run) for run in runs),
            "</g></svg>\n",
        )
    )


def text_of(picture: str) -> list[str]:
    """The rows of text in a picture that ``compact`` made, as they stand on the terminal."""
    rows: dict[int, str] = {}
    for x, y, text in _OURS.findall(picture):
        row, column, before = int(y) // DOWN, int(x) // ACROSS, rows.get(int(y) // DOWN, "")
        rows[row] = before + " " * (column - cell_len(before)) + unescape(text)
    return [rows.get(row, "") for row in range(max(rows, default=-1) + 1)]


def _grounds(exported: str) -> Iterator[Run]:
    """The coloured backgrounds, those that follow each other in one colour as one."""
    last: Run | None = None
    for fill, x, y, width in _RECT.findall(exported):
        row, column = _row(float(y) - 1.5), round(float(x) / _RICH_ACROSS)
        run = Run(row, column, round(float(width) / _RICH_ACROSS), fill)
        if last and (last.row, last.column + last.width, last.style) == (*run[:2], run.style):
            last = last._replace(width=last.width + run.width)
        else:
            if last:
                yield last
            last = run
    if last:
        yield last


def _texts(exported: str) -> Iterator[Run]:
    """The words, each group in the column where it begins."""
    for style, x, y, text in _TEXT.findall(exported):
        shown, column = unescape(text).replace("\xa0", " "), round(float(x) / _RICH_ACROSS)
        for words in _WORDS.finditer(shown):
            at = column + cell_len(shown[: words.start()])
            yield Run(_row(float(y) - 20), at, cell_len(words[0]), style, words[0])


def _row(y: float) -> int:
    return round(y / _RICH_DOWN)


def _rect(run: Run) -> str:
    x, y = run.column * ACROSS, run.row * DOWN
    return f'<rect x="{x}" y="{y}" width="{run.width * ACROSS}" height="{DOWN}" fill="{run.style}"/>'


def _text(run: Run) -> str:
    x, y, length = run.column * ACROSS, run.row * DOWN + 15, run.width * ACROSS
    return f'<text class="{run.style}" x="{x}" y="{y}" textLength="{length}">{escape(run.text, quote=False)}</text>'
