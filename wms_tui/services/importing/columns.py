"""Columns by the names that people give them, in English or Chinese."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from wms_tui.domain.file_errors import DuplicateHeader, MissingColumns
from wms_tui.domain.texts import N_
from wms_tui.services.importing.sheets import Notice, Sheet

UNKNOWN_COLUMN = N_("The column {column} is not known and was left out.")
NAMELESS_COLUMN = N_("Column {place} has no name and was left out.")

NAMES: dict[str, tuple[str, ...]] = {
    "sku": ("SKU", "item number", "product code", "货号", "商品编码", "商品编号", "产品编码", "物料编码"),
    "name": ("name", "product name", "名称", "商品名称", "产品名称", "品名", "库位名称"),
    "category": ("category", "类别", "分类", "商品类别", "品类"),
    "specification": ("specification", "spec", "规格", "规格型号"),
    "unit": ("unit", "base unit", "uom", "单位", "计量单位", "基本单位"),
    "price": ("price", "sales price", "价格", "售价", "销售价"),
    "cost": ("cost", "purchase cost", "成本", "成本价", "进价"),
    "barcodes": ("barcodes", "barcode", "EAN", "条码", "条形码", "商品条码"),
    "tracking": ("tracking", "追踪", "追踪方式", "跟踪", "批次管理"),
    "min_stock": ("min stock", "minimum stock", "最低库存", "最小库存", "库存下限"),
    "max_stock": ("max stock", "maximum stock", "最高库存", "最大库存", "库存上限"),
    "reorder_quantity": ("reorder quantity", "order quantity", "订货量", "采购批量", "补货数量"),
    "lead_time_days": ("lead time days", "lead time", "采购提前期", "提前期", "采购周期"),
    "shelf_life_days": ("shelf life days", "shelf life", "保质期", "保质天数", "有效期天数"),
    "receipt_life_days": ("receipt life days", "life at receipt", "收货剩余天数", "收货最少剩余天数", "收货效期"),
    "issue_life_days": ("issue life days", "life at issue", "出库剩余天数", "出库最少剩余天数", "出库效期"),
    "code": ("code", "location code", "编码", "代码", "库位编码"),
    "kind": ("kind", "type", "类型", "单据类型", "库位类型"),
    "parent": ("parent", "上级", "上级编码", "上级库位"),
    "location": ("location", "bin", "库位", "货位"),
    "lot": ("lot", "lot number", "batch", "批次", "批号"),
    "expires": ("expires", "expiry", "expiry date", "有效期", "到期日", "有效期至"),
    "manufactured": ("manufactured", "production date", "生产日期", "制造日期"),
    "quantity": ("quantity", "qty", "数量"),
    "unit_cost": ("unit cost", "单位成本"),
    "key": ("key", "request id", "键", "单据键"),
    "from": ("from", "source", "从", "来源", "来源库位"),
    "to": ("to", "target", "到", "去向", "目标库位"),
    "reference": ("reference", "参考号", "参考", "订单号"),
    "partner": ("partner", "往来单位", "客户供应商"),
    "reason": ("reason", "原因", "原因代码"),
    "note": ("note", "备注", "说明"),
    "override": ("override", "expiry reason", "放行原因", "效期放行原因"),
    "at": ("at", "time", "时间", "发生时间"),
}
"""For each column what its header may say; case, white space, underscores and full-width forms do not matter."""


def folded(header: str) -> str:
    """A header without the differences that do not matter."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", header).casefold()))


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which place in a row holds which column, and the header of each as the file writes it."""

    places: dict[str, int]
    labels: dict[str, str]
    notices: tuple[Notice, ...]


def map_columns(sheet: Sheet, known: Sequence[str], required: Sequence[str], also: dict[str, str]) -> Mapping:
    """Find the known columns in a sheet's header; ``also`` gives further names, such as barcode for the SKU.

    Raises ``DuplicateHeader`` and ``MissingColumns``.
    """
    lookup = {folded(name): column for column in known for name in (column, *NAMES[column])}
    lookup |= {folded(name): column for name, column in also.items()}
    places: dict[str, int] = {}
    notices: list[Notice] = []
    for place, header in enumerate(sheet.header):
        column = lookup.get(folded(header))
        if column is None:
            notices += _left_out(sheet, place, header)
        elif column in places:
            raise DuplicateHeader(path=sheet.path, column=column, first=sheet.header[places[column]], second=header)
        else:
            places[column] = place
    _check_required(sheet, required, places)
    return Mapping(places, {column: sheet.header[place] for column, place in places.items()}, tuple(notices))


def _left_out(sheet: Sheet, place: int, header: str) -> list[Notice]:
    """A column without a name matters only where something stands in it."""
    if header:
        return [Notice(UNKNOWN_COLUMN, {"column": header})]
    used = any(row.cells[place] not in (None, "") for row in sheet.rows)
    return [Notice(NAMELESS_COLUMN, {"place": place + 1})] if used else []


def _check_required(sheet: Sheet, required: Sequence[str], places: dict[str, int]) -> None:
    missing = [column for column in required if column not in places]
    if missing:
        raise MissingColumns(
            path=sheet.path, missing=", ".join(missing), found=", ".join(filter(None, sheet.header)) or "-"
        )
