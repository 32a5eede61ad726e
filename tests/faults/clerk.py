"""A clerk behind a line that is cut at a known question, who must be told what the server then holds."""

from __future__ import annotations

from tests.faults.documents import MILLIONTHS, made, request
from tests.faults.journal import Entry
from tests.faults.trial import Trial
from tests.support.proxy import Proxy
from tests.support.warehouse import signed_in
from wms_tui.domain.database_errors import OutcomeUnknown
from wms_tui.domain.entry import Answer, DraftRef, EntryView, OpenDraft
from wms_tui.domain.errors import DraftPosted, NotEnoughStock
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.setup import UnitRow
from wms_tui.services import entry, movements, units
from wms_tui.services.backend import Backend

RECEIPT = DocumentKind.RECEIPT
SCANS = ("A1", "BOLT", "NUT")


class Clerk:
    """``arrives``: whether the question at which the line is cut reaches the server."""

    def __init__(self, trial: Trial, line: Proxy) -> None:
        self.trial, self.line = trial, line
        self.backend = Backend.open(line.url)
        self.actor = signed_in(self.backend, "ken", "clerk")
        self.admin = signed_in(self.backend, "ada", "clerk")
        self.arrives = False

    def close(self) -> None:
        self.backend.close()

    def posts_over_a_line_that_is_cut(self) -> None:
        """``again`` is true where the server had it already, and only there."""
        document = made(self.trial.random, "clerk-1")
        self.trial.written.append(document)
        self._cut(b"clerk-1")
        try:
            posted = self.backend.run(movements.post, self.actor, request(document))
        except NotEnoughStock as error:
            document.refused = type(error).__name__
        else:
            document.number = posted.number
            assert not (posted.again and not self.arrives), f"{posted} by a request that never arrived"
        self.line.cut_nothing()

    def posts_a_draft_over_a_line_that_is_cut(self) -> None:
        """The draft is posted now, or was when the answer was lost: its number is told either way."""
        view = self._draft()
        self._cut(view.request_id.encode())
        document = _entry(view)
        self.trial.written.append(document)
        try:
            draft = DraftRef(RECEIPT, view.draft_id, view.seen)
            document.number = self.backend.run(entry.post, self.actor, draft).number
            assert not self.arrives, "posted twice, or by a question that was to be cut and was not"
        except DraftPosted as told:
            document.number = str(told.fields["number"])
            assert self.arrives, "told to be posted by a question that never arrived"

    def does_what_cannot_be_asked_for_again(self) -> None:
        """Told to be unknown, and it is there or not."""
        self._cut(b"COMMIT")
        try:
            self.backend.run(units.add, self.admin, UnitRow("box", "Box"))
            raise AssertionError("nobody was told that the commit was cut")
        except OutcomeUnknown:
            is_there = "box" in {unit.code for unit in self.backend.run(units.list_units, self.admin, None)}
            assert is_there == self.arrives

    def _draft(self) -> EntryView:
        view = self.backend.run(entry.open_draft, self.actor, OpenDraft(RECEIPT))
        for text in SCANS:
            view = self.backend.run(entry.answer, self.actor, Answer(RECEIPT, view.draft_id, text, view.seen)).view
        return view

    def _cut(self, what: bytes) -> None:
        self.arrives = self.trial.random.random() < 0.5
        how = self.line.cut_answers if self.arrives else self.line.cut_questions
        how(lambda asked: what in asked)


def _entry(view: EntryView) -> Entry:
    """The draft as a document that can be sent again."""
    named = ("source", "target", "unit")
    lines = [
        {"code": line.sku, "quantity": line.quantity, **{name: getattr(line, name) for name in named}}
        for line in reversed(view.lines)
    ]
    moves = [(line["code"], "", "SUPPLIER", "A1", int(line["quantity"] * MILLIONTHS)) for line in lines]
    return Entry(view.request_id, "receipt", moves, {"lines": lines, "note": ""})
