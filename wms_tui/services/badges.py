"""Signing in by badge and PIN, and giving them out. Nothing that is stored, answered or logged shows a badge."""

from __future__ import annotations

from dataclasses import dataclass, field

from wms_tui.db import access as people
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import MOST_NAME, Actor, Permission, name_key
from wms_tui.domain.badges import BadgeMissing, BadgeTaken, WrongPin, badge_key, check_badge, check_pin
from wms_tui.domain.barcodes.commands import BADGE_PREFIX
from wms_tui.services import access
from wms_tui.services.backend import Backend
from wms_tui.services.door import record
from wms_tui.services.use_cases import use_case
from wms_tui.services.users import account_of, check_rank


@dataclass(frozen=True, slots=True)
class Shown:
    """A badge without its prefix and a PIN, at a terminal."""

    badge: str = field(repr=False)
    pin: str = field(repr=False)
    terminal: str = ""


@dataclass(frozen=True, slots=True)
class SetBadge:
    """A badge's key and a PIN's hash for an account; None leaves what there is."""

    name: str
    badge: str | None = field(default=None, repr=False)
    pin_hash: str | None = field(default=None, repr=False)


def sign_in(backend: Backend, shown: Shown) -> Actor:
    """Open a session. Raises ``WrongPin`` (unknown badges too, after the same time), ``AccountLocked``,
    ``AccountDisabled``."""
    return access.open_session(backend, _checked(backend, shown), shown.terminal, by_badge=True)


def confirm(backend: Backend, actor: Actor, badge: str, pin: str) -> None:
    """Check the operator's own badge and PIN, for an idle lock. Raises as ``sign_in`` does."""
    if _checked(backend, Shown(badge, pin, actor.terminal)).user_id != actor.user_id:
        raise WrongPin


def change_own_pin(backend: Backend, actor: Actor, password: str, pin: str) -> None:
    """Give oneself another PIN. Raises ``WeakPin``, ``WrongPassword``."""
    check_pin(pin)
    access.confirm(backend, actor, password)
    pin_hash = access.hash_of(pin)

    def job(tx: Tx) -> None:
        tx.run(people.SET_PIN, user_id=actor.user_id, pin_hash=pin_hash)
        tx.note("change PIN", actor.name)
        record(tx, actor.user_id, actor.terminal)

    backend.work(job)


def give(backend: Backend, actor: Actor, name: str, badge: str, pin: str, prefix: str = BADGE_PREFIX) -> None:
    """Give an account a badge, a PIN or both; an empty one stays as it is.

    Raises ``BadBadge``, ``WeakPin``, ``BadgeTaken``, ``BadgeMissing``, ``NotFound``, ``Outranked``.
    """
    key = badge_key(check_badge(badge, prefix)) if badge else None
    pin_hash = access.hash_of(check_pin(pin)) if pin else None
    backend.run(set_badge, actor, SetBadge(name, key, pin_hash))


@use_case(Permission.USER_MANAGE)
def set_badge(tx: Tx, actor: Actor, request: SetBadge) -> None:
    """Whoever had another badge or PIN before is signed out everywhere: it may have been stolen."""
    account = account_of(tx, request.name)
    check_rank(tx, actor, account)
    if request.badge is not None:
        _put_badge(tx, account, request.badge)
    elif account.badge_code is None:
        raise BadgeMissing(name=account.name)
    if request.pin_hash is not None:
        tx.run(people.SET_PIN, user_id=account.user_id, pin_hash=request.pin_hash)
        tx.note("change PIN", account.name)
    if account.badge_code and account.pin_hash:
        tx.run(people.END_SESSIONS_OF, user_id=account.user_id, but=actor.session_id, ended_at=tx.now)
    access.forget_failures(tx, name_key(account.name))


def _put_badge(tx: Tx, account: people.Account, key: str) -> None:
    owner = people.account_by_badge(tx, key)
    if owner is not None and owner.user_id != account.user_id:
        raise BadgeTaken
    tx.run(people.SET_BADGE, user_id=account.user_id, badge=key)
    tx.note("change badge", account.name)


@use_case(Permission.USER_MANAGE)
def take_badge(tx: Tx, actor: Actor, name: str) -> None:
    """Nobody signs in by the account's badge any more, and its sessions end. Raises ``NotFound``, ``Outranked``."""
    account = account_of(tx, name)
    check_rank(tx, actor, account)
    tx.run(people.SET_BADGE, user_id=account.user_id, badge=None)
    tx.run(people.SET_PIN, user_id=account.user_id, pin_hash=None)
    tx.run(people.END_SESSIONS_OF, user_id=account.user_id, but=actor.session_id, ended_at=tx.now)
    tx.note("remove badge", account.name)


def _checked(backend: Backend, shown: Shown) -> people.Account:
    """Wrong PINs count with wrong passwords of the same account; of an unknown badge under the badge's own key."""
    key = badge_key(shown.badge)
    unknown = f"#{key}"[:MOST_NAME]
    proof = access.Proof(
        look_up=lambda tx: people.account_by_badge(tx, key),
        secret=shown.pin,
        hash_of=lambda account: account.pin_hash,
        failures_of=lambda account: name_key(account.name) if account else unknown,
        told=lambda account: account.name if account else "",
        wrong=WrongPin,
        action="wrong PIN",
    )
    return access.checked(backend, proof, shown.terminal)
