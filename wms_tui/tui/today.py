"""Today's figures and unfinished work, as Home shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wms_tui.domain.access import Permission
from wms_tui.domain.enquiry import Figures, Today
from wms_tui.domain.entry import DraftSummary
from wms_tui.domain.movements import KIND_NAMES
from wms_tui.domain.texts import N_, Translate
from wms_tui.services import entry, home
from wms_tui.tui.client import Client
from wms_tui.tui.formats import Formats, midnight
from wms_tui.tui.widgets.figures import Block

POSTED = N_("Posted today")
NOTHING_POSTED = N_("Nothing yet")
ATTENTION = N_("Needs attention")
LOW = N_("Below minimum")
EXPIRING = N_("Expiring lots")
TO_APPROVE = N_("Counts to approve")
TO_COUNT = N_("Counts under way")
UNFINISHED = N_("Not yet posted")


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand; ``figures`` only for who may see stock."""

    drafts: Sequence[DraftSummary] = ()
    figures: Figures | None = None


async def standing(client: Client, now: datetime) -> Standing:
    """Ask for it, as far as the operator may see it."""
    drafts = await client.run(entry.drafts)
    if not client.operator.may(Permission.STOCK_VIEW):
        return Standing(drafts)
    today = now.astimezone().date()
    return Standing(drafts, await client.run_aside(home.figures, Today(midnight(today), today)))


def blocks(found: Standing, translate: Translate, formats: Formats, now: datetime) -> tuple[Block, ...]:
    """What there is to say, the operator's own unfinished work first."""
    shown = (_unfinished(found.drafts, translate, formats, now), *_figures(found.figures, translate, formats))
    return tuple(block for block in shown if block.rows)


def _unfinished(drafts: Sequence[DraftSummary], translate: Translate, formats: Formats, now: datetime) -> Block:
    kinds = (f"{translate(KIND_NAMES[draft.kind])} ({draft.lines})" for draft in drafts)
    rows = zip(kinds, (formats.lately(draft.saved_at, now) for draft in drafts), strict=True)
    return Block(translate(UNFINISHED), tuple(rows), urgent=True)


def _figures(figures: Figures | None, translate: Translate, formats: Formats) -> tuple[Block, ...]:
    if figures is None:
        return ()
    documents = sorted(figures.documents.items())
    posted = tuple((translate(KIND_NAMES[kind]), formats.grouped(count)) for kind, count in documents)
    needs = (
        (TO_APPROVE, figures.counts_to_approve),
        (TO_COUNT, figures.counts_under_way),
        (LOW, figures.low_stock),
        (EXPIRING, figures.expiring_lots),
    )
    attention = tuple((translate(what), formats.grouped(count)) for what, count in needs if count)
    return (
        Block(translate(ATTENTION), attention, urgent=True),
        Block(translate(POSTED), posted or ((translate(NOTHING_POSTED), ""),)),
    )
