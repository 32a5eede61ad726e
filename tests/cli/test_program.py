"""What every command does alike: help, misuse, refusals, JSON, sign-in, pipes."""

import os
import subprocess
import sys

import pytest

from tests.support.warehouse import PASSWORD
from wms_tui import __version__
from wms_tui.cli import run
from wms_tui.cli.commands import COMMANDS
from wms_tui.cli.console import Console
from wms_tui.cli.progress import ProgressLine
from wms_tui.domain.texts import as_written


def test_version_and_help(wms):
    assert wms("--version").out == f"wms {__version__}\n"
    shown = wms("--help")
    assert shown.status == 0
    assert {command.name for command in COMMANDS} <= set(shown.out.split())


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_explains_itself(wms, command):
    shown = wms(command, "--help")
    assert (shown.status, shown.err) == (0, "")
    assert f"usage: wms {command}" in shown.out
    assert "--db URL" in shown.out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["bogus"], "invalid choice: 'bogus'"),
        (["--bogus"], "the following arguments are required: COMMAND"),
        (["stock", "--bogus"], "unrecognized arguments: --bogus"),
        (["user"], "the following arguments are required: ACTION"),
        (["user", "add", "x"], "the following arguments are required: --role"),
        (["import", "rubbish", "x.csv"], "invalid choice: 'rubbish'"),
        (["history", "--limit", "many"], "many is not a whole number from 1"),
        (["stock", "--as-of", "soon"], "time: soon is not a time."),
        (["stock", "--as-of", "5/3/2026"], "5/3/2026 may name the day or the month first"),
        (["stock", "--db"], "--db needs a URL"),
    ],
)
def test_misuse_is_told_with_the_usage(wms, argv, told):
    shown = wms(*argv)
    assert (shown.status, shown.out) == (2, "")
    assert told in shown.err
    assert "usage: wms" in shown.err


def test_the_database_is_named_before_or_after_the_command(wms, tmp_path):
    url = f"sqlite:///{tmp_path}/no.sqlite"
    for argv in (["--db", url, "stock"], ["stock", "--db", url], [f"--db={url}", "stock"]):
        shown = wms(*argv)
        assert shown.status == 1
        assert "no.sqlite" in shown.err


def test_a_refusal_is_a_sentence_or_a_json_object(wms):
    shown = wms("stock", "--sku", "NONE")
    assert (shown.status, shown.out, shown.err) == (1, "", "Unknown product NONE. Check the SKU or barcode.\n")
    shown = wms("stock", "--sku", "NONE", "--json")
    assert shown.status == 1
    assert shown.json == {"error": "UnknownProduct", "message": "Unknown product NONE. Check the SKU or barcode."}


def test_scripts_sign_in_by_environment(wms, monkeypatch):
    shown = wms("stock", user="")
    assert (shown.status, shown.err) == (1, "Sign in first: set WMS_USER and WMS_PASSWORD.\n")
    shown = wms("stock", user="nobody")
    assert (shown.status, shown.err) == (1, "User name or password is wrong.\n")
    assert wms("stock", user="ken").status == 0


def test_a_role_without_the_permission_is_refused(wms, file):
    movements = file("key,kind,sku,quantity,to\nk,receipt,BOLT,1,A1\n")
    shown = wms("post", movements, user="fay")
    assert shown.status == 1
    assert shown.err == "Your role finance may not do this (Post receipts). Ask the administrator.\n"
    assert wms("history", "--json").json == []


def test_a_damaged_settings_file_is_told(wms, tmp_path, monkeypatch):
    (tmp_path / "bad.toml").write_text("database = ")
    monkeypatch.setenv("WMS_CONFIG", str(tmp_path / "bad.toml"))
    shown = wms("stock")
    assert shown.status == 1
    assert "bad.toml cannot be used" in shown.err


def test_data_cannot_steer_the_terminal(wms, file):
    nasty = "[/]\x1b[2J\x9b2J\u202e[@click=app.quit]x"
    assert wms("import", "products", file(f'sku,name\nNASTY,"{nasty}"\n')).status == 0
    assert wms("import", "stock", file("sku,location,quantity\nNASTY,A1,1\n")).status == 0
    table, told = wms("stock").out, wms("stock", "--json")
    for shown in (table, told.out):
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
        assert "[@click=app.quit]x" in shown
    assert told.json[0]["name"] == nasty


def test_columns_stand_under_each_other_in_chinese_too(wms, file):
    wms("import", "products", file("sku,name\nA,螺栓\nB,Bolt\n"))
    wms("import", "stock", file("sku,location,quantity\nA,A1,1\nB,A1,1000\n"))
    assert wms("stock", user="ken").out == (
        "SKU  Name  Location  Lot  Expires  On hand  Unit\n"
        "A    螺栓  A1                            1  pcs\n"
        "B    Bolt  A1                         1000  pcs\n"
    )


