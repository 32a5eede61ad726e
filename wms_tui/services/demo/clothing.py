"""The clothing department: work clothes and protection."""

from __future__ import annotations

from wms_tui.services.demo.family import Department, Family

_SIZES = "S|M|L|XL|2XL"

CLOTHING = Department(
    "服装 Clothing",
    "C",
    "1.70",
    ("衡山劳保", "Taibu Shoes"),
    (
        (
            "工作服 Workwear",
            (
                Family(
                    "JKT-WRK", "工作服上衣 Work jacket", _SIZES, "蓝 blue, 65/35", "58", 0.02, pack=20, least_order=5
                ),
                Family("TRS-WRK", "工作裤 Work trousers", _SIZES, "蓝 blue, 65/35", "46", 0.02, pack=20, least_order=5),
                Family(
                    "TSH-COT", "短袖 T 恤 T-shirt", _SIZES, "棉 cotton 180 g", "15.50", 0.02, pack=50, least_order=10
                ),
                Family(
                    "JKT-RFL",
                    "反光背心 Safety vest",
                    "M|L|XL|2XL",
                    "EN ISO 20471",
                    "9.90",
                    0.02,
                    pack=50,
                    least_order=10,
                ),
                Family("JKT-RAN", "雨衣 Rain suit", "L|XL|2XL", "PVC", "38", 0.03, pack=20, least_order=2, weight=0.5),
            ),
        ),
        (
            "劳保鞋 Safety shoes",
            (
                Family(
                    "SHO-S1P",
                    "安全鞋 Safety shoes S1P",
                    "38|39|40|41|42|43|44|45",
                    "钢头 steel toe",
                    "118",
                    0.0,
                    unit="pair",
                    pack=10,
                    least_order=2,
                    weight=1.1,
                ),
                Family(
                    "BOT-RUB",
                    "雨靴 Rubber boots",
                    "39|40|41|42|43|44",
                    "耐油 oil resistant",
                    "42",
                    0.0,
                    unit="pair",
                    pack=10,
                    least_order=2,
                    weight=0.6,
                ),
            ),
        ),
        (
            "手套防护 Gloves & protection",
            (
                Family(
                    "GLV-NIT",
                    "丁腈手套 Nitrile-coated gloves",
                    "7 S|8 M|9 L|10 XL",
                    "EN 388 4121",
                    "4.60",
                    0.02,
                    unit="pair",
                    pack=120,
                    least_order=24,
                    weight=1.8,
                ),
                Family(
                    "GLV-LEA",
                    "皮手套 Leather gloves",
                    "9 L|10 XL",
                    "牛皮 cowhide",
                    "16",
                    0.02,
                    unit="pair",
                    pack=60,
                    least_order=12,
                    weight=0.9,
                ),
                Family(
                    "HEL-ABS", "安全帽 Safety helmet", "白 white|黄 yellow|红 red|蓝 blue", "ABS", "22", 0.0, pack=20
                ),
                Family(
                    "GLS-SAF",
                    "护目镜 Safety glasses",
                    "透明 clear|灰 grey",
                    "EN 166",
                    "8.80",
                    0.1,
                    pack=100,
                    least_order=10,
                ),
                Family(
                    "EAR-PLG",
                    "耳塞 Ear plugs",
                    "200 副 200 pairs|带绳 corded 100 pairs",
                    "SNR 34 dB",
                    "58",
                    0.1,
                    unit="box",
                    pack=10,
                    least_order=2,
                    weight=0.7,
                ),
            ),
        ),
    ),
)
