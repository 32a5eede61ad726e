"""A draft at work when the database fails between two calls."""

from tests.support.warehouse import add_catalog, signed_in
from wms_tui.domain.database_errors import DatabaseBusy
from wms_tui.domain.movements import DocumentKind
from wms_tui.services import entry
from wms_tui.tui.draft import DraftAtWork


class Failing:
    """Runs use cases at once, but those named in ``busy`` not at all."""

    def __init__(self, backend, actor):
        self._backend, self._actor = backend, actor
        self.busy = set()

    async def run(self, case, request=None):
        if case in self.busy:
            raise DatabaseBusy
        return self._backend.run(case, self._actor, request)


async def test_what_is_posted_is_told_so_even_if_the_next_draft_cannot_be_opened(backend):
    add_catalog(backend)
    client = Failing(backend, signed_in(backend, "ken"))
    draft = await DraftAtWork.open(client, DocumentKind.RECEIPT)
    for text in ("A1", "BOLT"):
        await draft.answer(text)
    client.busy = {entry.open_draft}
    assert (await draft.post()).number == "R-2026-000001"
