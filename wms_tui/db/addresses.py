"""Database addresses: what libpq understands of a URL is understood here, and passwords are never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from wms_tui.domain.database_errors import NotOurDatabase

_SERVER = re.compile(
    r"postgres(?:ql)?(?:\+psycopg)?://(?P<user>[^/?]*@)?(?P<hosts>[^/?]*)(?P<rest>/[^?]*)?(?P<query>\?.*)?"
)
_HOST = re.compile(r"(?P<host>\[[^\]]*\]|[^:]*)(?::(?P<port>\d*))?")
_SECRET = re.compile("//.*@")
"""User and password in a URL that cannot be understood."""


def parse(url: str) -> URL:
    """The address of a SQLite file or of one or several PostgreSQL servers. Raises ``NotOurDatabase`` for others.

    ``postgresql://user@h1:5432,h2:5433/name?target_session_attrs=read-write`` names servers to be tried in turn.
    """
    try:
        parsed = make_url(_for_sqlalchemy(url))
        known = parsed.get_backend_name() in {"sqlite", "postgresql"}
    except (ArgumentError, ValueError) as error:
        raise NotOurDatabase(where=_SECRET.sub("//***@", url)) from error
    if not known:
        raise NotOurDatabase(where=parsed.render_as_string(hide_password=True))
    return parsed if parsed.get_backend_name() == "sqlite" else parsed.set(drivername="postgresql+psycopg")


def shown(url: str) -> str:
    """The address as it may be shown: a file's path, or the servers and the name, without password and parameters."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        return parsed.database or ":memory:"
    named = parsed.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
    hosts = ",".join(_hosts_of(parsed))
    start, end = named.rsplit("/", 1) if parsed.database else (named.rstrip("/"), "")
    return f"{start if parsed.host else start + hosts}/{end}"


def _for_sqlalchemy(url: str) -> str:
    """SQLAlchemy knows several hosts only as parameters, and ``postgres://`` not at all."""
    found = _SERVER.fullmatch(url)
    if found is None:
        return url
    user, hosts, rest, query = (found[name] or "" for name in ("user", "hosts", "rest", "query"))
    if "," not in hosts:
        return f"postgresql://{user}{hosts}{rest}{query}"
    places = [_HOST.fullmatch(part) for part in hosts.split(",")]
    if not all(places):
        raise ValueError(hosts)
    names = ",".join(place["host"].strip("[]") for place in places if place)
    ports = ",".join(place["port"] or "" for place in places if place)
    more = f"host={names}" + (f"&port={ports}" if ports.strip(",") else "")
    return f"postgresql://{user}{rest or '/'}{query}{'&' if query else '?'}{more}"


def _hosts_of(url: URL) -> Iterator[str]:
    """The hosts that stand in the parameters, each with its port."""
    hosts, ports = (_values(url, name) for name in ("host", "port"))
    for place, host in enumerate(hosts):
        port = ports[place] if place < len(ports) else ""
        yield f"[{host}]" * (":" in host) + host * (":" not in host) + (f":{port}" if port else "")


def _values(url: URL, name: str) -> list[str]:
    value = url.query.get(name, "")
    return (
        [part for text in ([value] if isinstance(value, str) else value) for part in text.split(",")] if value else []
    )
