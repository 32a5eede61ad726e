"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from wms_tui.domain.quantities import MONEY_PLACES, QUANTITY_PLACES

Key = BigInteger().with_variant(Integer(), "sqlite")
"""An id that the database gives out."""


class Exact(TypeDecorator[Decimal]):
    """A decimal with a fixed number of places: NUMERIC on PostgreSQL, a scaled 64-bit integer on SQLite.

    SQLite has no decimal type and would keep a binary float. A value with more places is refused with ``ValueError``,
    never rounded in silence.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__(precision=38, scale=places)
        self.places = places

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(38, self.places))

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        whole = _scaler(self.places)(value)
        return whole if dialect.name == "sqlite" else Decimal(value)

    def bind_processor(self, dialect: Dialect) -> Any:
        """On SQLite without a detour: a large document binds thousands of them."""
        return _scaler(self.places) if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        return _unscaler(self.places)(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """On SQLite as direct."""
        return _unscaler(self.places) if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


@cache
def _unscaler(places: int) -> Callable[[int | None], Decimal | None]:
    """Turns whole parts of so many places back into a number."""

    @lru_cache(maxsize=4096)
    def unscaled(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-places)

    return unscaled


@cache
def _scaler(places: int) -> Callable[[Decimal | int | None], int | None]:
    """Turns a number into whole parts of so many places; remembers, since the same few are written again and again."""

    @lru_cache(maxsize=4096)
    def scaled(value: Decimal | int | None) -> int | None:
        if value is None:
            return None
        exact = Decimal(value).scaleb(places)
        whole = int(exact)
        if whole != exact:
            raise ValueError(f"{value} has more than {places} decimals")
        return whole

    return scaled


class Moment(TypeDecorator[datetime]):
    """A UTC moment: TIMESTAMP WITH TIME ZONE on PostgreSQL, sortable ISO text with microseconds on SQLite."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return _as_text(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


@lru_cache(maxsize=64)
def _as_text(moment: datetime) -> str:
    """One transaction writes the same moment into several rows."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


Quantity = Exact(QUANTITY_PLACES)
Money = Exact(MONEY_PLACES)
