"""Views that somebody made over our tables, such as an auditor's: they go with the tables, and come back after them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

VIEWS = """
    SELECT pg_class.oid, pg_class.oid::regclass::text, pg_get_viewdef(pg_class.oid) FROM pg_class
    WHERE relkind = 'v' AND relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e') ORDER BY pg_class.oid
"""
RIGHTS = """
    SELECT privilege_type, CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
    FROM pg_class, aclexplode(relacl) AS entry WHERE pg_class.oid = {oid} AND grantee <> relowner
"""


@dataclass(frozen=True, slots=True)
class View:
    """``rights`` are (privilege, quoted role)."""

    name: str
    definition: str
    rights: tuple[tuple[str, str], ...]


def remembered(connection: Connection) -> list[View]:
    """The views of the schema, those that others build on first; none on SQLite, where they outlive their tables."""
    if connection.dialect.name == "sqlite":
        return []
    found = connection.exec_driver_sql(VIEWS).all()
    return [View(name, told, _rights(connection, oid)) for oid, name, told in found]


def _rights(connection: Connection, oid: int) -> tuple[tuple[str, str], ...]:
    return tuple((verb, role) for verb, role in connection.exec_driver_sql(RIGHTS.format(oid=int(oid))))


def bring_back(connection: Connection, views: list[View]) -> None:
    """Make the views that are gone."""
    there = {view.name for view in remembered(connection)}
    for view in views:
        if view.name not in there:
            definition = view.definition.replace("%", "%%")
            connection.exec_driver_sql(f"CREATE VIEW {view.name} AS {definition}")
            for verb, role in view.rights:
                connection.exec_driver_sql(f"GRANT {verb} ON {view.name} TO {role}")
