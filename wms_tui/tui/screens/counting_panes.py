"""What a count shows to whoever counts, as plain text: where he is, what is asked for, what he counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rich.cells import cell_len

from wms_tui.domain.counting import CountedLine, CountStep, CountView
from wms_tui.domain.texts import N_, Translate
from wms_tui.tui.formats import Formats
from wms_tui.tui.terminal.text import NARROW
from wms_tui.tui.widgets.listing import Column, Rows

PROMPTS: dict[CountStep, str] = {
    CountStep.LOCATION: N_("Location"),
    CountStep.ITEM: N_("Item"),
    CountStep.LOT: N_("Lot"),
    CountStep.EXPIRES: N_("Expires (YYYY-MM-DD)"),
}
SERIAL = N_("Serial no.")
LINE_COLUMNS = (
    Column("", least=1),
    Column(N_("SKU"), least=10),
    Column(N_("Name"), least=6, stretch=True, rank=2, below=True),
    Column(N_("Lot"), least=10, rank=1, below=True),
    Column(N_("Counted"), least=4, right=True),
    Column(N_("Unit"), least=4, rank=1),
)
WANTED_COLUMNS = (
    Column(N_("Count again"), least=8),
    Column(N_("Name"), least=6, stretch=True, rank=1, below=True),
    Column(N_("Lot"), least=4, below=True),
)
MOVED = "!"
NEAREST_COLUMNS = (Column(N_("Still to count"), least=8, stretch=True),)


def heading(view: CountView, title: str, width: int) -> str:
    """The location at work, and the plan where there is room for both."""
    place = "  ".join(part for part in (title, view.location) if part)
    whole = f"{place}  {view.name}"
    return place if view.location and width < NARROW and cell_len(whole) > width else whole


def short_prompt(view: CountView, translate: Translate) -> str:
    return translate(N_("Expires")) if view.step is CountStep.EXPIRES else ""


def prompt(view: CountView, translate: Translate) -> str:
    serial = view.step is CountStep.LOT and view.pending_serial
    question = translate(SERIAL if serial else PROMPTS[view.step])
    return f"{question} [{view.default}]" if view.default else question


def facts(view: CountView, translate: Translate, formats: Formats) -> Iterator[str]:
    """How far the plan is, what waits for the next scan, and how much is to be counted again here."""
    if view.step is CountStep.LOCATION:
        done, most = formats.grouped(view.counted), formats.grouped(view.locations)
        yield translate(N_("Counted: {done} of {all}")).format(done=done, all=most)
    if view.unknown:
        yield translate(N_("Unknown codes: {count}")).format(count=formats.grouped(view.unknown))
    if view.pending_quantity is not None:
        yield translate(N_("Next scan: {quantity}")).format(quantity=formats.grouped(view.pending_quantity))
    if view.pending_sku:
        lot = f"  {translate(PROMPTS[CountStep.LOT])} {view.pending_lot}" if view.pending_lot else ""
        yield f"{view.pending_sku}{lot}"
    if moved := [line.sku for line in view.lines if line.moved]:
        yield translate(N_("Moved while counted: {codes}. Count all of it again, then set it with =.")).format(
            codes=", ".join(moved)
        )
    if view.wanted and view.step is not CountStep.LOCATION:
        yield translate(N_("Count again here: {count}")).format(count=formats.grouped(len(view.wanted)))


def offers(view: CountView) -> bool:
    """Whether the list is what the counter needs to see, rather than the tape."""
    return bool(view.nearest or (view.wanted and not view.lines))


def rows(view: CountView, translate: Translate, formats: Formats) -> Rows:
    """The next locations; at one of them what is to be counted again, or what was counted."""
    if view.step is CountStep.LOCATION:
        return Rows(_titled(NEAREST_COLUMNS, translate), tuple((code,) for code in view.nearest))
    if view.wanted and not view.lines:
        wanted = tuple((one.sku, one.name, one.lot) for one in view.wanted)
        return Rows(_titled(WANTED_COLUMNS, translate), wanted)
    return line_rows(view.lines, translate, formats)


def line_rows(lines: tuple[CountedLine, ...], translate: Translate, formats: Formats) -> Rows:
    """What was counted, as a list; what moved meanwhile is marked."""
    rows = tuple(
        (MOVED if line.moved else "", line.sku, line.name, line.lot, formats.grouped(line.counted), line.unit)
        for line in lines
    )
    return Rows(_titled(LINE_COLUMNS, translate), rows)


def _titled(columns: tuple[Column, ...], translate: Translate) -> tuple[Column, ...]:
    return tuple(replace(column, title=translate(column.title)) for column in columns)
