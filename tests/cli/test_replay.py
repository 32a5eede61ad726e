"""``wms replay``: files of keys and scans, played to the real application without a terminal."""

import json
from shutil import copyfile

import pytest

from tests.support.warehouse import PASSWORD
from wms_tui.services.demo.furnishing import PEOPLE, Furnished
from wms_tui.tui.walking import FURNISHED
from wms_tui.tui.walking import PASSWORD as WALKING

RECEIPT = """
# three bolts and a nut come in
size 60x20
sign-in ken
type 1
wait To location
scan A1
scan BOLT
scan 2*
scan BOLT
scan NUT
expect Taken 5
key f8
key f8
wait posted, lines: 2
"""


@pytest.fixture
def replay(wms, file):
    """Plays steps as a file without a terminal."""

    def play(steps, *options):
        return wms("replay", file(steps, "steps.replay"), "--headless", *options)

    return play


def stock(wms):
    return {row["sku"]: row["quantity"] for row in wms("stock", "--json").json}


def test_keys_and_scans_of_a_file_are_a_session(wms, replay):
    played = replay(RECEIPT)
    assert (played.status, played.err) == (0, "")
    assert "Replayed, steps: 12" in played.out
    assert stock(wms) == {"BOLT": "3", "NUT": "1"}
    assert wms("verify").status == 0


def test_the_answer_in_json_counts_what_was_sent(wms, replay):
    played = replay(RECEIPT, "--json").json
    assert (played["steps"], played["sent"]) == (12, 10)


def test_a_text_that_does_not_come_stops_with_its_line_and_the_screen(wms, replay):
    failed = replay("sign-in ken\nwait Home\npatience 0.2\n\nwait Nothing of the kind\ntype 1\n")
    assert failed.status == 1
    assert "Line 5: Nothing of the kind did not come to the screen within 0.2 s." in failed.err
    assert "Home" in failed.err and "ken (keeper)" in failed.err


def test_a_text_that_is_not_there_or_must_not_be_there_stops(wms, replay):
    assert "Line 2: Finance is not on the screen." in replay("sign-in ken\nexpect Finance\n").err
    failed = replay("sign-in ken\nabsent keeper\n", "--json")
    assert failed.status == 1
    assert (failed.json["error"], failed.json["line"]) == ("OnScreen", 2)
    assert "ken (keeper)" in failed.json["screen"][0]


def test_all_bad_lines_are_told_at_once_and_nothing_is_played(wms, replay):
    failed = replay("sign-in ken\nscna BOLT\nkey f13\nscan A<FOO>\nscan\nenter now\npause soon\nsize 20x16\n")
    assert failed.status == 1
    for told in (
        "line 2: scna is no step. Use one of: demo, size",
        "line 3: f13 is no key.",
        "line 4: <FOO> is no character.",
        "line 5: Write behind scan what it is about.",
        "line 6: Nothing stands behind enter.",
        "line 7: soon is no time.",
        "line 8: size stands before the first step",
        "lines that are no steps (7)",
    ):
        assert told in failed.err
    assert wms("history", "--json").json == []


def test_a_secret_that_is_not_in_the_environment_is_told(wms, file):
    failed = wms("replay", file("sign-in ken\n"), "--headless", user="")
    assert failed.status == 1
    assert "Line 1 needs a secret. Set WMS_PASSWORD in the environment." in failed.err


def test_a_program_that_ends_before_its_replay_is_told(replay):
    failed = replay("key f10\nwait Home\n")
    assert failed.status == 1
    assert "The program ended in line 2, before all of the replay was done." in failed.err


def test_scans_that_the_program_left_untaken_are_told(replay):
    failed = replay("key f10\n" + "scan BOLT\n" * 50)
    assert (failed.status, "before all of the replay was done" in failed.err) == (1, True)


def test_a_text_that_a_small_screen_breaks_is_found(wms, replay):
    steps = "sign-in ken\ntype 2\nscan A1\nscan WRONG-LABEL\nexpect Unknown code WRONG-LABEL. Check the label\n"
    assert replay(steps, "--size", "20x16").status == 0


def test_the_language_of_a_file_is_spoken(replay):
    assert replay("language zh_CN\nwait 用户名\n").status == 0


def test_invisible_characters_are_sent_as_a_scanner_sends_them(replay):
    steps = (
        "sign-in ken\ntype 1\nscan A1\nscan ]C10104006381333931<GS>21X<0x11>\nexpect Refused: press Esc\nkey escape\n"
    )
    assert replay(steps).status == 0


def test_neither_file_nor_record_is_misuse(wms):
    assert wms("replay").status == 2
    assert wms("replay", "a", "--record", "b").status == 2


def test_a_missing_file_is_told(wms):
    failed = wms("replay", "nowhere.replay", "--headless")
    assert (failed.status, failed.err) == (1, "There is no file nowhere.replay.\n")


def test_trainings_are_listed(wms):
    assert [row["name"] for row in wms("replay", "--list", "--json").json] == ["shift"]


def test_without_a_terminal_it_asks_for_one(outside, tmp_path):
    (tmp_path / "steps").write_text("enter\n")
    failed = outside("replay", str(tmp_path / "steps"))
    assert failed.returncode == 1 and b"needs a terminal" in failed.stderr


def test_a_file_is_played_by_a_process_of_its_own(outside, tmp_path):
    (tmp_path / "steps").write_text(RECEIPT)
    played = outside("replay", str(tmp_path / "steps"), "--json")
    assert played.returncode == 0, played.stderr
    assert json.loads(played.stdout)["sent"] == 10
    assert PASSWORD.encode() not in played.stdout + played.stderr


def test_a_demo_is_thrown_away_and_knows_its_badge_and_password(replay, demonstration, monkeypatch, tmp_path):
    def furnish(url, *_, **__):
        copyfile(demonstration / FURNISHED, url.removeprefix("sqlite:///"))
        return Furnished(PEOPLE, 0, 0)

    monkeypatch.setattr("wms_tui.services.demo.furnishing.furnish", furnish)
    monkeypatch.setattr("wms_tui.cli.replay_place.new_password", lambda: WALKING)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    badge = "secret WMS_BADGE\nenter\nsecret WMS_PIN\nenter\nexpect lan (keeper)\nkey f10\nexpect Password of all\n"
    played = replay(f"demo\n{badge}sign-in jun\nexpect jun (keeper)\n")
    assert played.status == 0, played.err
    assert not list(tmp_path.glob("wms-replay-*"))


def test_a_database_that_is_named_goes_before_the_demo(replay, cli_url):
    assert replay("demo\nsign-in ken\nexpect ken (keeper)\n", "--db", cli_url).status == 0