def test_a_closed_pipe_is_no_error(cli_url, monkeypatch):
    for name, value in {"WMS_USER": "ada", "WMS_PASSWORD": PASSWORD, "WMS_DATABASE_URL": cli_url}.items():
        monkeypatch.setenv(name, value)
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "wms_tui", "reason", "list"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, timeout=60)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_interrupted_it_stops_quietly(wms, monkeypatch, capsys):
    def interrupted(_console, _arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("wms_tui.cli.stock.run", interrupted)
    assert run(["stock"]) == 130
    assert capsys.readouterr() == ("", "")


def test_an_old_terminal_gets_question_marks_not_a_crash(outside):
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = outside("import", "products", "螺栓.csv", environ=ascii_only)
    assert (done.returncode, done.stderr) == (1, b"There is no file ??.csv.\n")
    assert outside("stock", "--sku", "FLOUR", environ=ascii_only).returncode == 0


def test_the_application_needs_a_terminal(outside):
    done = outside(stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"terminal" in done.stderr
    assert b"Traceback" not in done.stderr


def test_progress_is_shown_at_a_terminal_alone(monkeypatch, capsys):
    for visible, shown in ((False, ""), (True, "\r1 of 2\r2 of 2\r" + " " * 40 + "\r")):
        monkeypatch.setattr("sys.stderr.isatty", lambda visible=visible: visible)
        line = ProgressLine(Console(as_written, False))
        for done in (1, 1, 2):
            line(done, 2)
        assert capsys.readouterr().err == shown


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from wms_tui.cli import run; run(['--help']); run(['stock', '--help']);"
        "heavy = {'sqlmodel', 'sqlalchemy', 'textual', 'rich', 'openpyxl', 'argon2', 'alembic'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("stock", "--as-of", "100%s"), "time: 100%s is not a time."),
        (("history", "--limit", "-1"), "-1 is not a whole number from 1"),
        (("history", "--after", "9" * 30), "is not a whole number from 1"),
        (("export", "products", "-"), "--json and the file - both want standard output"),
        (("nonsense",), "invalid choice"),
    ],
)
def test_a_misused_command_line_is_told_in_json_too(wms, argv, told):
    shown = wms(*argv, "--json")
    assert (shown.status, shown.json["error"]) == (2, "Misused")
    assert told in shown.json["message"] and told in shown.err


def test_the_last_day_there_is_has_an_end(wms):
    assert wms("stock", "--as-of", "9999-12-31").status == 0


@pytest.mark.parametrize("url", ["postgresql://ada:hidden@host:port/wms", "postgresql//ada:hidden@host"])
def test_a_url_that_is_none_is_told_without_its_password(wms, url):
    shown = wms("stock", "--db", url)
    assert (shown.status, "is not a warehouse database" in shown.err) == (1, True)
    assert "hidden" not in shown.err


def test_a_file_that_can_hold_no_database_is_told(wms):
    shown = wms("init", "--db", "sqlite:////dev/null")
    assert (shown.status, shown.out) == (1, "")
    assert "/dev/null" in shown.err


@pytest.mark.parametrize("code", ["", "  ", "A\x07B"])
def test_a_reason_needs_a_code_that_can_be_entered(wms, code):
    before = wms("reason", "list").out
    shown = wms("reason", "add", code, "in")
    assert shown.err == "A reason needs a code without control characters, such as BROKEN.\n"
    assert "name is too long" in wms("reason", "add", "NEW", "in", "--name", "x" * 201).err
    assert wms("reason", "list").out == before


@pytest.mark.parametrize("language", ["5", '["en"]', '"../.."', '"xx_YY"'])
def test_a_language_that_there_is_not_is_english(wms, file, monkeypatch, language):
    monkeypatch.delenv("WMS_LANG")
    monkeypatch.setenv("WMS_CONFIG", file(f"language = {language}\n", "wms.toml"))
    assert wms("stock", "--sku", "NONE").err == "Unknown product NONE. Check the SKU or barcode.\n"


def test_a_database_that_cannot_be_made_is_told(wms, file):
    name = file("", "a file, no folder")
    shown = wms("init", "--db", f"sqlite:///{name}/wms.sqlite")
    assert (shown.status, shown.out) == (1, "")
    assert shown.err == (
        f"The database {name}/wms.sqlite cannot be made: File exists. "
        "Check the folder, or name another one with --db.\n"
    )
