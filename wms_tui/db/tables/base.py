"""What all tables share: constraint names that migrations can refer to, and short column declarations."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Table
from sqlmodel import Field, SQLModel

from wms_tui.db.types import Key

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata


def core(model: type[SQLModel]) -> Table:
    """The Core table of a model, for statements."""
    return metadata.tables[str(model.__tablename__)]


def key() -> Any:
    """A primary key given out by the database."""
    return Field(default=None, primary_key=True, sa_type=Key)


def refers(target: str, *, index: bool = False, optional: bool = False, primary: bool = False) -> Any:
    """A foreign key to ``table.column``."""
    return Field(
        **({"default": None} if optional else {}),
        primary_key=primary,
        nullable=optional,
        index=index,
        sa_type=Key,  # type: ignore[call-overload]  # an instance is a type here
        sa_column_args=[ForeignKey(target)],
    )


def column(type_: Any, *, index: bool = False, unique: bool = False, primary: bool = False, **default: Any) -> Any:
    """A column of one of the types of ``db.types`` or SQLAlchemy; nullable only where ``default=None`` is given."""
    optional = "default" in default and default["default"] is None
    return Field(
        **default,
        sa_type=type_,
        index=index,
        unique=unique,
        primary_key=primary,
        nullable=optional,
    )
