"""Counts: those that are open, and beginning a new one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from wms_tui.domain.access import Permission
from wms_tui.domain.catalog_errors import NoCategory
from wms_tui.domain.counting import STATE_NAMES, CountPlan, CountRef, CountsQuery, CountState, NewCount
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.errors import UnknownProduct
from wms_tui.domain.texts import N_
from wms_tui.services import counting, counting_plans, counting_review
from wms_tui.tui.browse_page import BROWSING, BrowsePage
from wms_tui.tui.form_page import FILLING, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.screens.count_review import CountReview
from wms_tui.tui.screens.counting import Counting
from wms_tui.tui.widgets.listing import Column, Row

CHOOSE_FIRST = N_("Choose a count with the arrow keys first.")
SURE = N_("Cancel {name}? What was counted is not posted. F9 again does it, Esc does not.")
CANCELLED = N_("{name} is cancelled.")
NOTHING_OPEN = N_("No count is open.")
BEGIN_ONE = N_("No count is open. F2 begins one.")
WAITS = N_("{name} is {state}. Whoever may approve counts goes on with it.")
LOCATIONS, CATEGORY, PRODUCTS, NAME = "locations", "category", "products", "name"
COMMAS = re.compile(r"[,;，；、]")


class Counts(BrowsePage[CountsQuery, CountPlan]):
    """Enter opens a count: to go on counting, or to review it."""

    LIVE = True
    HEADING = N_("Counting")

    def __init__(self) -> None:
        super().__init__(CountsQuery())

    def guide(self) -> Guide:
        new = Hint("F2", N_("New"), N_("Begins a count of locations, a category or products."))
        review = Hint("F6", N_("Review"), N_("Shows what the chosen count has come to so far."))
        cancel = Hint("F9", N_("Cancel"), N_("Gives the chosen count up; asks first."))
        counts, reviews = (self.client.operator.may(one) for one in (Permission.COUNT, Permission.COUNT_REVIEW))
        return Guide(
            N_("Counts, the newest first. Enter goes on with the chosen one."),
            (
                *([new] if counts else []),
                Hint("F4", N_("All"), N_("Shows counts that are over as well, or those that are open.")),
                *([review] if reviews else []),
                *([cancel] if counts else []),
                *BROWSING,
            ),
        )

    def prompt(self) -> str:
        return self.tr(N_("Find"))

    def typed(self, text: str) -> CountsQuery:
        return replace(self.wanted, text=text.strip())

    async def fetch(self, query: CountsQuery) -> Part[CountPlan]:
        reviews = self.client.operator.may(Permission.COUNT_REVIEW)
        return await self.client.run(counting_review.plans if reviews else counting.plans, query)

    async def open_row(self, row: CountPlan) -> None:
        operator = self.client.operator
        if row.state is CountState.COUNTING and operator.may(Permission.COUNT):
            await self._go(Counting(row.plan_id))
        elif operator.may(Permission.COUNT_REVIEW):
            await self._go(CountReview(row.plan_id))
        else:
            self.warn(self.tr(WAITS, name=row.name, state=STATE_NAMES[row.state]))

    async def _go(self, page: Counting | CountReview | NewCountForm) -> None:
        self.stale = True
        await self.shell.go(page)

    async def command(self, key: str) -> None:
        may = self.client.operator.may
        if key == "f2" and may(Permission.COUNT):
            await self._go(NewCountForm())
        elif key == "f4":
            await self.ask(replace(self.wanted, every=not self.wanted.every))
        elif not ((key == "f6" and may(Permission.COUNT_REVIEW)) or (key == "f9" and may(Permission.COUNT))):
            await super().command(key)
        elif self.chosen is None:
            self.warn(self.tr(CHOOSE_FIRST))
        elif key == "f6":
            await self._go(CountReview(self.chosen.plan_id))
        else:
            self._ask_to_cancel(self.chosen)

    def _ask_to_cancel(self, plan: CountPlan) -> None:
        async def carry_out() -> None:
            await self.client.run(counting.cancel, CountRef(plan.plan_id))
            await self.ask(self.wanted)
            self.done(self.tr(CANCELLED, name=plan.name))

        self.ask_first("f9", carry_out, self.tr(SURE, name=plan.name))

    def columns(self, found: Part[CountPlan]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("No.")), right=True, rank=1),
            Column(self.tr(N_("Name")), least=8, stretch=True),
            Column(self.tr(N_("Status")), least=8, below=True),
            Column(self.tr(N_("Counted")), right=True, rank=2),
            Column(self.tr(N_("User")), least=4, rank=4),
            Column(self.tr(N_("Begun")), least=16, rank=5),
            Column(self.tr(N_("Document")), least=13, rank=3, below=True),
        )

    def cells(self, row: CountPlan) -> Row:
        grouped = self.formats.grouped
        counted = f"{grouped(row.counted)}/{grouped(row.locations)}"
        state, begun = self.tr(STATE_NAMES[row.state]), self.formats.minute(row.created_at)
        return (str(row.plan_id), row.name, state, counted, row.created_by, begun, row.document)

    def summary(self, found: Part[CountPlan]) -> str:
        if not found.rows and not self.wanted.every:
            return self.tr(BEGIN_ONE if self.client.operator.may(Permission.COUNT) else NOTHING_OPEN)
        return self.tr(N_("All counts") if self.wanted.every else N_("Open counts"))


class NewCountForm(FormPage):
    """What to count."""

    HEADING = N_("New count")
    GUIDE = Guide(
        N_(
            "Fill in one or more: locations are counted with everything below them, a category with all of its "
            "products, products wherever they are. Several codes have commas between them."
        ),
        FILLING,
    )

    async def fields(self) -> tuple[Field, ...]:
        return (
            Field(LOCATIONS, N_("Locations"), about=N_("Scan or type a location, such as a zone or a bin.")),
            Field(CATEGORY, N_("Category"), about=N_("The path of a category, such as Tools/Hand tools.")),
            Field(PRODUCTS, N_("Products"), about=N_("SKUs or barcodes.")),
            Field(NAME, N_("Name"), about=N_("May stay empty: then the count is called after what it counts.")),
        )

    def blamed(self, error: Exception) -> str:
        if isinstance(error, NoCategory):
            return CATEGORY
        return PRODUCTS if isinstance(error, UnknownProduct) else LOCATIONS

    async def save(self, values: Mapping[str, str]) -> None:
        codes = {name: _codes(values[name]) for name in (LOCATIONS, CATEGORY, PRODUCTS)}
        request = NewCount(codes[LOCATIONS], codes[CATEGORY], codes[PRODUCTS], values[NAME])
        plan = await self.client.run(counting_plans.begin, request)
        await self.shell.replace(Counting(plan.plan_id))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in COMMAS.split(text) if code.strip())
