"""The line to a PostgreSQL server breaks, or falls silent, while the server itself lives on."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing

from tests.faults.clerk import Clerk
from tests.faults.trial import POSTGRES, Fault, Trial
from tests.support.proxy import Proxy

MOST_SILENT = 9.0
"""Seconds: a line is asked after when it has been silent for 5."""
Told = Callable[[bytes], bool]

MOMENTS: dict[str, Told] = {
    "a commit": lambda asked: b"COMMIT" in asked,
    "a posting": lambda asked: b"w1-" in asked,
    "anything": bool,
}
"""What is asked when the line is cut: a posting's request id goes with it, in one statement or in many."""


def cut(trial: Trial) -> None:
    """Two writers behind one line that is cut again and again, then a clerk who is told exactly what became of it."""
    with closing(Proxy(trial.url)) as line:
        for _ in range(2):
            trial.start(documents=12, url=line.url)
        for worker in trial.workers:
            worker.until(acknowledged=1)
        for _ in range(3):
            _cut_somehow(trial, line)
            time.sleep(trial.random.uniform(0, 0.2))
        trial.wait()
        line.cut_nothing()
        with closing(Clerk(trial, line)) as clerk:
            clerk.posts_over_a_line_that_is_cut()
            clerk.posts_a_draft_over_a_line_that_is_cut()
            clerk.does_what_cannot_be_asked_for_again()


def _cut_somehow(trial: Trial, line: Proxy) -> None:
    """Before the server is asked, before its answer arrives, or whatever there is at this moment."""
    how = trial.random.choice((line.cut_questions, line.cut_answers, None))
    if how:
        how(MOMENTS[trial.random.choice(list(MOMENTS))])
    else:
        line.cut_all()


def partitioned(trial: Trial) -> None:
    """The line of two writers falls silent, for long enough to be noticed or not, and a third one has another line."""
    with closing(Proxy(trial.url)) as line:
        for url in (line.url, line.url, trial.url):
            trial.start(documents=15, url=url)
        for worker in trial.workers:
            worker.until(acknowledged=trial.random.randrange(1, 8))
        fall_silent = trial.random.choice((line.silence, line.forget))
        fall_silent()
        time.sleep(trial.random.uniform(0, MOST_SILENT))
        line.heal()
        trial.wait()
    gave_up = [record for worker in trial.workers for record in worker.records() if "Unavailable" in str(record)]
    assert not gave_up, f"healed, and yet {gave_up}"


ENGINES = (POSTGRES,)
FAULTS = (
    Fault("cut", "The line is cut between a question and its answer", ENGINES, 12, 300, cut),
    Fault("partition", "The line falls silent for seconds, and heals", ENGINES, 2, 50, partitioned),
)
