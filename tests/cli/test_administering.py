"""``wms init``, ``db``, ``user`` and ``reason``."""

import pytest

from tests.support.warehouse import PASSWORD


@pytest.fixture
def fresh(tmp_path):
    """Names a database that does not exist yet."""
    return ("--db", f"sqlite:///{tmp_path}/new/fresh.sqlite")


def test_init_makes_the_database_and_the_first_administrator(wms, fresh, tmp_path):
    shown = wms("init", "--admin", "boss", "--password-stdin", *fresh, stdin=PASSWORD + "\n", user="")
    assert shown.status == 0
    assert shown.out == (
        f"The database {tmp_path}/new/fresh.sqlite is ready.\nThe administrator boss was made. Start the program: wms\n"
    )
    assert PASSWORD not in shown.out + shown.err
    assert (tmp_path / "new" / "fresh.sqlite").stat().st_mode & 0o777 == 0o600
    assert [row["role"] for row in wms("user", "list", "--json", *fresh, user="boss").json] == ["admin"]


def test_init_again_makes_no_second_administrator(wms):
    shown = wms("init", "--admin", "boss", "--password-stdin", stdin=PASSWORD + "\n", user="")
    assert shown.status == 1
    assert "has users already: no administrator was made." in shown.err
    assert "boss" not in wms("user", "list").out
    assert wms("init", user="").status == 0


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("boss", "short", "This password is too easy to guess."),
        ("boss", "passwordpassword", "This password is too easy to guess."),
        ("boss", "", "This password is too easy to guess."),
        ("no name", PASSWORD, "no name is not a user name."),
    ],
)
def test_init_refuses_what_is_not_good_enough(wms, fresh, name, password, sentence):
    shown = wms("init", "--admin", name, "--password-stdin", *fresh, stdin=password + "\n", user="")
    assert shown.status == 1
    assert shown.err.startswith(sentence)
    assert wms("init", *fresh, user="").out.endswith(
        "It has no users yet. Make the first administrator: wms init --admin NAME\n"
    )


def test_without_a_terminal_a_password_must_come_from_standard_input(wms, fresh):
    for argv in (["init", "--admin", "boss"], ["user", "add", "new", "--role", "keeper"], ["user", "passwd", "ken"]):
        shown = wms(*argv, stdin=PASSWORD + "\n")
        assert (shown.status, shown.err) == (
            2,
            "There is no terminal to ask for the password. Use --password-stdin.\n",
        )


def test_at_a_terminal_the_password_is_typed_twice(wms, fresh, monkeypatch):
    answers = iter([PASSWORD, "another", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    shown = wms("init", *fresh, stdin="boss\n", user="", typed=True)
    assert (shown.status, shown.err.endswith("The two passwords differ. Nothing was changed.\n")) == (1, True)
    assert wms("init", *fresh, stdin="boss\n", user="", typed=True).status == 0
    assert wms("user", "list", *fresh, user="boss").status == 0


def test_db_upgrade_and_current(wms, fresh, tmp_path):
    shown = wms("db", "upgrade", "--json", *fresh, user="")
    version = shown.json["version"]
    assert shown.json["before"] is None
    assert wms("db", "upgrade", *fresh, user="").out == f"The database is up to date, version {version}.\n"
    assert wms("db", "current", "--json", *fresh, user="").json == {"version": version}
    assert wms("db", "current", *fresh, user="").out == f"The database has version {version}.\n"
    (tmp_path / "other.sqlite").write_text("not a database, but long enough to be looked at as one")
    shown = wms("db", "current", "--db", f"sqlite:///{tmp_path}/other.sqlite")
    assert shown.status == 1
    assert "is not a warehouse database" in shown.err


def test_accounts_from_hire_to_leave(wms):
    assert wms("user", "add", "new", "--role", "keeper", "--password-stdin", stdin=PASSWORD).out == (
        "User new was added.\n"
    )
    assert wms("stock", user="new").status == 0
    assert wms("user", "role", "new", "finance").out == "User new was given the role finance.\n"
    assert wms("user", "list").out.splitlines()[5].split()[:3] == ["new", "finance", "yes"]
    assert wms("user", "disable", "new").status == 0
    assert wms("stock", user="new").err == "This account is disabled. Ask the administrator.\n"
    assert wms("user", "enable", "new", "--json").json == {"name": "new", "done": "enable"}
    assert wms("stock", user="new").status == 0


def test_a_new_password_and_an_unlocked_account(wms, monkeypatch):
    assert wms("user", "passwd", "ken", "--password-stdin", stdin="copper-walrus-19-thread\n").status == 0
    for _ in range(5):
        assert wms("stock", user="ken").err == "User name or password is wrong.\n"
    assert wms("stock", user="ken").err.startswith("Too many wrong passwords. Try again in")
    assert wms("user", "unlock", "ken").out == "User ken was unlocked.\n"
    assert wms("stock", user="ken").err == "User name or password is wrong.\n"


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["add", "ken", "--role", "keeper", "--password-stdin"], "The name ken is taken. Choose another."),
        (["add", "new", "--role", "king", "--password-stdin"], "There is no role king."),
        (["disable", "nobody"], "There is no user nobody."),
        (["role", "ken", "king"], "There is no role king."),
        (["disable", "ada"], "ada is the last administrator and cannot be disabled or given another role."),
        (["role", "ada", "keeper"], "ada is the last administrator and cannot be disabled or given another role."),
    ],
)
def test_refused_changes_of_accounts_change_nothing(wms, argv, sentence):
    before = wms("user", "list").out
    shown = wms("user", *argv, stdin=PASSWORD)
    assert (shown.status, shown.out, shown.err) == (1, "", sentence + "\n")
    assert wms("user", "list").out == before


def test_only_an_administrator_administers(wms):
    for argv in (["user", "list"], ["user", "disable", "kim"], ["reason", "add", "X", "in"]):
        shown = wms(*argv, user="ken")
        assert shown.status == 1
        assert shown.err.startswith("Your role keeper may not do this")


def test_reasons(wms):
    assert wms("reason", "add", "broken", "out", "--name", "Dropped").status == 0
    assert {"code": "BROKEN", "name": "Dropped", "direction": "out"} in wms("reason", "list", "--json").json
    shown = wms("reason", "add", "BROKEN", "in")
    assert (shown.status, shown.err) == (1, "The name BROKEN is taken. Choose another.\n")


def test_a_badge_is_given_by_standard_input_and_taken_away(wms):
    shown = wms("user", "badge", "ken", "--stdin", stdin=".ID.K-471108\n2468\n")
    assert (shown.status, shown.out) == (0, "The badge of ken was changed.\n")
    refused = wms("user", "badge", "kim", "--stdin", stdin="k-471108\n2468\n")
    assert refused.status == 1
    assert "somebody else's" in refused.err
    weak = wms("user", "badge", "ken", "--stdin", stdin="\n1234\n")
    assert weak.status == 1
    assert "471108" not in shown.out + shown.err + refused.out + refused.err
    assert wms("user", "badge", "ken", "--clear").status == 0
    assert wms("user", "badge", "ken").status == 2
