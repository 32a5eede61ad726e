"""Writes generated parts in the four forms that carry them, for the round trip."""

from __future__ import annotations

from urllib.parse import quote

from wms_tui.domain.barcodes.identifiers import table
from wms_tui.domain.barcodes.visible import GS

Parts = list[tuple[str, str]]


def element_string(parts: Parts, fnc1: str = GS) -> str:
    """Each part that has no fixed length is ended, the last one too, as some scanners do."""
    return "".join(ai + value + ("" if table()[ai].length else fnc1) for ai, value in parts)


def bracketed(parts: Parts) -> str:
    return "".join(f"({ai})" + value.replace("(", "\\(") for ai, value in parts)


def link(parts: Parts) -> str:
    """The key and its qualifiers in the path, the rest as the query."""
    key, path = parts[0], []
    for name in ("22", "10", "21"):
        path += [part for part in parts if part[0] == name and key[0] == "01"]
    query = [part for part in parts[1:] if part not in path]
    whole = "".join(f"/{ai}/{quote(value, safe='')}" for ai, value in [key, *path])
    asked = "&".join(f"{ai}={quote(value, safe='')}" for ai, value in query)
    return f"https://id.example.com{whole}" + (f"?{asked}" if asked else "")
