"""Exports read back as imports, and show cost only to who may see it."""

import pytest

from wms_tui.domain.errors import NotAllowed
from wms_tui.domain.movements import DocumentKind, Line, PostDocument, ReverseDocument
from wms_tui.services import exporting
from wms_tui.services.importing.file_kinds import LOCATIONS, PRODUCTS
from wms_tui.services.importing.locations import import_locations
from wms_tui.services.importing.products import import_products
from wms_tui.services.importing.report import ImportFile
from wms_tui.services.importing.tables import read_table
from wms_tui.services.movements import post, reverse
from wms_tui.services.table_files import write_table

pytestmark = pytest.mark.usefixtures("catalog")
ALL = (exporting.export_products, exporting.export_locations, exporting.export_stock, exporting.export_movements)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("export", "case", "kind"),
    [
        (exporting.export_products, import_products, PRODUCTS),
        (exporting.export_locations, import_locations, LOCATIONS),
    ],
)
def test_an_export_imported_again_changes_nothing(backend, admin, tmp_path, ending, export, case, kind):
    found = backend.run(export, admin, 0)
    path = str(tmp_path / f"file.{ending}")
    write_table(path, found.header, found.rows)
    report = backend.run(case, admin, ImportFile(read_table(path, kind)))
    assert (report.created, report.updated, report.unchanged) == (0, 0, len(found.rows))


def test_stock_and_movements_name_everything(backend, admin):
    line = Line("14006381333938", 2, target="A1")
    receipt = backend.run(post, admin, PostDocument(DocumentKind.RECEIPT, "r1", (line,), "PO 1", "Acme", "note"))
    backend.run(post, admin, PostDocument(DocumentKind.RECEIPT, "r2", (line,)))
    undone = backend.run(reverse, admin, ReverseDocument(receipt.number, "v1"))
    stock = backend.run(exporting.export_stock, admin, 0)
    assert [row[:2] + row[4:5] for row in stock.rows] == [("BOLT", "A1", 48)]
    movements = backend.run(exporting.export_movements, admin, 0)
    rows = [dict(zip(movements.header, row, strict=True)) for row in movements.rows]
    assert [rows[0][name] for name in ("key", "kind", "sku", "quantity", "unit", "from", "to")] == [
        *("r1", "receipt", "BOLT", 2, "carton", "SUPPLIER", "A1")
    ]
    assert (rows[0]["reference"], rows[0]["base_quantity"], rows[0]["user"]) == ("PO 1", 48, "ada")
    assert (rows[2]["number"], rows[2]["reverses"]) == (undone.number, receipt.number)


def test_movements_come_in_parts_of_bounded_size(backend, admin, monkeypatch):
    monkeypatch.setattr(exporting, "BATCH", 2)
    for number in range(3):
        document = PostDocument(DocumentKind.RECEIPT, f"r{number}", (Line("BOLT", 1, target="A1"),))
        backend.run(post, admin, document)
    first = backend.run(exporting.export_movements, admin, 0)
    rest = backend.run(exporting.export_movements, admin, first.after)
    assert ([len(part.rows) for part in (first, rest)], rest.after) == ([2, 1], None)


def test_a_keeper_sees_no_cost_and_finance_does(backend, keeper, finance):
    for case in ALL:
        hidden, shown = backend.run(case, keeper, 0), backend.run(case, finance, 0)
        assert not {"cost", "unit_cost"} & set(hidden.header)
        assert all(len(row) == len(hidden.header) for row in hidden.rows)
        assert case is exporting.export_locations or {"cost", "unit_cost"} & set(shown.header)


def test_exports_need_their_permission(backend, admin):
    from wms_tui.db.access import PERMISSION

    def without_export(tx):
        tx.connection.execute(PERMISSION.delete().where(PERMISSION.c.permission == "data.export"))

    backend.work(without_export)
    for case in ALL:
        with pytest.raises(NotAllowed):
            backend.run(case, admin, 0)
