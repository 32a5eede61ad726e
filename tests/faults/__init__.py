"""The programme of faults: real writers, one fault, and a judgement by SQL that knows nothing of this program.

A fault is a ``Fault`` in the ``FAULTS`` of one module of ``kinds/``: its name, what the README calls it, its engines,
how many trials the suite and the campaign run, and a function that is given a ``Trial``::

    def killed(trial: Trial) -> None:
        worker = trial.start(documents=1000)     # a process of its own that posts to ``trial.url``
        worker.until(acknowledged=trial.random.randrange(20))
        worker.kill()

    FAULTS = (Fault("killed", "The posting process is killed", BOTH, quick=30, campaign=1000, function=killed),)

``trial.url`` is a fresh database, which a fault of a server sets to one of its own before it starts workers.
``trial.random`` is the only source of chance, made from ``trial.seed``. What the function raises is a failure, and so
is what the frame finds when it has returned and every worker is over: it judges the database behind ``trial.url``
(``judgement.py``) by what the workers wrote down, lets the next user go on, who sends again whatever was not
acknowledged (``next_user.py``), and judges once more.

``python -m tests.faults [fault ...] [--quick] [--seed N] [--trials N] [--write-readme]`` runs the campaign.
"""
