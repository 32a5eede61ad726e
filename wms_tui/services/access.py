"""Signing in and out, and one's own password. Hashing takes 0.1 s and 64 MiB, and happens outside any transaction."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from wms_tui.db import access as people
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import (
    ADMIN_ROLE,
    LEAST_PASSWORD,
    Actor,
    Permission,
    check_length,
    check_name,
    lock_seconds,
    name_key,
)
from wms_tui.domain.errors import (
    AccessError,
    AccountDisabled,
    AccountLocked,
    NameTaken,
    SessionEnded,
    WeakPassword,
    WrongPassword,
)
from wms_tui.services.backend import Backend
from wms_tui.services.door import record

MOST_HASHES = threading.BoundedSemaphore(2)
"""How many passwords are hashed at once; each takes 64 MiB."""
_MAKING_STAND_IN = threading.Lock()

LEAST_GUESSES = 10**6
MOST_PASSWORD = 1024


@dataclass(frozen=True, slots=True)
class SignIn:
    """A name and password from a terminal."""

    name: str
    password: str
    terminal: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody shows of himself: whom it looks up, the secret, and the stored hash to hold it against.

    ``failures_of`` is the key under which wrong ones are counted, of an account or of nobody; ``told`` the subject of
    the audit event.
    """

    look_up: Callable[[Tx], people.Account | None]
    secret: str
    hash_of: Callable[[people.Account], str | None]
    failures_of: Callable[[people.Account | None], str]
    told: Callable[[people.Account | None], str]
    wrong: type[AccessError] = WrongPassword
    action: str = "wrong password"


def has_users(backend: Backend) -> bool:
    """Whether the first administrator exists."""
    return backend.work(lambda tx: tx.one(people.ANY_USER) is not None, writes=False)


def create_first_admin(backend: Backend, name: str, password: str) -> None:
    """Make the first administrator. Raises ``NameTaken`` when there is a user, ``BadName``, ``WeakPassword``."""
    name = check_name(name)
    password_hash = new_hash(password, name)

    def job(tx: Tx) -> None:
        people.lock_administration(tx)
        if tx.one(people.ANY_USER) is not None:
            raise NameTaken(name=name)
        add(tx, name, password_hash, ADMIN_ROLE)
        record(tx, None, "")

    backend.work(job)


def sign_in(backend: Backend, request: SignIn) -> Actor:
    """Open a session. Raises ``WrongPassword`` (unknown users too, after the same time), ``AccountLocked``,
    ``AccountDisabled`` (only to somebody who knows the password)."""
    account = _checked(backend, request.name, request.password, request.terminal)
    return open_session(backend, account, request.terminal)


def open_session(backend: Backend, account: people.Account, terminal: str, by_badge: bool = False) -> Actor:
    """Sign an account in that has shown who it is."""
    session_id = secrets.token_urlsafe(32)

    def job(tx: Tx) -> Actor:
        tx.run(people.OPEN_SESSION, session=session_id, user_id=account.user_id, terminal=terminal, started_at=tx.now)
        tx.note("sign in", account.name, after={"badge": True} if by_badge else None)
        record(tx, account.user_id, terminal)
        held = permissions(tx, account.role_id)
        own = {"language": account.language, "theme": account.theme}
        return Actor(account.user_id, account.name, session_id, account.role, held, terminal, **own)

    return backend.work(job)


def confirm(backend: Backend, actor: Actor, password: str) -> None:
    """Check the operator's own password again, for an idle lock. Raises as ``sign_in`` does."""
    account = _checked(backend, actor.name, password, actor.terminal)
    if account.user_id != actor.user_id:
        raise SessionEnded


def sign_out(backend: Backend, actor: Actor) -> None:
    """End the session."""

    def job(tx: Tx) -> None:
        if tx.run(people.END_SESSION, session=actor.session_id, ended_at=tx.now):
            tx.note("sign out", actor.name)
            record(tx, actor.user_id, actor.terminal)

    backend.work(job)


def change_password(backend: Backend, actor: Actor, old: str, new: str) -> None:
    """Change one's own password; other sessions of the same user end. Raises ``WrongPassword``, ``WeakPassword``."""
    account = _checked(backend, actor.name, old, actor.terminal)
    password_hash = new_hash(new, account.name)

    def job(tx: Tx) -> None:
        set_password(tx, account, password_hash, but=actor.session_id)
        record(tx, actor.user_id, actor.terminal)

    backend.work(job)


def permissions(tx: Tx, role_id: int) -> frozenset[Permission]:
    """What a role holds, leaving out what this version does not know."""
    known = {permission.value: permission for permission in Permission}
    return frozenset(known[value] for (value,) in tx.all(people.PERMISSIONS, role_id=role_id) if value in known)


def add(tx: Tx, name: str, password_hash: str, role: str) -> None:
    """Write a new account. Raises ``NameTaken``."""
    if people.account(tx, name_key(name)) is not None:
        raise NameTaken(name=name)
    role_id = next(key for key, known in tx.all(people.ROLES) if known == role)
    tx.run(
        people.ADD_USER,
        name=name,
        name_key=name_key(name),
        password_hash=password_hash,
        role_id=role_id,
        created_at=tx.now,
    )
    tx.note("add user", name, after={"role": role})


