"""The training that comes with the program: a keeper's shift by scans alone, in each language and on a handheld too."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import closing, redirect_stdout
from itertools import product

import pytest

from tests.support.cases import few_of
from tests.support.counting import reviewed
from tests.support.warehouse import signed_in
from wms_tui.cli import run
from wms_tui.domain.counting import CountsQuery
from wms_tui.domain.texts import CHINESE, ENGLISH, LANGUAGES
from wms_tui.services import counting_review
from wms_tui.services.backend import Backend
from wms_tui.services.demo.training import COUNTED, TRAINEE, Badge, prepare
from wms_tui.tui.walking import FURNISHED, PASSWORD

FEW = [(ENGLISH, "80x24"), (CHINESE, "20x16")]
"""Each language and each size."""

BADGE = Badge(".ID.trainee-0417", "402816")
RICE = "RIC-BAG-01"
SHIFT = ["reversal", "issue", "issue", "transfer", "receipt"]


@pytest.fixture
def furnished(demonstration, tmp_path, monkeypatch):
    """The URL of a furnished warehouse that is ready for the training, with the trainee's badge in the environment."""
    url = f"sqlite:///{tmp_path}/{FURNISHED}"
    shutil.copyfile(demonstration / FURNISHED, tmp_path / FURNISHED)
    prepare(url, BADGE, ".ID.")
    environment = {
        "WMS_HOME": str(tmp_path),
        "WMS_DATABASE_URL": url,
        "WMS_BADGE": BADGE.code,
        "WMS_PIN": BADGE.pin,
        "WMS_USER": TRAINEE,
        "WMS_PASSWORD": PASSWORD,
        "WMS_IDLE_LOCK": "0",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return url


def wms(*arguments):
    out = io.StringIO()
    with redirect_stdout(out):
        status = run([*arguments, "--json"])
    assert status == 0, out.getvalue()
    return json.loads(out.getvalue())


@pytest.mark.parametrize(("language", "size"), few_of(product(LANGUAGES, ("80x24", "20x16")), FEW))
def test_a_shift_by_scans_alone(furnished, monkeypatch, language, size):
    monkeypatch.setenv("WMS_LANG", language)
    before = len(wms("history", "--user", TRAINEE, "--limit", "1000"))
    wms("--db", furnished, "replay", "shift", "--size", size)

    rice = {(row["location"], row["lot"]): row["quantity"] for row in wms("stock", "--sku", RICE)}
    assert rice["F-09-01", "PAL-A"] == "148"
    assert rice["F-09-02", "PAL-B"] == "120"
    assert not [place for place, lot in rice if lot.startswith("PAL-") and not place.startswith("F-09")]

    posted = wms("history", "--user", TRAINEE, "--limit", "1000")
    assert [row["kind"] for row in posted[: len(SHIFT)]] == SHIFT
    assert len(posted) == before + len(SHIFT)
    assert posted[1]["reversed_by"] == posted[0]["number"]

    with closing(Backend.open(furnished)) as backend:
        boss = signed_in(backend, "mei")
        plan = backend.run(counting_review.plans, boss, CountsQuery(every=True)).rows[0]
        lines = reviewed(backend, boss, plan.plan_id)
    assert [(key, line.counted, line.expected) for key, line in lines.items()] == [((COUNTED, RICE, "PAL-A"), 148, 148)]
    assert wms("verify", "--full")["ok"]
