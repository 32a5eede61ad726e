"""The places of the demonstration's warehouse, and whom it trades with."""

from __future__ import annotations

from collections.abc import Iterator

from wms_tui.domain.locations import LocationKind
from wms_tui.services.demo.goods import DEPARTMENTS, bins_of
from wms_tui.services.importing.records import LocationRow

WAREHOUSE = "MAIN"
DOCK_ZONE, DOCK = "DOCK", "DOCK-01"
CUSTOMERS = (
    "蓝港建设 Blue Harbour Construction",
    "东湖物业 East Lake Property",
    "晨光超市 Morning Light Market",
    "和平路诊所 Peace Road Clinic",
    "北岸机械 Northbank Machinery",
    "启明学校 Qiming School",
    "南桥酒店 South Bridge Hotel",
    "五湖物流 Five Lakes Logistics",
    "青松养老院 Green Pine Care Home",
    "银杏餐饮 Ginkgo Catering",
    "向阳装修 Sunward Interiors",
    "江畔便利 Riverside Convenience",
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