def set_password(tx: Tx, account: people.Account, password_hash: str, but: str = "") -> None:
    """Store a new password; ends the account's sessions except ``but``."""
    tx.run(people.SET_PASSWORD, user_id=account.user_id, password_hash=password_hash)
    tx.run(people.END_SESSIONS_OF, user_id=account.user_id, but=but, ended_at=tx.now)
    tx.note("change password", account.name)


def new_hash(password: str, name: str) -> str:
    """The argon2id hash of a password that is good enough. Raises ``WeakPassword``."""
    check_length(password)
    if len(password) > MOST_PASSWORD or _is_guessable(password, name):
        raise WeakPassword(least=LEAST_PASSWORD)
    return hash_of(password)


def hash_of(secret: str) -> str:
    """The argon2id hash of a secret that has been found good enough."""
    with MOST_HASHES:
        return str(_hasher().hash(secret))


def _is_guessable(password: str, name: str) -> bool:
    from zxcvbn import zxcvbn

    return bool(zxcvbn(password[:72], user_inputs=[name])["guesses"] < LEAST_GUESSES)


def _checked(backend: Backend, name: str, password: str, terminal: str) -> people.Account:
    """The account behind a name and password."""
    key = name_key(name)
    look_up, subject = (lambda tx: people.account(tx, key)), (lambda _: key)
    return checked(backend, Proof(look_up, password, lambda known: known.password_hash, subject, subject), terminal)


def checked(backend: Backend, proof: Proof, terminal: str) -> people.Account:
    """The account behind a proof. Known and unknown ones are counted, delayed and timed alike."""
    stand_in = _stand_in()
    account = backend.work(lambda tx: _unlocked_account(tx, proof), writes=False)
    stored = proof.hash_of(account) if account else None
    right = _verify(stored or stand_in, proof.secret) and stored is not None
    known = backend.work(lambda tx: _count(tx, proof, account, right, terminal))
    if known is None:
        raise proof.wrong
    if not known.active:
        raise AccountDisabled
    return known


def _unlocked_account(tx: Tx, proof: Proof) -> people.Account | None:
    account = proof.look_up(tx)
    _failures(tx, proof.failures_of(account))
    return account


def _failures(tx: Tx, key: str) -> int:
    """Wrong passwords in a row so far. Raises ``AccountLocked`` while the name must wait."""
    failures, locked_until = tx.one(people.FAILURES, name_key=key) or (0, None)
    if locked_until and locked_until > tx.now:
        raise AccountLocked(seconds=int((locked_until - tx.now).total_seconds()) + 1)
    return int(failures)


def _count(tx: Tx, proof: Proof, seen: people.Account | None, right: bool, terminal: str) -> people.Account | None:
    """Keep count of wrong proofs; answers the account as it is now if what was verified is still its own."""
    key = proof.failures_of(seen)
    failures = _failures(tx, key)
    now = people.account_by_id(tx, seen.user_id) if seen and right else None
    if seen is None or now is None or _shown(proof, now) != _shown(proof, seen):
        _count_failure(tx, proof, seen, terminal)
        return None
    if failures:
        forget_failures(tx, key)
    return now


def _shown(proof: Proof, account: people.Account) -> tuple[str | None, str | None]:
    return proof.hash_of(account), account.badge_code


def forget_failures(tx: Tx, key: str) -> None:
    """Let a name sign in again at once."""
    tx.run(people.FORGET_FAILURES, name_key=key)


def _count_failure(tx: Tx, proof: Proof, seen: people.Account | None, terminal: str) -> None:
    """One more wrong proof; counted in the database, so that guesses sent at once are all counted."""
    key = proof.failures_of(seen)
    tx.run(people.FORGET_OLD_FAILURES, before=tx.now - timedelta(days=1))
    row = tx.one(people.ADD_FAILURE, name_key=key, at=tx.now)
    assert row is not None
    seconds = lock_seconds(row[0])
    until = tx.now + timedelta(seconds=seconds) if seconds else None
    tx.run(people.LOCK_NAME, name_key=key, locked_until=until)
    tx.note(proof.action, proof.told(seen), after={"failures": row[0], "locked for seconds": seconds})
    record(tx, None, terminal)


def _verify(password_hash: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    with MOST_HASHES:
        try:
            return bool(_hasher().verify(password_hash, password[:MOST_PASSWORD]))
        except (VerificationError, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def _hasher() -> Any:
    """RFC 9106's low-memory profile: argon2id, 64 MiB, t=3, p=4."""
    from argon2 import PasswordHasher

    return PasswordHasher()


def _stand_in() -> str:
    """What an unknown user's password is checked against, so that the answer takes as long.

    Made once, however many sign in first.
    """
    with _MAKING_STAND_IN:
        return _made_stand_in()


@lru_cache(maxsize=1)
def _made_stand_in() -> str:
    with MOST_HASHES:
        return str(_hasher().hash(secrets.token_urlsafe(16)))
