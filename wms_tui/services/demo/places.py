"""The places of the demonstration's warehouse, and whom it trades with."""

from __future__ import annotations

from collections.abc import Iterator

from wms_tui.domain.locations import LocationKind
from wms_tui.services.demo.goods import DEPARTMENTS, bins_of
from wms_tui.services.importing.records import LocationRow

WAREHOUSE = "MAIN"
DOCK_ZONE, DOCK = "DOCK", "DOCK-01"
CUSTOMERS = (
    "蓝港建设",
    "East Lake",
    "晨光超市",
    "和平路诊所",
    "Northbank",
    "启明学校",
    "South Bridge",
    "五湖物流",
    "Green Pine",
    "银杏餐饮",
    "向阳装修",
    "Riverside",
)


def locations() -> list[LocationRow]:
    """The tree under the warehouse: a zone for each department, its aisles and bins, and the dock."""
    rows = [
        LocationRow(WAREHOUSE, "主仓库 Main warehouse", LocationKind.WAREHOUSE),
        LocationRow(DOCK_ZONE, "收货区 Receiving", LocationKind.ZONE, WAREHOUSE),
        LocationRow(DOCK, "收货月台 Receiving dock", LocationKind.BIN, DOCK_ZONE),
        LocationRow("DOCK-02", "退货 Returns", LocationKind.BIN, DOCK_ZONE),
    ]
    for department in DEPARTMENTS:
        rows.append(LocationRow(department.zone, department.name, LocationKind.ZONE, WAREHOUSE))
        rows += _under(department.zone, bins_of(department))
    return rows


def _under(zone: str, bins: list[str]) -> Iterator[LocationRow]:
    for aisle in dict.fromkeys(code[:-3] for code in bins):
        yield LocationRow(aisle, "", LocationKind.AISLE, zone)
    for code in bins:
        yield LocationRow(code, "", LocationKind.BIN, code[:-3])
