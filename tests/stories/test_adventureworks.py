"""A real company's catalog, shelves, stock and purchase orders come in by the command line, and the books balance."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.adventureworks import convert
from tests.support.warehouse import PASSWORD
from wms_tui.cli import run

SOURCE = Path(__file__).parent.parent / "data" / "adventureworks"


@pytest.fixture
def wms(tmp_path, monkeypatch, capsys):
    """Runs ``wms … --json``, which must succeed, and answers what it says."""
    environment = {
        "WMS_HOME": str(tmp_path),
        "WMS_DATABASE_URL": f"sqlite:///{tmp_path}/wms.sqlite",
        "WMS_USER": "boss",
        "WMS_PASSWORD": PASSWORD,
        "WMS_LANG": "en",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def call(*argv):
        status = run([*argv, "--json"])
        captured = capsys.readouterr()
        assert status == 0, captured.err
        return json.loads(captured.out)

    return call


def test_adventureworks_moves_in(wms, tmp_path, monkeypatch):
    convert(SOURCE, tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
    wms("init", "--admin", "boss", "--password-stdin")

    assert wms("import", "products", "products.csv")["created"] == 504
    assert wms("import", "locations", "locations.csv")["created"] == 14 + 76 + 753

    opening = wms("import", "stock", "stock.csv")
    assert (opening["created"], opening["unchanged"], opening["left"]) == (1065, 4, [])

    posted = wms("post", "movements.csv")
    assert (posted["created"], posted["again"], posted["left"]) == (3927, 0, [])
    again = wms("post", "movements.csv")
    assert (again["created"], again["again"], again["left"]) == (0, 3927, [])
    assert wms("import", "stock", "stock.csv")["again"] == 1069
    assert wms("import", "products", "products.csv")["unchanged"] == 504

    held = wms("stock")
    assert sum(Decimal(row["quantity"]) for row in held) == 335_974 + stocked(tmp_path)
    bottle = wms("stock", "--location", "07", "--sku", "WB-H098")
    assert [(row["location"], row["quantity"], row["unit"]) for row in bottle] == [("07-NA-00", "1752", "EA")]
    order = wms("history", "--reference", "PO 4012")[0]
    assert (order["partner"], order["happened_at"][:10]) == ("Integrated Sport Products", "2025-07-18")

    report = wms("verify")
    assert report["ok"], report


def stocked(folder):
    """The sum of what the purchase orders brought."""
    lines = (folder / "movements.csv").read_text().splitlines()[1:]
    assert len(lines) == 8704
    return sum(Decimal(line.split(",")[3]) for line in lines)
