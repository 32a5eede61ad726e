"""Running trials: each on a fresh database, each from a seed that is told where it fails."""

from __future__ import annotations

import shutil
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.crew import WORKERS
from tests.faults.trial import POSTGRES, SQLITE, Fault, Trial, furnish
from tests.support.databases import PostgresDatabases, SqliteFiles
from tests.support.forks import Parent
from tests.support.postgres import Server

Databases = SqliteFiles | PostgresDatabases


@dataclass
class Result:
    """What came of one fault. ``failures`` are (seed, what was raised); ``outcomes`` how often it ended well how."""

    fault: Fault
    seed: int
    trials: int = 0
    seconds: float = 0.0
    failures: list[tuple[int, str]] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def ends(self) -> str:
        """The outcomes as a text: ``311 reported, 189 no harm``; empty for a fault that has but one."""
        return ", ".join(f"{number:,} {outcome}" for outcome, number in self.outcomes.most_common() if outcome)


class Ground:
    """Where trials take place: a folder, the workers' parent, and the databases of each engine when first asked for."""

    def __init__(self, folder: Path, databases: Callable[[str], Databases], engines: tuple[str, ...]) -> None:
        self.folder = folder
        self.engines = engines
        self._databases = databases
        self.parent = Parent(WORKERS)

    def run(self, fault: Fault, trials: int, seed: int, said: Callable[[str], None] = print) -> Result:
        """So many trials with the seeds from ``seed`` on. The seed of a trial settles its engine, too."""
        result = Result(fault, seed)
        began = time.monotonic()
        for number in range(seed, seed + trials):
            try:
                result.outcomes[self.one(fault, number)] += 1
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "Skipped":
                    raise
                result.failures.append((number, traceback.format_exc()))
                said(f"{fault.name}: seed {number} failed: {error}")
            result.trials += 1
        result.seconds = time.monotonic() - began
        return result

    def one(self, fault: Fault, seed: int) -> str:
        """One trial; its outcome. Raises what failed."""
        engines = [engine for engine in fault.engines if engine in self.engines]
        engine = engines[seed % len(engines)]
        folder = self.folder / f"{fault.name}-{seed}"
        folder.mkdir()
        with self._databases(engine).copy_of("faults", furnish) as url:
            trial = Trial(engine, seed, url, folder, self.parent)
            try:
                fault.function(trial)
                trial.finish()
            finally:
                trial.stop()
        shutil.rmtree(folder)
        return trial.outcome

    def can(self, fault: Fault) -> bool:
        """Whether an engine of the fault is there."""
        return any(engine in self.engines for engine in fault.engines)

    def close(self) -> None:
        self.parent.close()


@contextmanager
def own_ground(engines: tuple[str, ...] = (SQLITE, POSTGRES)) -> Iterator[Ground]:
    """A ground outside pytest: a temporary folder, and a server where one is needed."""
    with ExitStack() as at_end:
        folder = Path(at_end.enter_context(TemporaryDirectory(prefix="wms-faults-", ignore_cleanup_errors=True)))
        made: dict[str, Databases] = {}

        def databases(engine: str) -> Databases:
            if engine not in made:
                made[engine] = SqliteFiles(folder) if engine == SQLITE else _server(at_end)
            return made[engine]

        ground = Ground(folder, databases, engines)
        at_end.callback(ground.close)
        yield ground


def _server(at_end: ExitStack) -> PostgresDatabases:
    server = Server()
    at_end.callback(server.stop)
    databases = PostgresDatabases(server.url)
    at_end.callback(_closed, databases)
    return databases


def _closed(databases: PostgresDatabases) -> None:
    with suppress(Exception):
        databases.close()
