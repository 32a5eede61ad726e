"""A catalog of any size whose words are as unevenly spread as those of a real one, English and Chinese."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from itertools import accumulate, islice
from typing import Any

from sqlalchemy import Connection

from tests.benchmarks.bulk import Unguarded, run
from wms_tui.domain.searching import marked, pieces, searchable
from wms_tui.services.backend import Backend

WORDS = (
    "螺栓 螺母 垫圈 轴承 水泵 阀门 电缆 接头 开关 灯管 手套 胶带 螺丝刀 扳手 电机 滤芯 弹簧 密封圈 软管 法兰 "
    "Bolt Nut Washer Bearing Pump Valve Cable Connector Switch Lamp Gloves Tape Screwdriver Wrench Motor Filter "
    "Spring Gasket Hose Flange 减速机 继电器 断路器 变压器 传感器 电磁阀 压力表 温度计 流量计 Relay Breaker Sensor",
    "不锈钢 碳钢 黄铜 铝合金 塑料 橡胶 镀锌 尼龙 Stainless Brass Aluminium Rubber Nylon Zinc Plastic 陶瓷",
    "六角 内六角 外六角 平头 圆头 加长 高强度 防水 耐高温 家用 工业用 精密 重型 轻型 自锁 可调 Hexagon Countersunk "
    "Heavy-duty Waterproof Adjustable Precision Industrial Long Short 双头 单向 三相 直角 快装",
    "东方 长城 海天 ACME Bosun 金鹰 Nordwerk 华泰 Kestrel 永固 Lumen 天工 Orbit 飞跃 Sigma 三环",
)
GOODS, MATERIALS, KINDS, BRANDS = (words.split() for words in WORDS)
"""What a name is made of; the first material stands in three of ten names."""
SIZES = [f"M{size}x{length}" for size in (3, 4, 5, 6, 8, 10, 12, 16) for length in range(10, 130, 5)]
TOPS, EACH = 12, 16
"""Categories at the top, and below each of them."""
BINS = 500

Row = tuple[Any, ...]


def skewed(words: list[str]) -> list[float]:
    """Running weights after Zipf: the second word is half as frequent as the first, and so on."""
    return list(accumulate(1 / place for place in range(1, len(words) + 1)))


class Shelves:
    """Products by number, the same ones whenever they are made."""

    def __init__(self, scale: int) -> None:
        self._chance = random.Random(1)
        self._lists = [(words, skewed(words)) for words in (GOODS, MATERIALS, KINDS, BRANDS, SIZES)]
        self._scale = scale

    def name(self) -> str:
        goods, material, kind, brand, size = (
            self._chance.choices(words, cum_weights=weights)[0] for words, weights in self._lists
        )
        return f"{brand} {kind}{goods} {material} {size} {self._chance.randrange(1000)}"

    def product(self, key: int) -> Row:
        """(id, sku, name, category, least, most, active): every 19th is inactive, every third has a minimum."""
        least = 5 * self._scale if key % 3 == 0 else None
        most = 500 * self._scale if key % 7 == 0 else None
        return key, f"{key % 97:02}-{key:07}", self.name(), TOPS + 1 + key % (TOPS * EACH), least, most, key % 19 != 0


def barcode(key: int) -> str:
    """What four of five products have."""
    return f"69{key * 7919 % 10**11:011}" if key % 5 else ""


def categories() -> Iterator[Row]:
    """(id, name, path, parent)"""
    for top in range(TOPS):
        yield top + 1, f"Group {top}", f"Group {top}", None
    for below in range(TOPS * EACH):
        top = below // EACH
        yield TOPS + 1 + below, f"Kind {below}", f"Group {top}/Kind {below}", top + 1


def balances(count: int, scale: int) -> Iterator[Row]:
    """(product, bin's number, quantity): one product of five is in stock, few of them too little or too much."""
    for key in range(5, count + 1, 5):
        quantity = 1 if key % 300 == 0 else 1000 if key % 7000 == 0 else 50
        yield key, key % BINS, quantity * scale


@cache
def _pieces(word: str) -> frozenset[str]:
    return pieces(word)


def indexed(key: int, sku: str, name: str, category: int, active: bool) -> tuple[str, list[str]]:
    """A product's searchable text with its marks, and its pieces, those of its words being made once."""
    names, codes = searchable(name), " ".join(code for code in (sku, barcode(key)) if code)
    said = " ".join(word for word in (sku, names, barcode(key)) if word)
    parts = frozenset().union(pieces(marked(codes, category, active)), *map(_pieces, names.split()))
    return marked(said, category, active), sorted(parts)


def fill(url: str, count: int) -> None:
    """This many products with categories, barcodes, stock and the search index, in a database with people only.

    There are no movements behind the stock: nothing here looks at them.
    """
    with closing(Backend(url)) as backend, backend._engine.connect() as connection:
        write = _into_sqlite if connection.dialect.name == "sqlite" else _into_postgresql
        with Unguarded(connection):
            write(connection, count)


BIN = "INSERT INTO location (code, name, kind, closed) VALUES ('B{n}', '', 'bin', FALSE)"
COLUMNS = {
    "category": "id, name, path, parent_id",
    "product": "id, sku, name, category_id, min_stock, max_stock, active, specification, unit_id, price, tracking, "
    "version, created_at, updated_at",
    "barcode": "code, product_id, quantity",
    "balance": "product_id, location_id, lot_id, quantity",
}
PRODUCTS = "SELECT id, sku, name, category_id, active FROM product ORDER BY id"
PIECES = "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_product_search_pieces'"
THEN = "2020-06-15T10:00:00.000000+00:00"


def _products(count: int, scale: int, money: int) -> Iterator[Row]:
    shelves = Shelves(scale)
    for key in range(1, count + 1):
        yield *shelves.product(key), "", 1, key % 900 * money, "none", 1, THEN, THEN


def _tables(count: int, scale: int, money: int, first_bin: int) -> Iterator[tuple[str, Iterator[Row]]]:
    yield "category", categories()
    yield "product", _products(count, scale, money)
    yield "barcode", ((barcode(key), key, scale) for key in range(1, count + 1) if barcode(key))
    yield "balance", ((key, first_bin + place, 0, quantity) for key, place, quantity in balances(count, scale))


def _bins(connection: Connection) -> int:
    for n in range(BINS):
        run(connection, BIN.format(n=n))
    return connection.exec_driver_sql("SELECT id FROM location WHERE code = 'B0'").scalar_one()


def _found(rows: Iterator[Row]) -> Iterator[tuple[int, str, list[str]]]:
    for key, *known in rows:
        yield key, *indexed(key, *known)


def _into_sqlite(connection: Connection, count: int) -> None:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    for table, rows in _tables(count, 1_000_000, 10_000, _bins(connection)):
        marks = ", ".join("?" * len(COLUMNS[table].split(",")))
        driver.cursor().executemany(f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({marks})", rows)
    found = _found(driver.cursor().execute(PRODUCTS))
    while batch := list(islice(found, 20_000)):
        texts = [(key, said) for key, said, _ in batch]
        driver.cursor().executemany("INSERT INTO product_search VALUES (?, ?)", texts)
        rows = [(key, " ".join(parts)) for key, _, parts in batch]
        driver.cursor().executemany("INSERT INTO product_piece (rowid, pieces) VALUES (?, ?)", rows)


def _into_postgresql(connection: Connection, count: int) -> None:
    driver: Any = connection.connection.dbapi_connection
    run(connection, "SET statement_timeout = 0")
    made = connection.exec_driver_sql(PIECES).scalar_one()
    run(connection, "DROP INDEX ix_product_search_pieces")
    for table, rows in _tables(count, 1, 1, _bins(connection)):
        _copy(driver, f"{table} ({COLUMNS[table]})", rows)
    products = driver.execute(PRODUCTS).fetchall()
    _copy(driver, "product_search (product_id, text, pieces)", _found(iter(products)))
    run(connection, made)
    run(connection, "VACUUM ANALYZE")


def _copy(driver: Any, into: str, rows: Iterator[Row]) -> None:
    with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
