"""What operators scan and post at the entry screens while the model and the program are compared.

The model says what posting the lines of a draft does; what may be scanned is the business of other tests.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.support.ledger import ADJUSTMENT, ISSUE, RECEIPT, TRANSFER
from tests.support.model.compared import Compared
from tests.support.model.drawing import BINS, GOODS, KEEPERS, SIDES, one_in
from wms_tui.domain.entry import Answer, DraftRef, EntryLine, EntryView, OpenDraft
from wms_tui.domain.errors import DraftPosted, Refused
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import entry

SCANNED = [RECEIPT, RECEIPT, ISSUE, TRANSFER, ADJUSTMENT]


class Drafting(Compared):
    """Drafts of two keepers: ``drafted`` are those with something in them, and who has them."""

    def __init__(self, databases: Any) -> None:
        super().__init__(databases)
        self.drafted: set[tuple[str, DocumentKind]] = set()

    @rule(side=SIDES, user=KEEPERS, kind=st.sampled_from(SCANNED), data=st.data())
    def scan(self, side, user, kind, data):
        """A place or two, then some goods; what is refused leaves the draft as it was."""
        begun = {TRANSFER: st.permutations(BINS), ADJUSTMENT: st.tuples(st.sampled_from(BINS), REASONS)}
        texts = list(data.draw(begun.get(kind, st.tuples(st.sampled_from(BINS)))))
        for code, lot in data.draw(st.lists(GOODS, min_size=1, max_size=3)):
            texts += [data.draw(st.sampled_from(["1", "2", "5"])), code, *([lot] if lot else [])]
        if self.scanned(side, user, kind, *texts):
            self.drafted.add((user, kind))

    @precondition(lambda self: self.drafted)
    @rule(side=SIDES, data=st.data(), again=one_in(3))
    def post_draft(self, side, data, again):
        """A draft that is posted is gone; one that is refused stays as it is."""
        user, kind = data.draw(st.sampled_from(sorted(self.drafted)))
        backend, actor, view = self.sides[side], self.people[user], self.opened(side, user, kind)
        lines = self.lines(side, user, view)
        request, ref = as_document(view, lines), DraftRef(kind, view.draft_id, view.seen)
        posted = self.both(lambda: backend.run(entry.post, actor, ref), lambda: self.model.post(user, request))
        if not posted:
            assert self.lines(side, user, view) == lines
            return
        self.drafted.remove((user, kind))
        self.sent.append((user, request))
        if again:
            with pytest.raises(DraftPosted) as told:
                backend.run(entry.post, actor, ref)
            assert told.value.fields["number"] == posted.number

    def scanned(self, side: int, user: str, kind: DocumentKind, *texts: str) -> int:
        """How many lines the draft has after all these were entered."""
        view = self.opened(side, user, kind)
        for text in texts:
            with suppress(Refused):
                self.sides[side].run(entry.answer, self.people[user], Answer(kind, view.draft_id, text))
        return len(self.lines(side, user, view))

    def opened(self, side: int, user: str, kind: DocumentKind) -> EntryView:
        return self.sides[side].run(entry.open_draft, self.people[user], OpenDraft(kind))

    def lines(self, side: int, user: str, view: EntryView) -> tuple[EntryLine, ...]:
        return self.sides[side].run(entry.lines, self.people[user], DraftRef(view.kind, view.draft_id))


REASONS = st.sampled_from(["LOST", "FOUND"])


def as_document(view: EntryView, lines: tuple[EntryLine, ...]) -> PostDocument:
    """What the draft says, as somebody would send it."""
    return PostDocument(view.kind, view.request_id, tuple(map(_line, lines)), view.reference, view.partner, view.note)


def _line(line: EntryLine) -> Line:
    return Line(
        line.sku,
        line.quantity,
        source=line.source,
        target=line.target,
        unit=line.unit,
        lot=line.lot or None,
        expires=line.expires,
        reason=line.reason or None,
    )
