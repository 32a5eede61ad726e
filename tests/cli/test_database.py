"""``wms db``: backup, restore, copy and grant on the command line."""

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
