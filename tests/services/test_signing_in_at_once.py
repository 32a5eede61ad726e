"""Many sign in at once, as at the start of a shift: their passwords take turns, and nobody else waits for them."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from tests.support.ledger import receive, stock
from tests.support.threads import PATIENCE, all_at_once
from tests.support.warehouse import PASSWORD
from wms_tui.domain.errors import WrongPassword
from wms_tui.services import access
from wms_tui.services.access import SignIn

MOST = 4
"""Hashes whose memory a site has to have, 64 MiB each."""
SHIFT = [("ken", PASSWORD), ("kim", PASSWORD), ("nobody", PASSWORD), ("fay", "not the password")] * 5


class Hashing:
    """Stands in for argon2id: as many at once, and no work; ``go`` lets them end."""

    def __init__(self, monkeypatch):
        self.running = self.peak = self.times = 0
        self.go = threading.Event()
        self._lock = threading.Lock()
        monkeypatch.setattr(PasswordHasher, "verify", self._verify)
        monkeypatch.setattr(PasswordHasher, "hash", lambda *_: self._take_a_while() or "$argon2id$")
        access._made_stand_in.cache_clear()

    def _verify(self, _password_hash, password):
        self._take_a_while()
        return password == PASSWORD

    def _take_a_while(self):
        with self._lock:
            self.running += 1
            self.times += 1
            self.peak = max(self.peak, self.running)
        try:
            assert self.go.wait(PATIENCE)
            time.sleep(0.01)
        finally:
            with self._lock:
                self.running -= 1


@pytest.fixture
def hashing(backend, monkeypatch):
    """After ``backend``, whose users get real hashes."""
    yield Hashing(monkeypatch)
    access._made_stand_in.cache_clear()


def tried(backend, name, password):
    """The name of whoever got in, else the refusal."""
    try:
        return access.sign_in(backend, SignIn(name, password)).name
    except WrongPassword as refused:
        return refused.text()


def test_twenty_sign_ins_take_the_memory_of_four_hashes_at_most(backend, hashing):
    hashing.go.set()
    answers = all_at_once([lambda one=one: tried(backend, *one) for one in SHIFT])
    assert answers == ["ken", "kim", *["User name or password is wrong."] * 2] * 5
    assert 1 < hashing.peak <= MOST
    assert hashing.times == 1 + 20


def test_an_unknown_name_waits_its_turn_like_a_known_one(backend, hashing):
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(tried, backend, name, "not the password") for name in ("nobody", "no one", "ken", "") * 2]
        until(lambda: hashing.running == 1)
        hashing.go.set()
        assert {one.result(PATIENCE) for one in asked} == {"User name or password is wrong."}
    assert hashing.peak <= MOST
    assert hashing.times == 1 + 8


@pytest.mark.usefixtures("catalog")
def test_who_is_signed_in_works_on_while_twenty_wait(backend, keeper, hashing):
    """No transaction is open and no lock is held while a password is hashed or waits for it."""
    with ThreadPoolExecutor(len(SHIFT)) as pool:
        asked = [pool.submit(tried, backend, *one) for one in SHIFT]
        until(lambda: hashing.running)
        for _ in range(10):
            receive(backend, keeper, "BOLT", 1)
        assert stock(backend) == {("BOLT", "A1"): 10}
        assert not any(one.done() for one in asked)
        hashing.go.set()
        assert [one.result(PATIENCE) for one in asked].count("ken") == 5


def until(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)
