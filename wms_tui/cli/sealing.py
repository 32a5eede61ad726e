"""``wms seal``: the database owner's seal over the ledger and the audit; needs no sign-in, as ``wms verify``."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace

from wms_tui.cli.console import Console
from wms_tui.cli.progress import ProgressLine
from wms_tui.cli.signing import opened
from wms_tui.domain.texts import N_, Translate

TOLD = N_(
    "Chains all rows of the ledger and the audit since the last seal into a hash and prints it. Keep the hashes where "
    "nobody who can change the database can change them: wms verify --seals FILE holds the database against them."
)
MADE = N_("{rows} new rows were sealed.")
AGAIN = N_("Nothing is new since {at}: this is still the last seal.")
SEAL = N_("Seal {number}: {hash}")


def declare(parser: ArgumentParser, translate: Translate) -> None:
    parser.epilog = translate(TOLD)


def run(console: Console, arguments: Namespace) -> int:
    """Seal what is new and print the hash."""
    from wms_tui.services.seals import seal

    with opened(console) as backend:
        made = seal(backend, _who(console), progress=ProgressLine(console))
    console.say(AGAIN if made.again else MADE, rows=made.rows, at=made.at)
    console.say(SEAL, number=made.id, hash=made.hash)
    told = {"seal": made.id, "at": made.at, "by": made.by, "rows": made.rows, "hash": made.hash, "again": made.again}
    console.answer(told)
    return 0


def _who(console: Console) -> str:
    """The account of the operating system, at the terminal where it works."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # no name for this user id
        name = "?"
    return f"{name}@{console.settings.terminal}" if console.settings.terminal else name
