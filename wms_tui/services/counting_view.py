"""What a counter sees of a count: his desk, and nothing of what the books say."""

from __future__ import annotations

from wms_tui.db import catalog, locations
from wms_tui.db import counting_desk as desk_db
from wms_tui.db import counting_lines as lines_db
from wms_tui.db import counting_scans as scans_db
from wms_tui.db.counting_desk import DeskRow
from wms_tui.db.transaction import Tx
from wms_tui.domain.counting import CountedLine, CountState, CountStep, CountView, Wanted
from wms_tui.domain.products import Goods, Tracking
from wms_tui.domain.scanned import code_of


def saved_view(tx: Tx, user_id: int, row: DeskRow) -> CountView:
    """The desk, saved. The plan's own figures are looked up only between two locations: they cost with its size."""
    step = CountStep(row.step)
    between = step is CountStep.LOCATION
    pending = catalog.found(tx, code_of(row.pending_code)) if row.pending_code else None
    serial = pending is not None and pending.tracking is Tracking.SERIAL
    location, lines = _saved(tx, user_id, row)
    counted = desk_db.progress(tx, row.plan_id) if between else (0, 0)
    return CountView(
        plan_id=row.plan_id,
        name=row.name,
        state=CountState(row.state),
        step=step,
        location=location if not between else "",
        pending_quantity=row.pending_quantity,
        pending_sku=pending.sku if pending else "",
        pending_lot=row.pending_lot,
        default=default_lot(row, lines, pending),
        lines=lines,
        wanted=_wanted(tx, row),
        nearest=desk_db.nearest(tx, row.plan_id, user_id) if between else (),
        locations=counted[0],
        counted=counted[1],
        unknown=lines_db.number(tx, scans_db.UNKNOWN_COUNT, plan_id=row.plan_id) if between else 0,
        saved_at=row.saved_at,
        pending_serial=serial,
    )


def _saved(tx: Tx, user_id: int, row: DeskRow) -> tuple[str, tuple[CountedLine, ...]]:
    """The code of the location at work and what was counted there, after the desk was saved."""
    saving = desk_db.saving(tx, user_id, row)
    if row.location_id is None or row.round is None:
        tx.each(saving)
        return "", ()
    here = {"plan_id": row.plan_id, "location_id": row.location_id, "round": row.round}
    _, place, lines = tx.each(saving, (locations.BY_ID, {"location_id": row.location_id}), (scans_db.AT_PLACE, here))
    return locations.as_place(place[0]).code, scans_db.as_lines(lines)


def _wanted(tx: Tx, row: DeskRow) -> tuple[Wanted, ...]:
    """What a reviewer wants counted again here. Where all is counted anew, a list would tell what the books have."""
    if row.location_id is None or row.whole or (row.round or 1) == 1:
        return ()
    return scans_db.wanted(tx, row.plan_id, row.location_id)


def lines_here(tx: Tx, row: DeskRow) -> tuple[CountedLine, ...]:
    """What was counted at the location at work, the latest first."""
    if row.location_id is None or row.round is None:
        return ()
    return scans_db.at_place(tx, row.plan_id, row.location_id, row.round)


def default_lot(row: DeskRow, lines: tuple[CountedLine, ...], goods: Goods | None) -> str:
    """The lot that an empty line takes: the one just counted of the product. None is proposed from the books.

    Of goods with serial numbers none: no two pieces have one.
    """
    if row.step != CountStep.LOT or goods is None or goods.tracking is Tracking.SERIAL:
        return ""
    return next((line.lot for line in lines if line.sku == goods.sku), "")
