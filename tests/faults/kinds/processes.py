"""The posting process is killed, between any two statements, inside a commit, and at random."""

from __future__ import annotations

import time

from tests.faults.dying import POINTS
from tests.faults.trial import BOTH, Fault, Trial

FOREVER = 10_000


def killed(trial: Trial) -> None:
    """One of two writers dies, by its own hand at a named point or by ours at any moment."""
    points = (*POINTS, "at random")
    point = points[trial.seed // len(BOTH) % len(points)]  # each of them on each engine
    bystander = trial.start(documents=12)
    if point == "at random":
        doomed = trial.start(documents=FOREVER)
        doomed.until(acknowledged=trial.random.randrange(15))
        time.sleep(trial.random.uniform(0, 0.02))
        doomed.kill()
    else:
        number = trial.random.randint(1, 15) if point == "in COMMIT" else trial.random.randint(1, 80)
        doomed = trial.start(documents=FOREVER, die=(point, number, trial.random.randrange(1500)))
    assert doomed.wait() == -9, f"the worker was to be killed {point} and ended with {doomed.status}"
    assert bystander.wait() == 0


FAULTS = (Fault("killed", "The posting process is killed", BOTH, quick=30, campaign=1000, function=killed),)
