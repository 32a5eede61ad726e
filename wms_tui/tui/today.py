"""Today's figures and unfinished work, as Home shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wms_tui.domain.access import Permission
from wms_tui.domain.enquiry import Figures, Today
from wms_tui.domain.entry import DraftSummary
from wms_tui.domain.movements import KIND_NAMES
from wms_tui.domain.texts import N_, Translate
from wms_tui.services import entry, home
from wms_tui.tui.client import Client
from wms_tui.tui.formats import lately, midnight
from wms_tui.tui.widgets.figures import Block

SOON = timedelta(days=30)
POSTED = N_("Posted today")
NOTHING_POSTED = N_("Nothing yet")
ATTENTION = N_("Needs attention")
LOW = N_("Below minimum")
EXPIRING = N_("Expiring lots")
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
    return Standing(drafts, await client.run(home.figures, Today(midnight(today), today + SOON)))


def blocks(found: Standing, translate: Translate, now: datetime) -> tuple[Block, ...]:
    """What there is to say, the operator's own unfinished work first."""
    shown = (_unfinished(found.drafts, translate, now), *_figures(found.figures, translate))
    return tuple(block for block in shown if block.rows)


def _unfinished(drafts: Sequence[DraftSummary], translate: Translate, now: datetime) -> Block:
    rows = ((f"{translate(KIND_NAMES[draft.kind])} ({draft.lines})", lately(draft.saved_at, now)) for draft in drafts)
    return Block(translate(UNFINISHED), tuple(rows), urgent=True)


def _figures(figures: Figures | None, translate: Translate) -> tuple[Block, ...]:
    if figures is None:
        return ()
    posted = tuple((translate(KIND_NAMES[kind]), f"{count:,}") for kind, count in sorted(figures.documents.items()))
    needs = ((LOW, figures.low_stock), (EXPIRING, figures.expiring_lots))
    attention = tuple((translate(what), f"{count:,}") for what, count in needs if count)
    return (
        Block(translate(ATTENTION), attention, urgent=True),
        Block(translate(POSTED), posted or ((translate(NOTHING_POSTED), ""),)),
    )
