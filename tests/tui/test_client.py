"""The way from the screens to the services, on a real database."""

import pytest

from wms_tui.domain.errors import SessionEnded
from wms_tui.services import entry
from wms_tui.tui.client import Client


async def test_asking_for_somebody_who_has_signed_out_is_refused_and_ends_nothing(sqlite_url: str):
    client = Client(sqlite_url)
    await client.open()
    try:
        with pytest.raises(SessionEnded):
            await client.run(entry.drafts)
    finally:
        client.close()
