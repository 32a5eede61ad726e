"""The catalogs of sentences: ``python -m tests.catalogs`` extracts them from the sources, updates and compiles."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import wms_tui
from wms_tui.domain.texts import DOMAIN, LOCALE_DIR, TRANSLATED

PACKAGE = Path(wms_tui.__file__).parent
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
LAST = 76
"""Columns of a line in a catalog."""
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""A catalog says nothing about when it was made, so that the same sentences are the same file."""


def template() -> Catalog:
    """Every marked string of the package, with the files that it stands in."""
    catalog = Catalog(project="wms-tui", charset="utf-8", creation_date=NEVER, revision_date=NEVER)
    for path in SOURCES:
        place = path.relative_to(PACKAGE).as_posix()
        for _, message, comments, _ in extract("python", BytesIO(path.read_bytes()), keywords={"N_": None}):
            catalog.add(message, locations=[(place, 1)], auto_comments=comments)
    return catalog


def po_path(language: str) -> Path:
    return LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_path(language: str) -> Path:
    return po_path(language).with_suffix(".mo")


def read(language: str) -> Catalog:
    """The catalog as it was translated; an empty one for a language that has none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="wms-tui", creation_date=NEVER, revision_date=NEVER)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def updated(language: str) -> Catalog:
    """The catalog for the strings that there are now: what is gone is left out, what is new has no translation."""
    catalog = read(language)
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def po_text(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=LAST, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    return file.getvalue()


def mo_text(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def main() -> None:
    """Refresh all catalogs and say what is left to translate."""
    for language in TRANSLATED:
        catalog = updated(language)
        po_path(language).parent.mkdir(parents=True, exist_ok=True)
        po_path(language).write_bytes(po_text(catalog))
        mo_path(language).write_bytes(mo_text(catalog))
        missing = [message.id for message in catalog if message.id and not message.string]
        print(f"{language}: {len(catalog)} strings, {len(missing)} without a translation")
        for text in missing:
            print(f"  {text!r}")


if __name__ == "__main__":
    main()
