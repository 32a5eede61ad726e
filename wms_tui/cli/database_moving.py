"""``wms db backup``, ``restore`` and ``copy``: a whole database into a file, out of it, or into another database."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from wms_tui.cli.console import Console
from wms_tui.cli.progress import ProgressLine
from wms_tui.cli.verify import show
from wms_tui.domain.backup_errors import Unsound
from wms_tui.domain.texts import N_, Translate

if TYPE_CHECKING:
    from wms_tui.domain.backup import Restored
    from wms_tui.domain.verify import Report

BACKED_UP = N_("{rows} rows of {tables} tables are in {path} ({size} bytes).")
TRIED = N_("It was restored on the side and audited: everything is as it must be.")
NOT_TRIED = N_("It was not tried out.")
AS_IT_IS = N_("The backup holds the database as it is, and that is not as it must be. Keep it, and find out why.")
RESTORED = N_("{rows} rows of {tables} tables are in {where}, and read back as they were.")
LOST = N_("Gone are {documents} documents (the last was {last}) and {events} audit events that were newer.")
SOUND = N_("It was audited: everything is as it must be.")
ACCEPTED = N_("It is not as it must be, which you accepted.")


def declare(actions: Any, translate: Translate) -> None:
    backup = actions.add_parser("backup", help=translate(N_("write the whole database to a file, while others work")))
    _file(backup, translate, N_("the file to write"))
    backup.add_argument("--force", action="store_true", help=translate(N_("replace a file of this name")))
    untried = translate(N_("do not restore the file on the side to see that it is good"))
    backup.add_argument("--no-check", action="store_true", help=untried)
    restore = actions.add_parser(
        "restore", help=translate(N_("make the database what a backup holds, or change nothing"))
    )
    _file(restore, translate, N_("the file that a backup wrote"))
    restore.add_argument(
        "--force", action="store_true", help=translate(N_("replace data that the backup holds as well"))
    )
    newer = translate(N_("replace data that is newer than the backup, too: it is lost"))
    restore.add_argument("--discard-newer", action="store_true", help=newer)
    accept = translate(N_("restore a backup of a database that was not as it must be"))
    restore.add_argument("--accept-problems", action="store_true", help=accept)
    copy = actions.add_parser("copy", help=translate(N_("copy the whole database into an empty one, of either engine")))
    copy.add_argument("--to", metavar="URL", required=True, help=translate(N_("the empty database")))


def _file(parser: ArgumentParser, translate: Translate, told: str) -> None:
    parser.add_argument("file", metavar=translate(N_("FILE")), help=translate(told))


def backup(console: Console, arguments: Namespace) -> int:
    """Back up; status 1 where the database, and so the backup, is not as it must be."""
    from wms_tui.services.backup import backup as carry_out

    checks = not arguments.no_check
    done = carry_out(console.settings.database, arguments.file, arguments.force, checks, ProgressLine(console))
    told = {"rows": done.contents.rows, "tables": len(done.contents.tables)}
    console.say(BACKED_UP, **told, path=done.path, size=done.size)
    if done.report is None:
        console.say(NOT_TRIED)
    else:
        _tell(console, done.report, TRIED, AS_IT_IS)
    audit = done.report.as_dict() if done.report else None
    console.answer({"file": done.path, **told, "size": done.size, "version": done.contents.schema, "verify": audit})
    return 1 if done.report and not done.report.ok else 0


def restore(console: Console, arguments: Namespace) -> int:
    """Restore as far as the options consent to; status 1 where what came in is not as it must be."""
    from wms_tui.domain.backup import Consent
    from wms_tui.services.backup import restore as carry_out

    consent = Consent.REPLACE if arguments.force else Consent.NOTHING
    consent = Consent.DISCARD_NEWER if arguments.discard_newer else consent
    database, progress = console.settings.database, ProgressLine(console)
    try:
        done = carry_out(database, arguments.file, consent, progress, arguments.accept_problems)
    except Unsound as error:
        return _refuse(console, error)
    return _brought_in(console, done)


def copy(console: Console, arguments: Namespace) -> int:
    """Copy into an empty database."""
    from wms_tui.services.backup import copy as carry_out

    try:
        done = carry_out(console.settings.database, arguments.to, ProgressLine(console))
    except Unsound as error:
        return _refuse(console, error)
    return _brought_in(console, done)


def _brought_in(console: Console, done: Restored) -> int:
    told = {"rows": done.contents.rows, "tables": len(done.contents.tables)}
    console.say(RESTORED, **told, where=done.where)
    lost = {"documents": done.before.lost_documents, "events": done.before.lost_events}
    if any(lost.values()):
        console.say(LOST, **lost, last=done.before.last or "-")
    _tell(console, done.report, SOUND, ACCEPTED)
    console.answer({"database": done.where, **told, "lost": lost, "verify": done.report.as_dict()})
    return 0 if done.report.ok else 1


def _refuse(console: Console, error: Unsound) -> int:
    """What the audit found, before the sentence."""
    _show(console, error.report)
    sentence = error.text(console.translate)
    console.warn(sentence)
    console.answer({"error": error.code, "message": sentence, "verify": error.report.as_dict()})
    return 1


def _tell(console: Console, report: Report, good: str, bad: str) -> None:
    if not report.ok:
        _show(console, report)
    console.say(good if report.ok else bad)


def _show(console: Console, report: Report) -> None:
    """The table of checks; JSON has it in its one answer."""
    if not console.as_json:
        show(console, report)
