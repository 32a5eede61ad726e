"""The operator's draft of one kind, as a screen works on it: what it shows, and what can be done with it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from wms_tui.domain.database_errors import DatabaseError
from wms_tui.domain.entry import (
    Answer,
    Answered,
    DraftRef,
    EntryLine,
    EntryView,
    Go,
    LastDocument,
    OpenDraft,
    Outcome,
    OverrideLot,
    Step,
)
from wms_tui.domain.errors import AlreadyReversed, ExpiryMissing, LotMissing, NoDocumentYet, SerialMissing, Stale
from wms_tui.domain.movements import DocumentKind, Posted, ReverseDocument
from wms_tui.services import entry, movements
from wms_tui.tui.client import Client

Receipt = TypeVar("Receipt")


class DraftAtWork:
    """Every call saves the draft and renews ``view``. Changed at another terminal, it raises ``Stale``, once."""

    def __init__(self, client: Client, kind: DocumentKind, view: EntryView) -> None:
        self._client = client
        self.kind = kind
        self.view = view

    @classmethod
    async def open(cls, client: Client, kind: DocumentKind) -> DraftAtWork:
        return cls(client, kind, await client.run(entry.open_draft, OpenDraft(kind)))

    async def load(self) -> None:
        """The draft as it is now, or a new one."""
        self.view = await self._client.run(entry.open_draft, OpenDraft(self.kind))

    async def answer(self, text: str, override: str = "") -> Outcome:
        """An entered line at the current step; ``override`` is why it is taken in spite of its expiry."""
        request = Answer(self.kind, self.view.draft_id, text, self.view.seen, override)
        return self._renew(await self._run(entry.answer, request))

    async def override(self, sku: str, lot: str, why: str) -> None:
        """Say why a lot that the draft moves is taken in spite of its expiry."""
        request = OverrideLot(self.kind, self.view.draft_id, sku, lot, why, self.view.seen)
        self.view = await self._run(entry.override_lot, request)

    async def undo_scan(self) -> Outcome:
        return self._renew(await self._run(entry.undo_line, self._ref))

    async def go(self, step: Step) -> None:
        self.view = await self._run(entry.go, Go(self.kind, self.view.draft_id, step, self.view.seen))

    async def lines(self) -> tuple[EntryLine, ...]:
        return await self._run(entry.lines, self._ref)

    async def discard(self) -> None:
        """Throw it away; ``view`` is stale until ``load``."""
        await self._run(entry.discard, self._ref)

    async def post(self) -> Posted:
        """Post it and begin the next. Raises ``LotMissing`` or ``ExpiryMissing`` while a scan is not complete."""
        self.check_complete()
        posted = await self._run(entry.post, self._ref)
        await self._show_anew()
        return posted

    def check_complete(self) -> None:
        view = self.view
        if view.step is Step.LOT:
            raise (SerialMissing if view.pending_serial else LotMissing)(sku=view.pending_sku)
        if view.step is Step.EXPIRES:
            raise ExpiryMissing(sku=view.pending_sku, lot=view.pending_lot)

    async def reverse(self, request: ReverseDocument) -> Posted:
        """Undo a posted document; stock on hand changes in view."""
        reversal = await self._client.run(movements.reverse, request)
        await self._show_anew()
        return reversal

    async def _show_anew(self) -> None:
        """It is posted, and that is what has to be said: a database that fails now says so at the next key."""
        with suppress(DatabaseError):
            await self.load()

    async def _run(self, use_case: Callable[..., Receipt], request: object) -> Receipt:
        try:
            return await self._client.run(use_case, request)
        except Stale:
            await self.load()
            raise

    def _renew(self, answered: Answered) -> Outcome:
        self.view = answered.view
        return answered.outcome

    @property
    def _ref(self) -> DraftRef:
        return DraftRef(self.kind, self.view.draft_id, self.view.seen)


async def latest_document(client: Client) -> LastDocument | None:
    """The operator's last posted document, whatever became of it."""
    return await client.run(entry.last_document)


async def last_document(client: Client) -> LastDocument:
    """The operator's last posted document, which can be undone. Raises ``NoDocumentYet``, ``AlreadyReversed``."""
    last = await latest_document(client)
    if last is None:
        raise NoDocumentYet
    if last.reversed_by:
        raise AlreadyReversed(number=last.number, by=last.reversed_by)
    return last


def reversal_of(number: str) -> ReverseDocument:
    """A request to undo a document; sent twice, it undoes once."""
    return ReverseDocument(number, secrets.token_hex(16))
