"""Words that cells may hold for the kinds of the program, in English and Chinese."""

from __future__ import annotations

from wms_tui.domain.locations import LocationKind
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.products import Tracking

TRACKING: dict[str, Tracking] = {
    **{kind.value: kind for kind in Tracking},
    "no": Tracking.NONE,
    "batch": Tracking.LOT,
    "lotexpiry": Tracking.EXPIRY,
    "无": Tracking.NONE,
    "不追踪": Tracking.NONE,
    "批次": Tracking.LOT,
    "批次有效期": Tracking.EXPIRY,
    "有效期": Tracking.EXPIRY,
    "序列号": Tracking.SERIAL,
}
"""Keys are folded as headers are, so ``lot+expiry`` is ``lotexpiry``."""

LOCATION_KINDS: dict[str, LocationKind] = {
    **{kind.value: kind for kind in LocationKind},
    "仓库": LocationKind.WAREHOUSE,
    "库区": LocationKind.ZONE,
    "区": LocationKind.ZONE,
    "巷道": LocationKind.AISLE,
    "通道": LocationKind.AISLE,
    "货架": LocationKind.AISLE,
    "库位": LocationKind.BIN,
    "货位": LocationKind.BIN,
    "供应商": LocationKind.SUPPLIER,
    "客户": LocationKind.CUSTOMER,
    "盘差": LocationKind.LOSS,
    "损耗": LocationKind.LOSS,
    "报废": LocationKind.SCRAP,
    "在途": LocationKind.TRANSIT,
}

MOVEMENT_KINDS: dict[str, DocumentKind] = {
    **{
        kind.value: kind
        for kind in (DocumentKind.RECEIPT, DocumentKind.ISSUE, DocumentKind.TRANSFER, DocumentKind.ADJUSTMENT)
    },
    "入库": DocumentKind.RECEIPT,
    "收货": DocumentKind.RECEIPT,
    "出库": DocumentKind.ISSUE,
    "发货": DocumentKind.ISSUE,
    "调拨": DocumentKind.TRANSFER,
    "移库": DocumentKind.TRANSFER,
    "调整": DocumentKind.ADJUSTMENT,
}
