"""``wms doctor terminal`` where nobody sits."""

import json

import pytest

from wms_tui.cli import run


@pytest.fixture
def doctor(tmp_path, monkeypatch, capsys):
    for name in ("WMS_DATABASE_URL", "WMS_TERMINAL", "WMS_PROFILE", "COLORTERM", "NO_COLOR", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WMS_HOME", str(tmp_path))
    monkeypatch.setenv("WMS_LANG", "en")
    monkeypatch.setenv("LANG", "C.UTF-8")

    def call(*argv, **environment):
        for name, text in environment.items():
            monkeypatch.setenv(name, text)
        status = run(["doctor", "terminal", *argv])
        return status, capsys.readouterr()

    return call


def test_what_is_known_is_told_in_json(doctor):
    status, told = doctor("--json", TERM="vt220", WMS_TERMINAL="RF-07", WMS_BELL="refused")
    facts = json.loads(told.out)
    assert status == 0
    assert (facts["device"], facts["profile"], facts["charset"], facts["colours"]) == ("RF-07", "vt220", "utf-8", 1)
    assert facts["sounds"] == ["refused"]
    assert facts["round_trip_ms"] == [] and facts["bytes_per_second"] is None
    assert 0 < facts["character_bytes"] < facts["scan_bytes"] < facts["screen_bytes"]
    assert facts["set"] == []


def test_a_kind_can_be_named(doctor):
    assert json.loads(doctor("--terminal", "mono-ascii", "--json", TERM="xterm")[1].out)["profile"] == "mono-ascii"


def test_no_such_kind(doctor):
    status, told = doctor("--terminal", "vt52")
    assert status == 1
    assert "modern, ansi16, vt220, vt100 or mono-ascii" in told.err


def test_a_terminal_that_nobody_knows_is_told_what_to_set(doctor):
    facts = json.loads(doctor("--json", TERM="frobnicator")[1].out)
    assert facts["profile"] == "mono-ascii"
    assert any("frobnicator" in advice for advice in facts["set"])


def test_who_wants_chinese_is_told_what_it_needs(doctor):
    facts = json.loads(doctor("--json", TERM="vt220", LANG="C", WMS_LANG="zh_CN")[1].out)
    assert facts["charset"] == "ascii"
    assert any("UTF-8" in advice for advice in facts["set"])


def test_people_read_lines(doctor):
    status, told = doctor(TERM="vt100")
    assert status == 0
    assert "Kind of terminal: vt100" in told.out
    assert "This is no terminal" in told.out
