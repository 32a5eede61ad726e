"""GS1 Digital Link: the parts of a code written as a web address (GS1 Digital Link Standard: URI Syntax)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from wms_tui.domain import barcode_errors as errors
from wms_tui.domain.barcodes.associations import check_together
from wms_tui.domain.barcodes.digits import is_digits
from wms_tui.domain.barcodes.elements import element
from wms_tui.domain.barcodes.identifiers import identifier
from wms_tui.domain.barcodes.readings import Element
from wms_tui.domain.barcodes.visible import visible

_DOMAIN = re.compile(r"[A-Za-z0-9.:\[\]-]+", re.ASCII)
SCHEMES = ("https://", "http://", "HTTPS://", "HTTP://")

_QUALIFIERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "01": (("22", "10", "21"), ("235",)),
    "8006": (("22", "10", "21"),),
    "414": (("254",), ("7040",)),
    "415": (("8020",),),
    "417": (("7040",),),
    "8004": (("7040",),),
    "8010": (("8011",),),
    "8017": (("8019",),),
    "8018": (("8019",),),
    **dict.fromkeys(("00", "253", "255", "401", "402", "8003", "8013"), ((),)),
}
"""By primary key: the sequences of qualifiers that may follow it, in this order."""


def is_link(text: str) -> bool:
    """Whether the text is a web address, with its scheme in small letters or in capitals as QR codes write it."""
    return text.startswith(SCHEMES)


def split_link(text: str) -> tuple[Element, ...]:
    """The parts that an address names, key first. Raises ``BadGs1Code``."""
    address, _, _ = text.partition("#")
    path, _, query = address.partition("?")
    _, _, domain, *segments = path.split("/")
    if not _DOMAIN.fullmatch(domain):
        raise errors.WrongLink(segment=visible(domain))
    pairs = _path_pairs([unquote(segment) for segment in segments])
    names = [name for name, _ in pairs]
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if is_digits(name):
            _check_query(names, [given for given, _ in pairs], name)
            pairs.append((name, unquote(value.replace("+", "%20"))))
    return check_together(tuple(_element(name, value) for name, value in pairs))


def _path_pairs(segments: list[str]) -> list[tuple[str, str]]:
    """The last primary key of the path with its qualifiers; before it anything may stand."""
    ends = range(len(segments) - 2, -1, -2)
    start = next((place for place in ends if segments[place] in _QUALIFIERS), None)
    if start is None:
        raise errors.LinkWithoutKey
    pairs = list(zip(segments[start::2], segments[start + 1 :: 2], strict=True))
    if not _in_order([name for name, _ in pairs]):
        raise errors.WrongLink(segment=visible("/".join(name for name, _ in pairs)))
    return pairs


def _in_order(names: list[str]) -> bool:
    key, *qualifiers = names
    lefts = (iter(allowed) for allowed in _QUALIFIERS[key])
    return any(all(name in left for name in qualifiers) for left in lefts)


def _check_query(names: list[str], given: list[str], name: str) -> None:
    """A qualifier has its place in the path, and nothing is said twice."""
    belongs = any(_in_order([*names[:place], name, *names[place:]]) for place in range(1, len(names) + 1))
    if name in given or belongs:
        raise errors.WrongLink(segment=visible(f"?{name}"))


def _element(name: str, value: str) -> Element:
    known = identifier(name)
    if known is None:
        raise errors.UnknownIdentifier(ai=visible(name))
    return element(known, _padded(name, value))


def _padded(ai: str, value: str) -> str:
    """A GTIN may stand in a link in any of its lengths."""
    return value.zfill(14) if ai in {"01", "02"} and len(value) in {8, 12, 13} else value
