"""GS1 Digital Link: the parts of a code written as a web address (GS1 Digital Link Standard: URI Syntax)."""

from __future__ import annotations

from wms_tui.domain import barcode_errors as errors
from wms_tui.domain.barcodes.associations import check_together
from wms_tui.domain.barcodes.elements import element
from wms_tui.domain.barcodes.identifiers import identifier
from wms_tui.domain.barcodes.readings import Element
from wms_tui.domain.barcodes.visible import visible

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
    from urllib.parse import unquote

    address, _, _ = text.partition("#")
    path, _, query = address.partition("?")
    segments = [unquote(segment) for segment in path.split("/")[3:]]
    found = _path_elements(segments)
    for pair in query.replace(";", "&").split("&"):
        name, _, value = pair.partition("=")
        known = identifier(name)
        if known is not None:
            found.append(element(known, _padded(name, unquote(value.replace("+", "%20")))))
    return check_together(tuple(found))


def _path_elements(segments: list[str]) -> list[Element]:
    start = _key_place(segments)
    rest = segments[start:]
    if rest and not rest[-1]:
        rest.pop()
    if len(rest) % 2:
        raise errors.WrongLink(segment=visible(rest[-1]))
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    _check_order([name for name, _ in pairs])
    found = []
    for name, value in pairs:
        known = identifier(name)
        assert known is not None
        found.append(element(known, _padded(name, value)))
    return found


def _key_place(segments: list[str]) -> int:
    """Where the primary key stands: the first one whose rest is made of pairs, else the first."""
    places = [place for place, name in enumerate(segments[:-1]) if name in _QUALIFIERS]
    if not places:
        raise errors.LinkWithoutKey
    even = [place for place in places if (len(segments) - place) % 2 == 0]
    return (even or places)[0]


def _check_order(names: list[str]) -> None:
    key, *qualifiers = names
    for allowed in _QUALIFIERS[key]:
        left = iter(allowed)
        if all(name in left for name in qualifiers):
            return
    raise errors.WrongLink(segment=visible("/".join(qualifiers)))


def _padded(ai: str, value: str) -> str:
    """A GTIN may stand in a link in any of its lengths."""
    return value.zfill(14) if ai in {"01", "02"} and len(value) in {8, 12, 13} else value
