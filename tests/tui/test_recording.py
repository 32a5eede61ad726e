"""What is recorded of a session, and what never is."""

from __future__ import annotations

import io
from contextlib import asynccontextmanager

import pytest

from tests.tui.conftest import ShopClient
from tests.tui.driving import running
from wms_tui.settings import Settings
from wms_tui.tui.app import WmsApp
from wms_tui.tui.recording import RecordedGate, Recorder

BADGE = ".ID.shelf-7702-ken"


@asynccontextmanager
async def recorded(url, file):
    settings = Settings(database=url, idle_lock=0)
    app = WmsApp(settings, ShopClient(url, "tty9"))
    app.gate = RecordedGate(app, Recorder(file, ".ID."))
    async with running(app) as it:
        yield it


@pytest.fixture
def file():
    return io.StringIO()


async def test_neither_badge_nor_pin_nor_password_is_recorded(shop_url, file):
    async with recorded(shop_url, file) as it:
        await it.type(f"{BADGE}\r402816\r".encode())
        await it.type(b"x" + f"{BADGE}\t".encode() + b"\x1b")
        await it.type(b"ken\rsecret\x7f\x7fet-of-ken\r1A1\r" + f"{BADGE}\r".encode() + b"\x1b")
        await it.type(b"BOLT\x7fT\r12\x15NUT\r")
    text = file.getvalue()
    for secret in ("shelf", "7702", "402816", "secr", "of-ken"):
        assert secret not in text.replace("secret WMS_", "")
    assert text.splitlines() == [
        *("secret WMS_BADGE", "enter", "secret WMS_PIN", "enter"),
        *("secret WMS_BADGE", "key tab", "key escape"),
        *("scan ken", "secret WMS_PASSWORD", "enter", "type 1", "scan A1"),
        *("secret WMS_BADGE", "enter", "key escape", "scan BOLT", "scan NUT"),
    ]


async def test_secrets_in_a_form_are_not_recorded(shop_url, file):
    async with recorded(shop_url, file) as it:
        await it.type(b"ken\rsecret\r93cedar-47-harbour\rgranite-58-lantern\rgranite-58-lantern\r")
    assert "cedar" not in file.getvalue() and "granite" not in file.getvalue()
    assert file.getvalue().count("secret WMS_SECRET") >= 2


class Full(io.StringIO):
    """A disk without room."""

    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


async def test_a_full_disk_ends_the_recording_and_not_the_session(shop_url):
    async with recorded(shop_url, Full()) as it:
        await it.type(b"ken\rsecret\r")
        assert "ken (keeper)" in it.screen()
