"""Goods that are counted in whole units are moved in whole units, whoever moves them."""

import pytest

from tests.services.test_entry import RECEIPT, Desk
from tests.support.ledger import issue, receive
from wms_tui.db import importing as db
from wms_tui.domain.errors import NotWhole
from wms_tui.domain.setup import ChangedMeanwhile, ChangeUnit
from wms_tui.services import units

pytestmark = pytest.mark.usefixtures("catalog")


def decimals(backend, admin, code, allowed):
    row = next(row for row in backend.run(units.list_units, admin, None) if row.code == code)
    backend.run(units.change, admin, ChangeUnit(row, row.name, allowed))


@pytest.fixture
def whole(backend, admin):
    """Pieces are not divided; others at the database have learnt of bolts before."""
    receive(backend, admin, "BOLT", 1)
    decimals(backend, admin, "pcs", allowed=False)


def test_a_part_of_a_piece_is_refused_in_documents_and_at_the_shelf(backend, keeper, whole):
    with pytest.raises(NotWhole, match=r"BOLT is counted in whole pcs, and this would be 1\.5"):
        receive(backend, keeper, "BOLT", "1.5")
    at = Desk(backend, keeper, RECEIPT)
    with pytest.raises(NotWhole):
        at.enter("A1", "1.5", "BOLT")
    at.enter("2", "BOLT")
    with pytest.raises(NotWhole):
        at.enter("=0.5")
    assert at.lines() == [("BOLT", 2, "pcs", "", "A1")]


def test_a_part_of_a_carton_is_taken_where_it_makes_whole_pieces(backend, keeper, whole):
    receive(backend, keeper, "BOLT", "0.5", unit="carton")
    with pytest.raises(NotWhole, match=r"this would be 2\.4"):
        receive(backend, keeper, "BOLT", "0.1", unit="carton")


def test_kilograms_have_decimals_until_somebody_says_otherwise(backend, admin, keeper):
    receive(backend, keeper, "FLOUR", "0.25")
    decimals(backend, admin, "kg", allowed=False)
    with pytest.raises(NotWhole):
        issue(backend, keeper, "FLOUR", "0.25")
    decimals(backend, admin, "kg", allowed=True)
    issue(backend, keeper, "FLOUR", "0.25")


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(backend, admin):
    row = next(row for row in backend.run(units.list_units, admin, None) if row.code == "kg")
    decimals(backend, admin, "kg", allowed=False)
    with pytest.raises(ChangedMeanwhile):
        backend.run(units.change, admin, ChangeUnit(row, "Kilo", decimals=True))


def test_new_units_of_a_file_that_measure_have_decimals_and_others_have_not(backend, admin):
    def made(tx):
        for code in ("ml", "Box", "公斤"):
            db.add_unit(tx, code)

    backend.work(made)
    found = {row.code: row.decimals for row in backend.run(units.list_units, admin, None)}
    assert {"ml": True, "Box": False, "公斤": True}.items() <= found.items()
