"""Locations come in any order, and stand only where their kind may."""

import pytest

from wms_tui.domain.errors import NotAllowed
from wms_tui.domain.file_errors import BadRows
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services.exporting import export_locations
from wms_tui.services.importing.file_kinds import LOCATIONS
from wms_tui.services.importing.locations import import_locations
from wms_tui.services.movements import post

TREE = "code,name,kind,parent\nB1,,bin,R1\nR1,Row 1,aisle,Z1\nZ1,North,zone,MAIN\nB2,,,R1\n"

pytestmark = pytest.mark.usefixtures("catalog")


def counts(report):
    return report.created, report.updated, report.unchanged


def exported(backend, admin):
    return {row[0]: row[1:] for row in backend.run(export_locations, admin, 0).rows}


def refused(bring_in, admin, contents, rows):
    before = contents()
    with pytest.raises(BadRows) as error:
        bring_in(import_locations, LOCATIONS, admin, "code,kind,parent\n" + rows)
    assert contents() == before
    return [(line, fault.text()) for line, fault in error.value.rows]


def test_parents_may_come_later_in_the_file(backend, admin, bring_in, contents):
    assert counts(bring_in(import_locations, LOCATIONS, admin, TREE)) == (4, 0, 0)
    places = exported(backend, admin)
    assert [places[code] for code in ("B1", "R1", "Z1", "B2")] == [
        ("", "bin", "R1"),
        ("Row 1", "aisle", "Z1"),
        ("North", "zone", "MAIN"),
        ("", "bin", "R1"),
    ]
    before = contents()
    assert counts(bring_in(import_locations, LOCATIONS, admin, TREE)) == (0, 0, 4)
    assert contents() == before


def test_a_location_is_renamed_and_moved(backend, admin, bring_in, contents):
    bring_in(import_locations, LOCATIONS, admin, TREE)
    report = bring_in(import_locations, LOCATIONS, admin, "code,name,parent\nB1,First,Z1\nB2,,\nZ1,,\n")
    assert counts(report) == (0, 1, 2)
    assert exported(backend, admin)["B1"] == ("First", "bin", "Z1")
    assert len([event for event in contents()["audit_event"] if "change location" in event]) == 1


def test_rules_of_the_tree(admin, bring_in, contents):
    assert refused(
        bring_in,
        admin,
        contents,
        "B1,bin,NOWHERE\nB2,bin,A1\nW2,warehouse,MAIN\nS2,supplier,MAIN\nZ1,zone,Z2\nZ2,zone,Z1\nB3,bin,\nB3,bin,\n",
    ) == [
        (2, "The parent NOWHERE is neither in the file nor in the warehouse."),
        (3, "B2 (bin) cannot stand under A1 (bin)."),
        (4, "W2 (warehouse) cannot stand under MAIN (warehouse)."),
        (5, "S2 (supplier) cannot stand under MAIN (warehouse)."),
        (6, "Z1 would stand under itself."),
        (7, "Z2 would stand under itself."),
        (9, "code B3 stands in line 8 already."),
    ]


def test_what_stands_under_a_bad_row_is_left_out_with_it(backend, admin, bring_in):
    report = bring_in(
        import_locations,
        LOCATIONS,
        admin,
        "code,kind,parent\nB1,bin,R1\nR1,aisle,Z1\nZ1,zone,NOWHERE\nB2,bin,\n",
        skip_bad=True,
    )
    assert counts(report) == (1, 0, 0)
    assert [line for line, _ in report.left] == [2, 3, 4]
    assert "B2" in exported(backend, admin)


def test_a_used_location_keeps_its_kind_and_a_parent_its_children(backend, admin, bring_in, contents):
    bring_in(import_locations, LOCATIONS, admin, TREE)
    backend.run(post, admin, PostDocument(DocumentKind.RECEIPT, "r1", (Line("BOLT", 5, target="A1"),)))
    assert refused(bring_in, admin, contents, "A1,zone,\nR1,bin,\n") == [
        (2, "A1 has been used in movements: its kind cannot be changed to zone."),
        (3, "B1 (bin) cannot stand under R1 (bin)."),
        (3, "B2 (bin) cannot stand under R1 (bin)."),
    ]


def test_a_location_with_stock_stays_where_it_is(backend, admin, bring_in, contents):
    bring_in(import_locations, LOCATIONS, admin, TREE)
    backend.run(post, admin, PostDocument(DocumentKind.RECEIPT, "r1", (Line("BOLT", 5, target="B1"),)))
    assert refused(bring_in, admin, contents, "B1,,Z1\nR1,,MAIN\nB2,,Z1\n") == [
        (2, "There is stock at B1, products: 1. Move it away first."),
        (3, "There is stock at R1, products: 1. Move it away first."),
    ]
    report = bring_in(import_locations, LOCATIONS, admin, "code,name,parent\nB1,First,R1\n")
    assert counts(report) == (0, 1, 0)


def test_a_keeper_may_not(keeper, bring_in, contents):
    before = contents()
    with pytest.raises(NotAllowed):
        bring_in(import_locations, LOCATIONS, keeper, TREE)
    assert contents() == before
