"""Signing in by badge and PIN: who gets in, who is kept waiting, and what nobody ever reads."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.support.warehouse import PASSWORD, signed_in
from wms_tui.domain.badges import (
    BadBadge,
    BadgeMissing,
    BadgeTaken,
    WeakPin,
    WrongPin,
    badge_key,
    check_badge,
    check_pin,
)
from wms_tui.domain.enquiry import StockQuery
from wms_tui.domain.errors import AccountDisabled, AccountLocked, NotAllowed, SessionEnded, WrongPassword
from wms_tui.services import access, badges, stock, users

BADGE, PIN = "K-471108", "2468"


@pytest.fixture
def ada(backend):
    return signed_in(backend, "ada")


@pytest.fixture
def badged(backend, ada):
    badges.give(backend, ada, "ken", f".ID.{BADGE}", PIN)
    return backend


def enter(backend, badge=BADGE, pin=PIN):
    return badges.sign_in(backend, badges.Shown(badge, pin, "dock 1"))


def fail(backend, badge=BADGE, times=1):
    for _ in range(times):
        with pytest.raises(WrongPin):
            enter(backend, badge, "0000")


def test_badge_and_pin_open_a_session_of_the_role(badged):
    actor = enter(badged, BADGE.lower())
    assert (actor.name, actor.role, actor.terminal) == ("ken", "keeper", "dock 1")
    badged.run(stock.on_hand, actor, StockQuery())


@pytest.mark.parametrize("pin", ["1357", "", "24680", PASSWORD])
def test_a_wrong_pin_opens_nothing(badged, pin):
    with pytest.raises(WrongPin):
        enter(badged, pin=pin)


def test_a_badge_without_pin_opens_nothing(backend, ada):
    badges.give(backend, ada, "ken", BADGE, "")
    with pytest.raises(WrongPin):
        enter(backend, pin="")


@pytest.mark.parametrize("badge", [BADGE, "NOBODYS-1"])
def test_wrong_pins_lock_known_and_unknown_badges_alike(badged, badge):
    fail(badged, badge, times=5)
    with pytest.raises(AccountLocked):
        enter(badged, badge)


def test_wrong_pins_and_passwords_of_an_account_are_counted_together(badged):
    fail(badged, times=3)
    for _ in range(2):
        with pytest.raises(WrongPassword):
            access.sign_in(badged, access.SignIn("ken", "wrong"))
    with pytest.raises(AccountLocked):
        enter(badged)
    with pytest.raises(AccountLocked):
        access.sign_in(badged, access.SignIn("ken", PASSWORD))


def test_an_unknown_badge_is_checked_as_long_as_a_known_one(badged, ada, monkeypatch, real_passwords):
    badges.give(badged, ada, "ken", f".ID.{BADGE}", PIN)
    looked_at = []
    real = access._verify
    monkeypatch.setattr(access, "_verify", lambda *given: looked_at.append(given[0]) or real(*given))
    fail(badged)
    fail(badged, "NOBODYS-1")
    assert len(looked_at) == 2 and all(one.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for one in looked_at)


def test_a_disabled_account_stays_out(badged, ada):
    badged.run(users.disable, ada, "ken")
    with pytest.raises(AccountDisabled):
        enter(badged)


def test_a_badge_is_one_persons(badged, ada):
    with pytest.raises(BadgeTaken):
        badges.give(badged, ada, "kim", BADGE.lower(), PIN)
    assert not {row.name: row for row in badged.run(users.list_users, ada, None)}["kim"].badge


def test_a_badge_that_is_taken_away_ends_the_sessions_and_opens_none(badged, ada):
    ken = enter(badged)
    badged.run(badges.take_badge, ada, "ken")
    with pytest.raises(SessionEnded):
        badged.run(stock.on_hand, ken, StockQuery())
    with pytest.raises(WrongPin):
        enter(badged)


def test_another_badge_ends_the_sessions_of_the_old_one(badged, ada):
    ken = enter(badged)
    badges.give(badged, ada, "ken", "K-471109", "")
    with pytest.raises(SessionEnded):
        badged.run(stock.on_hand, ken, StockQuery())
    with pytest.raises(WrongPin):
        enter(badged)
    assert enter(badged, "K-471109").name == "ken"


def test_a_pin_needs_a_badge(backend, ada):
    with pytest.raises(BadgeMissing):
        badges.give(backend, ada, "ken", "", PIN)


def test_only_who_manages_users_gives_badges(backend):
    with pytest.raises(NotAllowed):
        badges.give(backend, signed_in(backend, "ken"), "ken", BADGE, PIN)


def test_everybody_changes_his_own_pin_by_his_password(badged):
    ken = enter(badged)
    with pytest.raises(WrongPassword):
        badges.change_own_pin(badged, ken, "wrong", "8642")
    with pytest.raises(WeakPin):
        badges.change_own_pin(badged, ken, PASSWORD, "1111")
    assert enter(badged).name == "ken"
    badges.change_own_pin(badged, ken, PASSWORD, "9753")
    with pytest.raises(WrongPin):
        enter(badged)
    assert enter(badged, pin="9753").name == "ken"


def test_the_lock_is_opened_by_the_operators_own_badge_alone(badged, ada):
    ken = enter(badged)
    badges.confirm(badged, ken, BADGE, PIN)
    with pytest.raises(WrongPin):
        badges.confirm(badged, ada, BADGE, PIN)


def test_no_badge_and_no_pin_stands_in_the_database_or_the_audit(badged, ada):
    fail(badged)
    fail(badged, "NOBODYS-1")
    enter(badged)
    rows = badged.work(
        lambda tx: [
            repr(tuple(row))
            for table in ('"user"', "audit_event", "sign_in_failure", "session")
            for row in tx.connection.execute(text(f"SELECT * FROM {table}"))
        ],
        writes=False,
    )
    told = "\n".join(rows)
    assert "change badge" in told and "wrong PIN" in told
    for secret in (BADGE, "NOBODYS-1", PIN + "'", badge_key("NOBODYS-1")):
        assert secret not in told
    assert BADGE not in repr(badges.Shown(BADGE, PIN)) and PIN not in repr(badges.Shown(BADGE, PIN))


@pytest.mark.parametrize("pin", ["123", "1111", "1234", "4321", "7890", "12a4", "1234567890123", "١٢٣٥", ""])
def test_weak_pins(pin):
    with pytest.raises(WeakPin):
        check_pin(pin)


@pytest.mark.parametrize("pin", ["1357", "0042", "271828182845"])
def test_good_pins(pin):
    assert check_pin(pin) == pin


@pytest.mark.parametrize("code", ["", ".ID.", "12345", "K 471108", "é471108", "x" * 101])
def test_bad_badges(code):
    with pytest.raises(BadBadge):
        check_badge(code)


def test_a_badge_is_given_with_or_without_its_prefix():
    assert check_badge(".id.K-471108") == check_badge(" K-471108 ") == "K-471108"
