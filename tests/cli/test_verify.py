"""``wms verify`` is clean after honest work and names what somebody changed behind the program's back."""

import re
import sqlite3

from wms_tui.cli.console import Console
from wms_tui.cli.progress import StepLine
from wms_tui.domain.texts import as_written


def test_a_warehouse_at_work_is_clean_and_needs_no_sign_in(wms, file):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    shown = wms("verify", user="")
    assert (shown.status, shown.out.splitlines()[-1]) == (0, "Everything is as it must be.")
    told = wms("verify", "--json", user="").json
    assert told["ok"]
    assert all(check["ok"] for check in told["checks"])


def test_a_balance_that_somebody_changed_is_named(wms, file, cli_url):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    with sqlite3.connect(cli_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE balance SET quantity = quantity + 1000000")
    connection.close()
    shown = wms("verify")
    assert shown.status == 1
    assert [word in shown.out for word in ("BAD", "BOLT", "A1")] == [True, True, True]
    told = wms("verify", "--json")
    assert (told.status, told.json["ok"]) == (1, False)
    assert any(problem.get("sku") == "BOLT" for check in told.json["checks"] for problem in check["problems"])


def test_the_second_check_says_that_it_looked_at_what_is_new(wms, file):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    assert "--full" not in wms("verify").out
    shown = wms("verify")
    assert "--full looks at everything" in shown.out
    assert shown.out.splitlines()[-1] == "Everything is as it must be."
    told = wms("verify", "--json").json
    assert (told["ok"], told["checkpoint"]) == (True, True)
    assert told["since"]
    assert wms("verify", "--full", "--json").json["since"] is None


HASH = re.compile(r"Seal (\d+): ([0-9a-f]{64})")


def test_a_seal_is_printed_and_proved(wms, file):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    sealed = wms("seal", user="")
    assert sealed.status == 0
    assert [number for number, _ in HASH.findall(sealed.out)] == ["1"]
    hashed = HASH.search(sealed.out)[2]
    again = wms("seal", "--json", user="").json
    assert (again["seal"], again["hash"], again["again"]) == (1, hashed, True)
    assert wms("verify", "--seal", hashed).status == 0
    assert wms("verify", "--seals", file(sealed.out, "seals.txt")).status == 0


def test_a_seal_that_is_not_there_fails_the_check(wms):
    shown = wms("verify", "--seal", "0" * 64)
    assert shown.status == 1
    assert f"seal {'0' * 64}" in shown.out


def test_a_seal_that_is_none_is_misuse(wms):
    shown = wms("verify", "--seal", "abc")
    assert (shown.status, "64 digits" in shown.err) == (2, True)


def test_a_file_without_a_hash_is_refused(wms, file):
    shown = wms("verify", "--seals", file("nothing here\n", "seals.txt"))
    assert (shown.status, "holds no hash" in shown.err) == (1, True)
    shown = wms("verify", "--seals", "missing.txt")
    assert (shown.status, shown.err) == (1, "There is no file missing.txt.\n")


def test_a_changed_row_under_a_seal_is_named(wms, file, cli_url):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    wms("seal")
    with sqlite3.connect(cli_url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TRIGGER audit_event_no_update")
        connection.execute("UPDATE audit_event SET terminal = 'elsewhere' WHERE id = 2")
    connection.close()
    shown = wms("verify", "--full")
    assert (shown.status, "audit_event #2" in shown.out) == (1, True)


def test_the_audit_is_printed_as_sql_that_runs_as_it_stands(wms, cli_url):
    shown = wms("db", "sql", "--audit", user="")
    assert shown.status == 0
    assert "-- Balances equal the ledger" in shown.out
    connection = sqlite3.connect(cli_url.removeprefix("sqlite:///"))
    statements = [part for part in shown.out.split(";\n") if "SELECT" in part.split("-- The first piece")[0]]
    assert [connection.execute(statement).fetchall() for statement in statements] == [[]] * len(statements)
    connection.close()
    told = wms("db", "sql", "--audit", "--engine", "postgresql", "--json").json
    assert (told["engine"], len(told["statements"]) > 15) == ("postgresql", True)


def test_progress_names_the_step_and_clears_the_line(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    line = StepLine(Console(as_written, False))
    line("Balances", 1, 3)
    line("Balances", 1, 3)
    line("", 3, 3)
    assert capsys.readouterr().err == "\rBalances: 1 of 3\r" + " " * 16 + "\r"
