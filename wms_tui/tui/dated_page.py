"""The base of screens that look things up by a line, and by a first and a last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Generic, TypeVar

from wms_tui.domain.entry import parse_date
from wms_tui.domain.errors import BadDate
from wms_tui.domain.texts import N_
from wms_tui.tui.browse_page import BrowsePage
from wms_tui.tui.formats import midnight

Query = TypeVar("Query")
Found = TypeVar("Found")
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
SINCE, UNTIL = N_("since {day}"), N_("until {day}")


class Asked(Enum):
    """What the line is for."""

    TEXT = N_("Find")
    SINCE = N_("Since YYYY-MM-DD")
    UNTIL = N_("Until YYYY-MM-DD")


SHORT = {Asked.SINCE: N_("Since"), Asked.UNTIL: N_("Until")}


class DatedPage(BrowsePage[Query, Found], Generic[Query, Found]):
    """F6 asks first for the one day, then for the other. A query has ``since`` and ``until``, two moments."""

    def __init__(self, everything: Query) -> None:
        super().__init__(everything)
        self._asked = Asked.TEXT
        self._since: date | None = None

    def prompt(self) -> str:
        return self.tr(self._asked.value)

    def short_prompt(self) -> str:
        return "" if self._asked is Asked.TEXT else self.tr(SHORT[self._asked])

    async def find(self, text: str) -> None:
        """Take a line that is no day."""
        raise NotImplementedError

    async def entered(self, text: str) -> None:
        text = text.strip()
        if self._asked is Asked.TEXT:
            await self.find(text)
        else:
            await self._take_date(text)

    async def command(self, key: str) -> None:
        if key == "f6":
            self.line.clear()
            self._asked = Asked.SINCE
        else:
            await super().command(key)

    async def step_back(self) -> None:
        if self._asked is Asked.TEXT:
            await super().step_back()
        else:
            self.line.clear()
            self._asked = Asked.TEXT

    async def _take_date(self, text: str) -> None:
        """What is no date is asked again."""
        when = _day_of(text) if text else None
        if self._asked is Asked.SINCE:
            self._since, self._asked = when, Asked.UNTIL
            return
        self._asked = Asked.TEXT
        await self.show(self._dated(self._since, when))

    async def show(self, query: Query) -> None:
        """Show what was posted or done between the days."""
        await self.ask(query)

    def _dated(self, since: date | None, until: date | None) -> Query:
        query: Any = self.wanted
        first = midnight(since) if since else None
        return replace(query, since=first, until=midnight(until + DAY) if until else None)


def last_day(until: datetime) -> date:
    """The last day before a moment."""
    return (until - SECOND).date()


def _day_of(text: str) -> date:
    """Raises ``BadDate``, also for years that no warehouse has."""
    when = parse_date(text)
    if not 1900 <= when.year <= 2999:
        raise BadDate(text=text)
    return when
