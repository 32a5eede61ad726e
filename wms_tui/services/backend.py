"""The one door: every use case passes here, with its permission, its transaction, its retries and its audit events."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine

from wms_tui.db import access as people
from wms_tui.db import faults, schema
from wms_tui.db.addresses import shown
from wms_tui.db.audit import RECORD
from wms_tui.db.engine import BUSY_SECONDS, open_engine
from wms_tui.db.transaction import Connections, Tx, transaction
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.errors import AccountDisabled, NotAllowed, SessionEnded, WmsError
from wms_tui.domain.roles import permission_name
from wms_tui.domain.seeded import named

Request = TypeVar("Request")
Receipt = TypeVar("Receipt")
Clock = Callable[[], datetime]

ATTEMPTS = 6
FIRST_PAUSE = 0.01


class UseCase(Generic[Request, Receipt]):
    """A function ``(tx, actor, request) -> receipt`` with the permission that it needs.

    Called as it is, it composes with others inside one transaction; ``Backend.run`` brings it through the door.
    """

    def __init__(
        self,
        function: Callable[[Tx, Actor, Request], Receipt],
        permission: Permission | Callable[[Request], Permission],
        writes: bool,
    ) -> None:
        self.function = function
        self.permission = permission
        self.writes = writes
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__

    def __call__(self, tx: Tx, actor: Actor, request: Request) -> Receipt:
        return self.function(tx, actor, request)

    def needs(self, request: Request) -> Permission:
        """The permission for this request."""
        return self.permission if isinstance(self.permission, Permission) else self.permission(request)


def use_case(
    permission: Permission | Callable[[Request], Permission], writes: bool = True
) -> Callable[[Callable[[Tx, Actor, Request], Receipt]], UseCase[Request, Receipt]]:
    """Declare a use case; ``permission`` may depend on the request, ``writes=False`` takes no write lock."""
    return lambda function: UseCase(function, permission, writes)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Overtaken(Exception):
    """Another transaction has just done what this one was about to do: begin again and find it done."""


class Backend:
    """An open database and the door to it. Safe to use from several threads; holds nothing of any operator."""

    def __init__(
        self, url: str, clock: Clock = _utc_now, create: bool = False, busy_seconds: float = BUSY_SECONDS
    ) -> None:
        self.where = shown(url)
        self.clock = clock
        self._connections = Connections(open_engine(url, create, busy_seconds))

    @classmethod
    def open(cls, url: str, clock: Clock = _utc_now, busy_seconds: float = BUSY_SECONDS) -> Backend:
        """Open a database that is ready for work. Raises the ``DatabaseError`` that says what to do otherwise.

        ``busy_seconds`` is how long a writer waits for another one.
        """
        backend = cls(url, clock, busy_seconds=busy_seconds)
        try:
            backend._guarded(backend._check)
        except BaseException:
            backend.close()
            raise
        return backend

    @classmethod
    def prepare(cls, url: str) -> tuple[str | None, str]:
        """Create the database or bring it up to date; answers the schema versions before and after."""
        backend = cls(url, create=True)
        try:
            return backend._guarded(lambda: schema.upgrade(backend._engine, backend.where))
        finally:
            backend.close()

    @classmethod
    def version(cls, url: str) -> str | None:
        """The schema version of a database, None for an empty one."""
        backend = cls(url)

        def look() -> str | None:
            with backend._engine.connect() as connection:
                return schema.current(connection, backend.where)

        try:
            return backend._guarded(look)
        finally:
            backend.close()

    @property
    def _engine(self) -> Engine:
        return self._connections.engine

    def close(self) -> None:
        self._connections.close()

    def run(self, case: UseCase[Request, Receipt], actor: Actor, request: Request) -> Receipt:
        """Carry out a use case for an operator, whole or not at all. Raises ``WmsError`` for what is refused."""

        def job(tx: Tx) -> Receipt:
            require(tx, actor, case.needs(request))
            receipt = case(tx, actor, request)
            record(tx, actor.user_id, actor.terminal)
            return receipt

        return self.work(job, case.writes)

    def work(self, job: Callable[[Tx], Receipt], writes: bool = True) -> Receipt:
        """Run a job in a transaction of its own, again where another writer was in the way."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with transaction(self._connections, self.clock(), writes) as tx:
                    return job(tx)
            except Exception as error:
                if attempt == ATTEMPTS or not _may_retry(error, attempt):
                    raise self._explained(error) from error
                time.sleep(FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311 - jitter is no secret
        raise AssertionError("unreachable")

    def _guarded(self, job: Callable[[], Receipt]) -> Receipt:
        try:
            return job()
        except Exception as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> Exception:
        if isinstance(error, WmsError) or not faults.is_driver_error(error):
            return error
        return faults.translate(error, self.where) or error

    def _check(self) -> None:
        with self._engine.connect() as connection:
            schema.check(connection, self.where)


def _may_retry(error: Exception, attempt: int) -> bool:
    """A constraint is worth one more try: a request sent twice at once finds itself posted the second time."""
    if isinstance(error, Overtaken):
        return True
    if isinstance(error, WmsError) or not faults.is_driver_error(error):
        return False
    return faults.sqlstate(error) in faults.RETRY or (faults.is_constraint(error) and attempt == 1)


def require(tx: Tx, actor: Actor, permission: Permission) -> None:
    """Refuse whoever is signed out, disabled or without the permission, as it stands now.

    The door asks it first; a use case asks again where it finds out half-way what else it needs.
    """
    standing = people.standing(tx, actor.session_id, permission.value)
    if standing is None or standing.ended_at is not None:
        raise SessionEnded
    if not standing.active:
        raise AccountDisabled
    if not standing.may:
        raise NotAllowed(role=named(standing.role), permission=permission_name(permission))


def holds(tx: Tx, actor: Actor, permission: Permission) -> bool:
    """Whether the operator's role holds a permission now."""
    standing = people.standing(tx, actor.session_id, permission.value)
    return standing is not None and standing.may


def record(tx: Tx, user_id: int | None, terminal: str) -> None:
    """Write the audit events that the transaction has gathered."""
    shared = {"at": tx.now, "user_id": user_id, "terminal": terminal}
    tx.many(
        RECORD,
        [
            {
                **shared,
                "action": note.action,
                "subject": note.subject,
                "before": _as_json(note.before),
                "after": _as_json(note.after),
            }
            for note in tx.notes
        ],
    )
    tx.notes.clear()


def _as_json(values: Any) -> str:
    return json.dumps(dict(values), ensure_ascii=False, default=str) if values else ""
