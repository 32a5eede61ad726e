"""The electrical department."""

from __future__ import annotations

from wms_tui.domain.products import Tracking
from wms_tui.services.demo.family import Department, Family

ELECTRICAL = Department(
    "电气 Electrical",
    "E",
    "1.45",
    ("明川电缆", "Hengyue Electric"),
    (
        (
            "电缆 Cable",
            (
                Family(
                    "CAB-BV",
                    "铜芯电线 Copper wire BV",
                    "1.5 mm² 红 red|1.5 mm² 蓝 blue|2.5 mm² 红 red|2.5 mm² 蓝 blue|2.5 mm² 黄绿 green/yellow"
                    "|4 mm² 红 red|4 mm² 蓝 blue|6 mm² 黑 black",
                    "450/750 V, PVC",
                    "1.35",
                    0.28,
                    unit="m",
                    pack=100,
                    least_order=50,
                    weight=2.2,
                    tracking=Tracking.LOT,
                ),
                Family(
                    "CAB-YJV",
                    "电力电缆 Power cable YJV",
                    "3×2.5 mm²|3×4 mm²|3×6 mm²|5×10 mm²",
                    "0.6/1 kV, XLPE",
                    "8.60",
                    0.6,
                    unit="m",
                    pack=50,
                    least_order=10,
                    weight=0.8,
                    tracking=Tracking.LOT,
                ),
                Family(
                    "CAB-CAT",
                    "网线 Network cable",
                    "Cat 5e|Cat 6|Cat 6A",
                    "U/UTP, 305 m",
                    "310",
                    0.4,
                    pack=2,
                    least_order=1,
                ),
            ),
        ),
        (
            "开关插座 Switches & sockets",
            (
                Family(
                    "SWI-86",
                    "墙壁开关 Wall switch",
                    "一开单控 1-gang 1-way|一开双控 1-gang 2-way|二开单控 2-gang 1-way|三开单控 3-gang 1-way"
                    "|调光 dimmer",
                    "86 型 86 mm, 10 A",
                    "6.80",
                    0.3,
                    pack=60,
                    least_order=10,
                    weight=1.6,
                ),
                Family(
                    "SOC-86",
                    "墙壁插座 Wall socket",
                    "五孔 5-pin 10 A|三孔 3-pin 16 A|五孔 USB 5-pin USB|网络 RJ45|防水 IP44",
                    "86 型 86 mm",
                    "7.50",
                    0.35,
                    pack=60,
                    least_order=10,
                    weight=1.6,
                ),
                Family(
                    "EXT-GN",
                    "排插 Power strip",
                    "3 位 3-way 1.8 m|5 位 5-way 1.8 m|5 位 5-way 3 m|8 位 8-way 5 m",
                    "10 A, 2500 W",
                    "19.90",
                    0.25,
                    pack=20,
                    least_order=2,
                    weight=1.2,
                ),
            ),
        ),
        (
            "断路器 Breakers",
            (
                Family(
                    "MCB-1P",
                    "微型断路器 Circuit breaker",
                    "1P C6|1P C10|1P C16|1P C20|1P C32|2P C32|2P C63|3P C63",
                    "6 kA, DIN rail",
                    "11.20",
                    0.22,
                    pack=12,
                    least_order=3,
                    weight=1.3,
                ),
                Family(
                    "RCB-2P",
                    "漏电断路器 Residual current breaker",
                    "2P C16 30 mA|2P C32 30 mA|2P C63 30 mA|4P C63 30 mA",
                    "type A",
                    "38.50",
                    0.3,
                    pack=6,
                    least_order=2,
                ),
            ),
        ),
        (
            "照明 Lighting",
            (
                Family(
                    "LED-E27",
                    "LED 灯泡 LED bulb E27",
                    "5 W 2700K|7 W 2700K|9 W 4000K|12 W 4000K|15 W 6500K",
                    "220 V, Ra 80",
                    "5.20",
                    0.2,
                    pack=50,
                    least_order=10,
                    weight=1.8,
                ),
                Family(
                    "LED-PNL",
                    "LED 面板灯 LED panel",
                    "300×300 18 W|300×600 28 W|600×600 40 W|600×1200 72 W",
                    "4000 K, UGR<19",
                    "42",
                    0.45,
                    pack=5,
                    least_order=2,
                ),
                Family(
                    "LED-STR", "LED 灯带 LED strip", "5 m 2700K|5 m 4000K|5 m RGB", "24 V, IP20", "36", 0.3, pack=20
                ),
            ),
        ),
    ),
)
