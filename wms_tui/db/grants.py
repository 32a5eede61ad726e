"""What the application's role may do on PostgreSQL: work, but neither change the ledger nor the tables themselves.

Which tables are only ever appended to is read from their triggers, so that no table of a later migration is forgotten.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from wms_tui.db.schema import VERSION_TABLE

FORBIDDEN = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
"""What nobody but the owner may do to a table that is only ever appended to."""

TABLES = """
    SELECT relname, EXISTS (
        SELECT FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE tgrelid = pg_class.oid AND proname = 'wms_append_only'
    )
    FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace ORDER BY relname
"""
NOT_OWNED = """
    SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
    AND NOT pg_has_role(relowner, 'USAGE')
"""
STRENGTH = """
    SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls OR EXISTS (
        SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND pg_has_role(pg_roles.oid, relowner, 'MEMBER')
    )
    FROM pg_roles WHERE rolname = :role
"""
MAKES_ROLES = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
GRANTED = """
    SELECT DISTINCT rolname FROM pg_class, aclexplode(relacl) AS entry JOIN pg_roles ON pg_roles.oid = grantee
    WHERE pg_class.oid = to_regclass('document') AND privilege_type = 'INSERT' AND grantee <> relowner ORDER BY rolname
"""


def owns_everything(connection: Connection) -> bool:
    """Whether this connection may grant: a grant by somebody else is no error to PostgreSQL, and does nothing."""
    return not connection.exec_driver_sql(NOT_OWNED).scalar_one()


def strength(connection: Connection, role: str) -> bool | None:
    """Whether a role can do more than grants give it: a superuser, an owner, their member. None where there is none."""
    return connection.execute(text(STRENGTH), {"role": role}).scalar()


def may_make_roles(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql(MAKES_ROLES).scalar())


def make(connection: Connection, role: str) -> None:
    connection.exec_driver_sql(f"CREATE ROLE {_quoted(connection, role)} LOGIN")


def set_password(connection: Connection, role: str, password: str) -> None:
    """Give a role its password, hashed here: statements stand in the server's log."""
    driver = connection.connection.driver_connection
    assert driver is not None
    secret = driver.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    connection.exec_driver_sql(f"ALTER ROLE {_quoted(connection, role)} PASSWORD '{secret}'")


def grant(connection: Connection, role: str) -> None:
    """Let the role do all that the application does, and nothing beyond; safe to repeat."""
    name, schema = _quoted(connection, role), _quoted(connection, _one(connection, "current_schema()"))
    database = _quoted(connection, _one(connection, "current_database()"))
    tables = connection.exec_driver_sql(TABLES).all()
    for statement in (
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {name}",
        f"GRANT CONNECT ON DATABASE {database} TO {name}",
        f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {name}",
        *(f"REVOKE ALL ON {_quoted(connection, table)} FROM {name}" for table, _ in tables),
        *(f"GRANT {rights(table, kept)} ON {_quoted(connection, table)} TO {name}" for table, kept in tables),
    ):
        connection.exec_driver_sql(statement)


def rights(table: str, append_only: bool) -> str:
    """The privileges of the application on a table."""
    if table == VERSION_TABLE:
        return "SELECT"
    return "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"


def excess(connection: Connection, role: str) -> list[str]:
    """Tables of the ledger that the role could change all the same, by other roles' or everybody's rights."""
    held = " OR ".join(f"has_table_privilege(:role, relid, '{verb}')" for verb in FORBIDDEN)
    sql = f"""
        SELECT relid::text FROM (
            SELECT DISTINCT tgrelid::regclass AS relid FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
            JOIN pg_class ON pg_class.oid = tgrelid
            WHERE proname = 'wms_append_only' AND relnamespace = current_schema()::regnamespace
        ) AS kept WHERE {held} OR has_any_column_privilege(:role, relid, 'UPDATE') ORDER BY 1
    """  # noqa: S608 - put together from constants
    return list(connection.execute(text(sql), {"role": role}).scalars())


def granted(connection: Connection) -> list[str]:
    """The roles that may post, other than the owner; none on SQLite."""
    if connection.dialect.name == "sqlite":
        return []
    return list(connection.exec_driver_sql(GRANTED).scalars())


def grant_again(connection: Connection, roles: list[str]) -> None:
    """Extend what roles were granted to tables that were made since."""
    for role in roles:
        grant(connection, role)


def _one(connection: Connection, expression: str) -> str:
    return str(connection.exec_driver_sql(f"SELECT {expression}").scalar_one())


def _quoted(connection: Connection, name: str) -> str:
    """A name in quotation marks, as the driver takes it."""
    return connection.dialect.identifier_preparer.quote_identifier(name)
