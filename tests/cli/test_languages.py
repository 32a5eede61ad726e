"""The command line in Chinese: help, misuse, tables in columns, files with Chinese headers."""

from __future__ import annotations

import argparse
import re

import pytest

from wms_tui.cli.arguments import Parser
from wms_tui.cli.commands import COMMANDS
from wms_tui.cli.misuse import told
from wms_tui.domain.display import width
from wms_tui.domain.texts import as_written, translator

TRANSLATE = translator("zh_CN")


@pytest.fixture
def chinese(wms, monkeypatch):
    monkeypatch.setenv("WMS_LANG", "zh_CN")
    monkeypatch.setenv("COLUMNS", "80")
    return wms


def test_the_help_is_chinese_and_fits_the_terminal(chinese):
    shown = chinese("--help")
    assert shown.status == 0
    assert shown.out.startswith("用法： wms ")
    assert "选项：" in shown.out and "核对账目" in shown.out
    assert max(map(width, shown.out.splitlines())) <= 80


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_the_help_of_each_command_fits_the_terminal(chinese, command: str):
    shown = chinese(command, "--help")
    assert "显示本帮助" in shown.out
    assert max(map(width, shown.out.splitlines())) <= 80


def test_the_columns_of_the_help_stand_under_each_other(chinese):
    lines = chinese("import", "products", "--help").out.splitlines()
    described = [re.match(r"  (-|文件)\S*( \S+)*  +(?=\S)", line) for line in lines]
    begins = [width(found[0]) for found in described if found]
    assert len(begins) > 4 and len(set(begins)) == 1


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["nonsense"], "wms: 参数 命令：无效的选项：'nonsense'（可选：'init'"),
        (["stock", "--nonsense"], "wms stock: 无法识别的参数：--nonsense"),
        (["stock", "--sku"], "wms stock: 参数 --sku：需要一个值"),
        (["export", "stock"], "wms export: 缺少必需的参数：文件"),
        (["history", "--limit", "0"], "wms history: 参数 --limit：0 不是大于等于 1 的整数"),
        (["--db="], "wms: --db 需要一个 URL"),
    ],
)
def test_misuse_is_told_in_chinese(chinese, argv: list[str], sentence: str):
    shown = chinese(*argv)
    assert shown.status == 2
    assert shown.err.startswith("用法： ") and sentence in shown.err


def test_a_message_of_argparse_that_nobody_knows_stays_as_it_is():
    assert told(TRANSLATE, "something new") == "something new"


def test_english_is_what_argparse_says():
    for message in ("argument --sku: expected one argument", "unrecognized arguments: a b"):
        assert told(as_written, message) == message


def test_nothing_of_the_translation_is_global(capsys):
    Parser(TRANSLATE, "wms x").print_usage()
    argparse.ArgumentParser("other").print_usage()
    assert capsys.readouterr().out.splitlines() == ["用法： wms x [-h]", "usage: other [-h]"]


def test_a_refusal_is_a_chinese_sentence(chinese):
    shown = chinese("stock", "--sku", "NO-SUCH")
    assert shown.status == 1
    assert shown.err == "未知商品 NO-SUCH。请检查货号或条码。\n"


PRODUCTS = "编码,名称,类别,单位,售价,追踪\nL-1,六角螺栓 M8,紧固件,件,1.50,不追踪\nM-1,纯牛奶 250ml,食品,盒,3.20,批次\n"
STOCK = "编码,库位,批次,有效期,数量\nL-1,A1,,,12\nM-1,A1,P240101,2027-01-31,1200\n"


@pytest.fixture
def furnished(chinese, file):
    assert chinese("import", "products", file(PRODUCTS)).out == "新建 2，更改 0，未变 0。\n"
    assert "已过账行数：2" in chinese("import", "stock", file(STOCK, "stock.csv")).out
    return chinese


def test_a_table_with_chinese_names_is_aligned(furnished):
    lines = furnished("stock", "--location", "A1").out.splitlines()
    assert lines[0].split()[:4] == ["货号", "名称", "库位", "批次"]
    quantity = width(lines[0].split("现存量")[0]) + width("现存量")
    ends = [
        width(line[: line.rindex(number) + len(number)])
        for line, number in zip(lines[1:3], ("12", "1200"), strict=True)
    ]
    assert ends == [quantity, quantity]


def test_json_is_the_same_for_every_language(furnished, monkeypatch):
    chinese = furnished("stock", "--json").json
    monkeypatch.setenv("WMS_LANG", "en")
    assert furnished("stock", "--json").json == chinese
    assert {row["quantity"] for row in chinese} == {"12", "1200"}
    assert {row["expires"] for row in chinese} == {None, "2027-01-31"}


def test_an_export_is_the_same_for_every_language_and_comes_back(furnished, tmp_path, monkeypatch):
    furnished("export", "products", "zh.csv")
    monkeypatch.setenv("WMS_LANG", "en")
    furnished("export", "products", "en.csv")
    assert (tmp_path / "zh.csv").read_bytes() == (tmp_path / "en.csv").read_bytes()
    assert furnished("import", "products", "zh.csv", "--json").json["updated"] == 0


def test_seeded_names_are_chinese_and_those_of_the_site_stay(chinese):
    chinese("reason", "add", "BROKEN", "out", "--name", "Stock")
    names = dict(line.split()[:2] for line in chinese("reason", "list").out.splitlines())
    assert names["DAMAGED"] == "报损" and names["BROKEN"] == "Stock"
    assert {row["code"]: row["name"] for row in chinese("reason", "list", "--json").json}["DAMAGED"] == "Damaged"
