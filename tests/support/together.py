"""Several callers of one backend, and what they have drafted."""

from __future__ import annotations

from typing import Any

from wms_tui.domain.access import Actor
from wms_tui.domain.entry import Answer, DraftRef, OpenDraft
from wms_tui.domain.errors import WmsError
from wms_tui.domain.movements import DocumentKind
from wms_tui.services import entry
from wms_tui.services.backend import Backend
from wms_tui.services.together import Errand


def drafted(backend: Backend, actor: Actor, kind: DocumentKind, *texts: str) -> DraftRef:
    """A draft with what was entered; the request to post it as it was last seen."""
    view = backend.run(entry.open_draft, actor, OpenDraft(kind))
    for text in texts:
        view = backend.run(entry.answer, actor, Answer(kind, view.draft_id, text, view.seen)).view
    return DraftRef(kind, view.draft_id, view.seen)


def in_one_batch(backend: Backend, *wanted: tuple[Any, Actor, Any]) -> list[Any]:
    """What each (use case, actor, request) is answered or refused with, all handed in before one is carried out."""
    errands = [Errand(*one) for one in wanted]
    backend._together._carry_out(errands)
    return [_outcome(backend, errand) for errand in errands]


def _outcome(backend: Backend, errand: Errand) -> Any:
    try:
        return errand.result() if errand.answered else backend._alone(errand)
    except WmsError as refusal:
        return refusal
