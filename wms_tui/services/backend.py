"""An open database: every use case passes here, alone or with others, and again where it has to be done over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine

from wms_tui.db import faults, schema
from wms_tui.db.addresses import shown
from wms_tui.db.connections import CommitUnknown, Connections, StatementConnections, transaction
from wms_tui.db.engine import BUSY_SECONDS, open_engine
from wms_tui.db.transaction import Tx
from wms_tui.db.waiting import mark_of
from wms_tui.domain.access import Actor
from wms_tui.domain.database_errors import DatabaseBusy, DatabaseDamaged, OutcomeUnknown
from wms_tui.domain.errors import WmsError
from wms_tui.domain.waiting import HeldUp
from wms_tui.services.door import behind_savepoint, carry_out
from wms_tui.services.movements_together import post_together
from wms_tui.services.pacing import Pace
from wms_tui.services.remembering import Memory
from wms_tui.services.retrying import LOCK_TRIES, LOST_SECONDS, Attempts
from wms_tui.services.together import Errand, Together
from wms_tui.services.use_cases import Overtaken, Receipt, Request, UseCase
from wms_tui.services.waiting import AtWork, Work

Clock = Callable[[], datetime]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Backend:
    """An open database and the door to it. Safe to use from several threads; holds nothing of any operator."""

    lost_seconds = LOST_SECONDS

    def __init__(
        self, url: str, clock: Clock = _utc_now, create: bool = False, busy_seconds: float = BUSY_SECONDS
    ) -> None:
        self.where = shown(url)
        self.clock = clock
        lock_tries = 1 if create else LOCK_TRIES
        self._connections = Connections(open_engine(url, create, busy_seconds, lock_tries))
        self._lock_seconds = busy_seconds / lock_tries
        self._statements = StatementConnections(self._connections)
        self._memory = Memory()
        embedded = self._engine.dialect.name == "sqlite"
        self._at_work = AtWork(embedded)
        self._together = Together(self._share) if embedded else Together(self._post_at_once, Pace())

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
        self._statements.close()
        self._connections.close()

    def run(self, case: UseCase[Request, Receipt], actor: Actor, request: Request) -> Receipt:
        """Carry out a use case for an operator, whole or not at all. Raises ``WmsError`` for what is refused."""
        errand = Errand(case, actor, request)
        if case.together and self._together.run(errand).answered:
            receipt: Receipt = errand.result()
            return receipt
        return self._alone(errand)

    def _alone(self, errand: Errand) -> Any:
        job = partial(carry_out, errand=errand)
        return self.work(job, errand.case.writes, errand.case.repeatable, mark_of(errand.actor.user_id))

    def _share(self, errands: Sequence[Errand]) -> None:
        """Carry out errands in one transaction, each behind a savepoint.

        Those that it cannot serve are left unanswered; so are all of them where the file is at fault, or the commit.
        """
        if len(errands) == 1:
            self._answer_alone(errands[0])
            return
        bearing, outcomes = mark_of(errands[0].actor.user_id), []
        try:
            with (
                self._at_work.taken_up(True, bearing) as work,
                transaction(self._connections, self.clock(), writes=True) as tx,
                work.inside(tx),
            ):
                outcomes = list(_behind_savepoints(tx, errands))
        except faults.DRIVER_ERRORS:
            return
        for errand, outcome in outcomes:
            if isinstance(outcome, WmsError):
                errand.refuse(outcome)
            else:
                errand.answer(outcome)

    def _answer_alone(self, errand: Errand) -> None:
        try:
            errand.answer(self._alone(errand))
        except Exception as error:
            errand.refuse(error)

    def _post_at_once(self, errands: Sequence[Errand]) -> None:
        """Give errands to the server in one statement; where it fails, each half, and at last each caller alone."""
        try:
            self._statements.lend(self.clock(), lambda tx: post_together(tx, self._memory, errands))
        except Exception as error:
            self._memory.forget()
            if not faults.is_driver_error(error):
                raise
            if len(errands) > 1 and not faults.is_lost(error):
                half = len(errands) // 2
                self._post_at_once(errands[:half])
                self._post_at_once(errands[half:])

    def held_up(self) -> HeldUp | None:
        """Who holds up a transaction at work here, the longest; None where nobody does, or nobody can tell."""
        return self._at_work.held_up(self._look)

    def _look(self, job: Callable[[Tx], Receipt]) -> Receipt:
        return self.work(job, writes=False)

    def work(
        self, job: Callable[[Tx], Receipt], writes: bool = True, repeatable: bool = False, bearing: str = ""
    ) -> Receipt:
        """Run a job in a transaction of its own, again where another writer was in the way or the server was lost.

        Raises ``OutcomeUnknown`` where it may be done already and is not ``repeatable``.
        """
        with self._at_work.taken_up(writes, bearing) as work:
            attempts = Attempts(self._connections, work, self.lost_seconds, self._lock_seconds, self.held_up)
            while True:
                try:
                    with transaction(self._connections, self.clock(), writes, bearing) as tx, work.inside(tx):
                        return job(tx)
                except CommitUnknown as error:
                    if not (repeatable or not writes):
                        raise OutcomeUnknown(where=self.where) from error
                    self._connections.forget()
                except Exception as error:
                    if not attempts.go_on_after(error):
                        raise self._told(error, work) from error

    def _told(self, error: Exception, work: Work) -> Exception:
        told = self._explained(error)
        return self._at_work.refusal(work, self._look, told) if isinstance(told, DatabaseBusy) else told

    def _guarded(self, job: Callable[[], Receipt]) -> Receipt:
        try:
            return job()
        except Exception as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> Exception:
        if isinstance(error, WmsError):
            return error
        known = faults.translate(error, self.where) if faults.is_driver_error(error) else None
        return known or (DatabaseDamaged(where=self.where) if self._is_damaged() else error)

    def _is_damaged(self) -> bool:
        """Asked after an error that nobody can explain: values that no program wrote lead anywhere."""
        if self._engine.dialect.name != "sqlite":
            return False
        from wms_tui.db.verify_cells import is_sound

        try:
            with self._engine.connect() as connection:
                return not is_sound(connection)
        except faults.DRIVER_ERRORS:
            return True

    def _check(self) -> None:
        with self._engine.connect() as connection:
            schema.check(connection, self.where)


def _behind_savepoints(tx: Tx, errands: Sequence[Errand]) -> Iterator[tuple[Errand, Any]]:
    """The outcomes. Raises an error after which SQLite may have ended the whole transaction."""
    for errand in errands:
        try:
            yield errand, behind_savepoint(tx, errand)
        except Overtaken:
            continue
        except faults.DRIVER_ERRORS as error:
            if not (faults.is_constraint(error) or isinstance(error, UnicodeError)):
                raise
