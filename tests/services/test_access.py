"""Signing in: who gets in, who is kept waiting, and what ends a session."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from tests.support.ledger import picture, receive
from tests.support.threads import all_at_once
from tests.support.warehouse import PASSWORD, USERS, signed_in
from wms_tui.db.access import USER
from wms_tui.domain.access import Permission
from wms_tui.domain.errors import (
    AccessError,
    AccountDisabled,
    AccountLocked,
    BadCharacters,
    BadName,
    LastAdministrator,
    NameTaken,
    NotAllowed,
    SessionEnded,
    WeakPassword,
    WrongPassword,
)
from wms_tui.services import access, users
from wms_tui.services.access import SignIn
from wms_tui.services.backend import Backend

GOOD = "gravel-teapot-91-orbit"


@pytest.fixture
def quick(monkeypatch):
    """Passwords are compared in no time; the list holds the hashes that were looked at."""
    checked = []

    def verify(password_hash, password):
        checked.append(password_hash)
        return password == PASSWORD

    monkeypatch.setattr(access, "_verify", verify)
    return checked


def fail(backend, name, times=1):
    for _ in range(times):
        with pytest.raises(WrongPassword):
            access.sign_in(backend, SignIn(name, "not the password"))


def test_the_right_password_opens_a_session(backend):
    actor = access.sign_in(backend, SignIn(" KEN ", PASSWORD, "dock 1"))
    assert (actor.name, actor.role, actor.terminal) == ("ken", "keeper", "dock 1")
    assert actor.may(Permission.RECEIVE)
    assert not actor.may(Permission.COST_VIEW)
    (session,) = picture(backend)["session"]
    assert (session.id, session.terminal, session.ended_at) == (actor.session_id, "dock 1", None)


def test_the_session_knows_the_language_and_the_theme_that_its_user_chose(backend, quick):
    chosen = update(USER).where(USER.c.name == "kim").values(language="zh_CN", theme="light")
    backend.work(lambda tx: tx.connection.execute(chosen) and None)
    kim, ken = (access.sign_in(backend, SignIn(name, PASSWORD)) for name in ("kim", "ken"))
    assert (kim.language, kim.theme) == ("zh_CN", "light")
    assert (ken.language, ken.theme) == ("", "")


def test_every_wrong_sign_in_sounds_the_same_and_costs_a_hash(backend, admin, monkeypatch, real_passwords):
    users.set_password(backend, admin, "ken", GOOD)
    checked = []
    real = access._verify
    monkeypatch.setattr(access, "_verify", lambda *given: checked.append(given[0]) or real(*given))
    for name in ("ken", "nobody", "", "\x00", "\ud800", "x" * 5000):
        with pytest.raises(WrongPassword) as refused:
            access.sign_in(backend, SignIn(name, "not the password"))
        assert refused.value.text() == "User name or password is wrong."
    assert len(checked) == 6
    assert {hashed.rsplit("$", 2)[0] for hashed in checked} == {"$argon2id$v=19$m=65536,t=3,p=4"}


def test_passwords_are_kept_as_argon2id(backend, admin, real_passwords):
    users.set_password(backend, admin, "ken", GOOD)
    (ken,) = (user for user in picture(backend)["user"] if user.name == "ken")
    assert ken.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize("name", ["ken", "nobody"])
def test_the_delay_grows_with_each_wrong_password_known_name_or_not(backend, clock, quick, name):
    fail(backend, name, times=5)
    for seconds in (30, 60, 120, 240, 480, 960, 1920, 3600, 3600):
        with pytest.raises(AccountLocked) as refused:
            access.sign_in(backend, SignIn(name, PASSWORD))
        assert refused.value.fields == {"seconds": seconds + 1}
        clock.advance(seconds=seconds - 1)
        with pytest.raises(AccountLocked):
            access.sign_in(backend, SignIn(name, PASSWORD))
        clock.advance(seconds=1)
        fail(backend, name)


def test_a_locked_account_looks_at_no_password(backend, quick):
    fail(backend, "ken", times=5)
    seen = len(quick)
    for password in (PASSWORD, "other"):
        with pytest.raises(AccountLocked) as refused:
            access.sign_in(backend, SignIn("Ken", password))
    assert len(quick) == seen
    assert refused.value.text() == "Too many wrong passwords. Try again in 31 seconds."


def test_the_right_password_after_the_wait_forgets_the_failures(backend, clock, quick):
    fail(backend, "ken", times=5)
    clock.advance(seconds=30)
    access.sign_in(backend, SignIn("ken", PASSWORD))
    fail(backend, "ken", times=4)
    access.sign_in(backend, SignIn("ken", PASSWORD))


def test_failures_are_forgotten_after_a_quiet_day(backend, clock, quick):
    fail(backend, "ken", times=4)
    clock.advance(days=1, seconds=1)
    fail(backend, "ken", times=4)


def test_one_accounts_failures_do_not_lock_another(backend, quick):
    fail(backend, "ken", times=5)
    assert access.sign_in(backend, SignIn("kim", PASSWORD)).name == "kim"


def test_guesses_sent_at_once_are_all_counted(backend, quick):
    tries = all_at_once([lambda: access.sign_in(backend, SignIn("ken", "guess"))] * 8)
    assert {type(tried) for tried in tries} <= {WrongPassword, AccountLocked}
    (row,) = picture(backend)["sign_in_failure"]
    assert row.failures == [type(tried) for tried in tries].count(WrongPassword) >= 5


def test_wrong_passwords_are_audited_without_the_password(backend, quick):
    fail(backend, "Ken")
    event = picture(backend)["audit_event"][-1]
    assert (event.action, event.subject) == ("wrong password", "ken")
    assert "not the password" not in repr(picture(backend))


def test_a_disabled_account_is_told_so_only_with_its_password(backend, admin, quick):
    backend.run(users.disable, admin, "ken")
    fail(backend, "ken")
    with pytest.raises(AccountDisabled):
        access.sign_in(backend, SignIn("ken", PASSWORD))


def test_disabling_ends_the_work_at_once(backend, admin, keeper, catalog):
    backend.run(users.disable, admin, "ken")
    before = picture(backend)
    with pytest.raises(SessionEnded):
        receive(backend, keeper, "BOLT", 1)
    assert picture(backend) == before
    backend.run(users.enable, admin, "ken")
    with pytest.raises(SessionEnded):
        receive(backend, keeper, "BOLT", 1)


def test_another_role_holds_at_once(backend, admin, keeper, catalog):
    backend.run(users.set_role, admin, users.SetRole("ken", "finance"))
    with pytest.raises(NotAllowed, match="Your role finance may not do this"):
        receive(backend, keeper, "BOLT", 1)
    backend.run(users.set_role, admin, users.SetRole("ken", "keeper"))
    assert receive(backend, keeper, "BOLT", 1).lines == 1


def test_signing_out_ends_the_session_and_no_other(backend, catalog):
    here, there = signed_in(backend, "ken"), signed_in(backend, "ken")
    access.sign_out(backend, here)
    with pytest.raises(SessionEnded) as refused:
        receive(backend, here, "BOLT", 1)
    assert refused.value.text() == "You were signed out. Sign in again; your draft is kept."
    assert receive(backend, there, "BOLT", 1).lines == 1


def test_a_made_up_session_is_no_session(backend, keeper, catalog):
    for session in ("", "made up", "\x00", "\ud800", "x" * 1000):
        with pytest.raises((SessionEnded, BadCharacters)):
            receive(backend, replace(keeper, session_id=session), "BOLT", 1)


def test_a_changed_password_ends_the_other_sessions(backend, quick, catalog):
    here, there = signed_in(backend, "ken"), signed_in(backend, "ken")
    access.change_password(backend, here, PASSWORD, GOOD)
    assert receive(backend, here, "BOLT", 1).lines == 1
    with pytest.raises(SessionEnded):
        receive(backend, there, "BOLT", 1)


def test_the_changed_password_signs_in_and_the_old_one_does_not(backend, keeper):
    access.change_password(backend, keeper, PASSWORD, GOOD)
    assert access.sign_in(backend, SignIn("ken", GOOD)).name == "ken"
    fail(backend, "ken")
    with pytest.raises(WrongPassword):
        access.sign_in(backend, SignIn("ken", PASSWORD))


def test_a_password_is_not_changed_with_a_wrong_one(backend, keeper, quick):
    before = picture(backend)["user"]
    with pytest.raises(WrongPassword):
        access.change_password(backend, keeper, "not it", GOOD)
    assert picture(backend)["user"] == before


WEAK = ["", "short", "elevenchars", "password1234", "aaaaaaaaaaaa", "qwertyuiop123", "123456789012", "kenkenkenken"]


@pytest.mark.parametrize("weak", [*WEAK, "x" * 2000])
def test_weak_passwords_are_refused(weak):
    with pytest.raises(WeakPassword) as refused:
        access.new_hash(weak, "ken")
    assert "at least 12 characters" in refused.value.text()


@pytest.mark.parametrize("good", [GOOD, "正确的马电池订书钉和灯塔", "Correct-Horse 7 Battery"])
def test_long_and_uncommon_passwords_are_taken(good):
    assert access._verify(access.new_hash(good, "ken"), good)


def test_a_screen_is_unlocked_by_ones_own_password_alone(backend, keeper, quick):
    access.confirm(backend, keeper, PASSWORD)
    with pytest.raises(WrongPassword):
        access.confirm(backend, keeper, "not it")


@pytest.fixture
def bare(bare_url, clock):
    backend = Backend.open(bare_url, clock)
    yield backend
    backend.close()


def test_the_first_administrator_is_made_only_once(bare):
    assert not access.has_users(bare)
    access.create_first_admin(bare, "root", GOOD)
    assert access.has_users(bare)
    before = picture(bare)
    with pytest.raises(NameTaken):
        access.create_first_admin(bare, "other", GOOD)
    assert picture(bare) == before
    actor = access.sign_in(bare, SignIn("root", GOOD))
    assert actor.permissions == frozenset(Permission)


def test_two_first_administrators_at_once_are_one(bare, monkeypatch):
    monkeypatch.setattr(access, "new_hash", lambda password, name: "hash")
    jobs = [lambda name=name: access.create_first_admin(bare, name, GOOD) for name in ("one", "two", "three")]
    answers = all_at_once(jobs)
    assert sorted(str(type(answer).__name__) for answer in answers) == ["NameTaken", "NameTaken", "NoneType"]
    assert len(picture(bare)["user"]) == 1


@pytest.mark.parametrize("name", ["", " ", "a b", "x" * 41, "\x00", "a/b", "[/]", "ß" * 21])
def test_a_bad_name_is_refused(bare, name):
    with pytest.raises(BadName):
        access.create_first_admin(bare, name, GOOD)
    assert not access.has_users(bare)


@pytest.mark.parametrize("name", ["王伟", "J.-P_7", "x" * 40, "ß" * 20])
def test_names_of_all_languages_are_taken(bare, name, monkeypatch):
    monkeypatch.setattr(access, "new_hash", lambda password, name: "hash")
    access.create_first_admin(bare, name, GOOD)
    assert picture(bare)["user"][0].name == name


def test_names_differ_by_more_than_capitals(backend, admin, monkeypatch):
    monkeypatch.setattr(access, "new_hash", lambda password, name: "hash")
    with pytest.raises(NameTaken) as refused:
        users.add(backend, admin, "KEN", "keeper", GOOD)
    assert refused.value.text() == "The name KEN is taken. Choose another."


def test_the_last_administrator_stays(backend, admin):
    before = picture(backend)
    for case, request in ((users.disable, "ada"), (users.set_role, users.SetRole("ada", "keeper"))):
        with pytest.raises(LastAdministrator):
            backend.run(case, admin, request)
    assert picture(backend) == before


def test_two_administrators_cannot_disable_each_other_at_once(backend, admin):
    backend.run(users.set_role, admin, users.SetRole("kim", "admin"))
    kim = signed_in(backend, "kim")
    all_at_once(
        [
            lambda: backend.run(users.disable, admin, "kim"),
            lambda: backend.run(users.disable, kim, "ada"),
        ]
    )
    active = [user.name for user in picture(backend)["user"] if user.active and user.name in ("ada", "kim")]
    assert len(active) == 1


ADMIN_ONLY = {
    "disable": (users.disable, "kim"),
    "enable": (users.enable, "kim"),
    "unlock": (users.unlock, "kim"),
    "list": (users.list_users, None),
    "role": (users.set_role, users.SetRole("kim", "admin")),
    "password": (users.reset_password, users.SetPassword("kim", "hash")),
    "add": (users.add_user, users.NewUser("new", "admin", "hash")),
}


@pytest.mark.parametrize(("case", "request_"), ADMIN_ONLY.values(), ids=ADMIN_ONLY)
@pytest.mark.parametrize("name", [name for name, role in USERS.items() if role != "admin" and name != "kim"])
def test_only_administrators_administer(backend, name, case, request_):
    actor = signed_in(backend, name)
    before = picture(backend)
    with pytest.raises(AccessError) as refused:
        backend.run(case, actor, request_)
    assert refused.value.text() == f"Your role {USERS[name]} may not do this (Manage users). Ask the administrator."
    assert picture(backend) == before


def test_what_administrators_do_is_audited(backend, admin):
    backend.run(users.disable, admin, "ken")
    backend.run(users.set_role, admin, users.SetRole("kim", "finance"))
    events = picture(backend)["audit_event"][-2:]
    assert [(event.action, event.subject, event.user_id) for event in events] == [
        ("disable user", "ken", admin.user_id),
        ("set role", "kim", admin.user_id),
    ]
    assert (events[1].before, events[1].after) == ('{"role": "keeper"}', '{"role": "finance"}')
