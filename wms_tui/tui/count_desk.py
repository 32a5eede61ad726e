"""The operator's desk in a count, as a screen works at it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from wms_tui.domain.counting import (
    AtDesk,
    CountAnswer,
    CountAnswered,
    CountedLine,
    CountRef,
    CountView,
    TakeLocation,
)
from wms_tui.domain.entry import Outcome
from wms_tui.domain.errors import Stale
from wms_tui.services import counting_desk
from wms_tui.tui.client import Client

Receipt = TypeVar("Receipt")


class CountDesk:
    """Every call saves the desk and renews ``view``. Changed elsewhere, it raises ``Stale``, once."""

    def __init__(self, client: Client, view: CountView) -> None:
        self._client = client
        self.view = view

    @classmethod
    async def open(cls, client: Client, plan_id: int) -> CountDesk:
        return cls(client, await client.run(counting_desk.sit_down, CountRef(plan_id)))

    async def load(self) -> None:
        """The desk as it is now."""
        self.view = await self._client.run(counting_desk.sit_down, CountRef(self.view.plan_id))

    async def answer(self, text: str) -> Outcome:
        """An entered line. Raises the refusal of a code that nobody knows, which is listed now."""
        request = CountAnswer(self.view.plan_id, text, self.view.saved_at)
        answered = await self._run(counting_desk.answer, request)
        self.view = answered.view
        if answered.refused:
            raise answered.refused
        return answered.outcome

    async def lines(self) -> tuple[CountedLine, ...]:
        """All that is counted at the location."""
        return await self._run(counting_desk.lines, self._ref)

    async def take_back(self) -> Outcome:
        return self._renew(await self._run(counting_desk.take_back, self._ref))

    async def step_back(self) -> None:
        self.view = await self._run(counting_desk.step_back, self._ref)

    async def finish(self) -> Outcome:
        """The location is counted."""
        return self._renew(await self._run(counting_desk.finish, self._ref))

    async def take_over(self, code: str, anew: bool) -> Outcome:
        """Go on at a location that another one is at, or count one anew."""
        return self._renew(await self._run(counting_desk.take_over, TakeLocation(self.view.plan_id, code, anew)))

    def _renew(self, answered: CountAnswered) -> Outcome:
        self.view = answered.view
        return answered.outcome

    async def _run(self, use_case: Callable[..., Receipt], request: object) -> Receipt:
        try:
            return await self._client.run(use_case, request)
        except Stale:
            with suppress(Stale):
                await self.load()
            raise

    @property
    def _ref(self) -> AtDesk:
        return AtDesk(self.view.plan_id, self.view.saved_at)
