"""The judge condemns what it must: each kind of damage is done by hand to a sound database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tests.faults.documents import opening
from tests.faults.judgement import judge
from tests.faults.trial import furnish

TRIGGERS_OFF = "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"


@pytest.fixture
def url(sqlite_files):
    with sqlite_files.copy_of("faults", furnish) as url:
        yield url


def tamper(url: str, sql: str) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        for (drop,) in connection.execute(TRIGGERS_OFF).fetchall():
            connection.execute(drop)
        connection.execute(sql)


def test_a_sound_database_is_let_go(url):
    judge(url, [opening()])


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE balance SET quantity = quantity + 1 WHERE product_id = 1 AND location_id = 9", "sum"),
        ("DELETE FROM movement WHERE line = 2", "lacks a line"),
        ("DELETE FROM movement WHERE line = 9", "sum"),
        ("DELETE FROM movement", "no lines"),
        ("DELETE FROM document", "no document"),
        ("UPDATE document SET number = substr(number, 1, 7) || '000002'", "gap"),
        ("UPDATE counter SET value = 7", "counter"),
        ("DELETE FROM audit_event", "audit event"),
        ("UPDATE document SET kind = 'issue'", "is a issue"),
        ("UPDATE document SET request_id = 'other'", "nobody wrote down"),
    ],
)
def test_damage_is_condemned(url, sql, what):
    tamper(url, sql)
    with pytest.raises(AssertionError, match=what):
        judge(url, [opening()])


def test_what_is_lost_refused_or_other_than_told_is_condemned(url):
    own = opening()
    for known, what in (
        ([own, replace(own, request_id="gone", number="R-2026-000002")], "lost"),
        ([replace(own, number="", refused="DatabaseFull")], "refused and posted"),
        ([replace(own, number="R-2026-000009")], "was told"),
        ([replace(own, moves=own.moves[1:])], "instead of"),
    ):
        with pytest.raises(AssertionError, match=what):
            judge(url, known)
