"""``wms demo``: a furnished warehouse to try things out in."""

from __future__ import annotations

import secrets
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wms_tui.cli.application import open_application
from wms_tui.cli.arguments import whole
from wms_tui.cli.console import Console
from wms_tui.cli.progress import ProgressLine
from wms_tui.domain.texts import N_, Translate

if TYPE_CHECKING:
    from wms_tui.services.demo.furnishing import Furnished

FURNISHING = N_("Furnishing a warehouse ...")
READY = N_("A warehouse with products ({products}) and posted documents ({documents}) stands in {where}.")
THROWN_AWAY = N_("It is thrown away when the program ends. --keep FILE keeps it.")
SIGN_IN_AS = N_("Sign in as:")
PASSWORD = N_("Password of all: {password}")
ONLY_FOR_A_WHILE = N_(
    "--no-open and --json need --keep FILE or --db URL: otherwise the warehouse would be gone at once."
)
WORDS = "amber birch cedar delta ember fjord grove heron islet jetty knoll larch maple nylon otter pearl quilt raven"


def declare(parser: ArgumentParser, translate: Translate) -> None:
    kept = translate(N_("keep the database in this file, which must not hold one yet; open it later with --db"))
    parser.add_argument("--keep", metavar=translate(N_("FILE")), help=kept)
    opened = translate(N_("do not open the application; show how to sign in"))
    parser.add_argument("--no-open", action="store_true", help=opened)
    seeded = translate(N_("make up another history; the same number makes the same one"))
    parser.add_argument("--seed", type=whole(translate), metavar=translate(N_("NUMBER")), help=seeded)


def run(console: Console, arguments: Namespace) -> int:
    """Furnish a database, tell who may sign in, and open the application on it."""
    stays = bool(arguments.keep or console.database)
    opens = not (arguments.no_open or console.as_json)
    if not opens and not stays:
        console.misuse(ONLY_FOR_A_WHILE)
    with _place(console, arguments) as url:
        password = new_password()
        furnished = _furnish(console, arguments, url, password)
        if not opens:
            _tell(console, furnished, url, password)
            return 0
        told = notice(console, furnished, password, stays)
        return open_application(replace(console.settings, database=url, notice=told))


def new_password() -> str:
    """One that can be typed from the screen, and differs from run to run: a server's database may be furnished too."""
    words = [secrets.choice(WORDS.split()) for _ in range(4)]
    return "-".join([*words[:2], str(secrets.randbelow(90) + 10), *words[2:]])


@contextmanager
def _place(console: Console, arguments: Namespace) -> Iterator[str]:
    """The URL of the database to make; a temporary one is removed afterwards."""
    if arguments.keep:
        yield f"sqlite:///{Path(arguments.keep).absolute()}"
    elif console.database:
        yield console.database
    else:
        with tempfile.TemporaryDirectory(prefix="wms-demo-", ignore_cleanup_errors=True) as folder:
            yield f"sqlite:///{Path(folder) / 'demo.sqlite'}"


def _furnish(console: Console, arguments: Namespace, url: str, password: str) -> Furnished:
    if sys.stderr.isatty():
        print(console.translate(FURNISHING), file=sys.stderr)
    from wms_tui.services.demo.furnishing import SEED, furnish

    seed = SEED if arguments.seed is None else arguments.seed
    return furnish(url, datetime.now().astimezone(), password, seed, ProgressLine(console))


def _tell(console: Console, furnished: Furnished, url: str, password: str) -> None:
    where = url.removeprefix("sqlite:///")
    console.say(READY, products=furnished.products, documents=furnished.documents, where=where)
    if not console.as_json:
        for name, role in furnished.people.items():
            console.field(name, role)
        console.say(PASSWORD, password=password)
    console.answer(
        {
            "database": url,
            "password": password,
            "users": [{"name": name, "role": role} for name, role in furnished.people.items()],
            "products": furnished.products,
            "documents": furnished.documents,
        }
    )


def notice(console: Console, furnished: Furnished, password: str, stays: bool) -> tuple[str, ...]:
    """What the sign-in page shows."""
    translate = console.translate
    people = "   ".join(f"{name} ({role})" for name, role in furnished.people.items())
    told = (translate(SIGN_IN_AS), people, translate(PASSWORD).format(password=password))
    return told if stays else (*told, translate(THROWN_AWAY))
