"""``wms db``: backup, restore, copy and grant on the command line."""

import sqlite3
from contextlib import closing

from sqlalchemy import make_url


def test_grant_makes_the_role_of_the_application(wms, postgres_url):
    granted = ("db", "grant", "wms_cli_clerk", "--password-stdin", "--db", postgres_url)
    shown = wms(*granted, stdin="harbour lantern\n", user="")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == (
        "The role wms_cli_clerk was made.\n"
        "The role wms_cli_clerk may do the application's work, and can neither change the ledger nor the tables.\n"
    )
    assert wms(*granted, "--json", stdin="other\n", user="").json == {"role": "wms_cli_clerk", "made": False}
    as_clerk = make_url(postgres_url).set(username="wms_cli_clerk").render_as_string(hide_password=False)
    assert wms("verify", "--db", as_clerk).status == 0


def test_grant_on_sqlite_says_what_to_do(wms):
    shown = wms("db", "grant", "clerk", user="")
    assert shown.status == 1
    assert "is a SQLite file and knows no roles" in shown.err


def test_a_backup_is_tried_out_and_comes_back(wms, file, tmp_path):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    shown = wms("db", "backup", "monday.wms", user="")
    first, second = shown.out.splitlines()
    assert (shown.status, shown.err) == (0, "")
    assert " tables are in monday.wms (" in first
    assert second == "It was restored on the side and audited: everything is as it must be."
    again = wms("db", "backup", "monday.wms", user="")
    assert (again.status, again.err) == (
        1,
        "There is a file monday.wms already. Name another file, or replace it with --force.\n",
    )
    told = wms("db", "backup", "monday.wms", "--force", "--no-check", "--json", user="").json
    assert (told["file"], told["verify"]) == ("monday.wms", None)
    new = ("--db", f"sqlite:///{tmp_path}/new.sqlite")
    restored = wms("db", "restore", "monday.wms", *new, user="")
    assert restored.status == 0
    assert restored.out.splitlines()[-1] == "It was audited: everything is as it must be."
    assert [row["quantity"] for row in wms("stock", "--json", *new).json] == ["5"]


def test_what_would_be_lost_is_named_and_needs_its_own_word(wms, file):
    wms("db", "backup", "monday.wms", user="")
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    for option in ((), ("--force",)):
        shown = wms("db", "restore", "monday.wms", *option, user="")
        assert shown.status == 1
        assert "It holds 1 documents that the backup does not (the last is R-" in shown.err
    assert wms("stock", "--json").json != []
    told = wms("db", "restore", "monday.wms", "--discard-newer", "--json", user="")
    assert (told.status, told.json["lost"]["documents"], told.json["verify"]["ok"]) == (0, 1, True)
    assert wms("stock", "--json").json == []


def test_a_copy_moves_the_warehouse_to_postgresql(wms, file, postgres_databases):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    with postgres_databases.empty() as url:
        shown = wms("db", "copy", "--to", url, user="")
        assert (shown.status, shown.err) == (0, "")
        assert [row["quantity"] for row in wms("stock", "--json", "--db", url).json] == ["5"]
        again = wms("db", "copy", "--to", url, user="")
        assert (again.status, again.err.endswith("Name a file or a database that is empty.\n")) == (1, True)


def test_a_bad_database_is_backed_up_and_its_bad_rows_are_named(wms, file, cli_url, tmp_path):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    with closing(sqlite3.connect(cli_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE balance SET quantity = quantity + 1000000")
    shown = wms("db", "backup", "bad.wms", user="")
    assert shown.status == 1
    assert "BOLT" in shown.out
    assert shown.out.endswith("that is not as it must be. Keep it, and find out why.\n")
    new = ("--db", f"sqlite:///{tmp_path}/new.sqlite")
    refused = wms("db", "restore", "bad.wms", *new, user="")
    assert (refused.status, refused.err.endswith("To have it all the same: --accept-problems\n")) == (1, True)
    told = wms("db", "restore", "bad.wms", "--json", *new, user="").json
    assert (told["error"], told["verify"]["ok"]) == ("Unsound", False)
    assert not (tmp_path / "new.sqlite").exists()
    accepted = wms("db", "restore", "bad.wms", "--accept-problems", *new, user="")
    assert (accepted.status, accepted.out.splitlines()[-1]) == (1, "It is not as it must be, which you accepted.")
