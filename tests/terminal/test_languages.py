"""The program in Chinese on a real terminal, where a character takes two columns."""

from tests.support.warehouse import PASSWORD
from tests.terminal.conftest import Ledger, add_products
from tests.terminal.harness import ESC, F3, F8, Open, shows, sign_in
from wms_tui.domain.display import width

CHINESE = {"LANG": "zh_CN.UTF-8"}
SIZE = (80, 24)


def test_a_receipt_in_chinese(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    add_products(warehouse_url, {"MLK-250": "纯牛奶 250毫升", "LS-8": "六角螺栓"})
    it = open_terminal(warehouse_url, SIZE, **CHINESE)
    it.wait_for(shows("仓库管理", "用户名", "F10 退出"))
    it.send(sign_in("ken"))
    it.wait_for(shows("主页", "ken (库管员)", "入库", "出库", "调拨", "今日过账"))
    it.send(b"1A1\r12\rMLK-250\rLS-8\r")
    it.wait_for(shows("接受 4", "MLK-250", "纯牛奶 250毫升", "六角螺栓", "+1 pcs LS-8 六角螺栓"))
    it.send(b"NO-SUCH\r")
    it.wait_for(shows("未知代码 NO-SUCH。请检查标签，或按名称查找商品。", "已拒绝：请按 Esc"))
    it.send(b"LS-8\r" + ESC)
    it.wait_for(shows("拒绝后忽略的扫描：1。请重新扫描。"))
    it.send(F8 + F8)
    it.wait_for(shows("已过账，行数：2。"))
    assert ledger.on_hand()["MLK-250", "A1"] == "12"
    it.send(F3)
    it.wait_for("今日过账")
    it.send(b"5\r")
    it.wait_for(shows("全部库存", "数量", "纯牛奶"))
    it.send(ESC + ESC)


def test_the_stock_table_is_aligned(open_terminal: Open, warehouse_url: str):
    add_products(warehouse_url, {"MLK-250": "纯牛奶 250毫升"})
    user = {"WMS_USER": "ada", "WMS_PASSWORD": PASSWORD}
    it = open_terminal(warehouse_url, SIZE, "stock", **CHINESE, **user)
    assert it.wait_for_end() == 0
    shown = it.wait_for(shows("货号", "BOLT"))
    head, row = (line for line in shown.split("\n") if line.strip())
    place = width(head[: head.index("库位")])
    assert row[place : place + 2] == "A1"
    assert width(head[: head.index("现存量")] + "现存量") == row.index("100") + 3


def test_the_help_in_chinese(open_terminal: Open, warehouse_url: str):
    it = open_terminal(warehouse_url, (80, 40), "--help", **CHINESE)
    assert it.wait_for_end() == 0
    it.wait_for(shows("用法： wms", "显示现存量", "退出状态：0 完成，1 被拒绝，2 用法错误。"))
