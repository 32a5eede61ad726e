"""What holds for the whole site, and what all codes and names that people give have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from wms_tui.db import setup as db
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.display import DANGEROUS
from wms_tui.domain.errors import BadCharacters
from wms_tui.domain.posting import check_text
from wms_tui.domain.reading_rules import (
    MOST_RULES,
    READING,
    checked_fnc1,
    checked_prefixes,
    checked_restricted,
)
from wms_tui.domain.setup import (
    MOST_NAME,
    BadCurrency,
    ChangeSettings,
    CodeMissing,
    NameMissing,
    SettingsChanged,
    SiteSettings,
    parse_currency,
    parse_days,
)
from wms_tui.domain.texts import N_
from wms_tui.services.backend import Backend
from wms_tui.services.use_cases import use_case


def site(backend: Backend) -> SiteSettings:
    """What holds for the whole site, also before anybody has signed in."""
    return backend.work(stored, writes=False)


@use_case(Permission.SETUP_EDIT, writes=False)
def settings(tx: Tx, actor: Actor, _request: None) -> SiteSettings:
    return stored(tx)


@use_case(Permission.SETUP_EDIT)
def change(tx: Tx, actor: Actor, request: ChangeSettings) -> SiteSettings:
    """Set what holds for the site. Raises ``SettingsChanged``, ``BadCurrency``, ``BadDays``, ``BadText``, and what
    ``reading_rules`` refuses.
    """
    before = stored(tx)
    if before != request.before:
        raise SettingsChanged
    after = _checked(request.after)
    old, new = differing(asdict(before), asdict(after))
    tx.many(db.PUT_SETTING, [{"name": name, "value": str(value)} for name, value in new.items()])
    if new:
        tx.note("change settings", "", old, new)
    return after


def stored(tx: Tx) -> SiteSettings:
    """The settings of the database; what nobody has set is as it was made."""
    values = dict(tx.all(db.SETTINGS))
    default = SiteSettings()
    return SiteSettings(
        name=values.get("name", default.name),
        currency=values.get("currency", default.currency),
        expiry_days=int(values.get("expiry_days", default.expiry_days)),
        **{name: values.get(name, getattr(default, name)) for name in READING},
    )


def _checked(wanted: SiteSettings) -> SiteSettings:
    currency = parse_currency(wanted.currency)
    if currency:
        from babel.numbers import is_currency

        if not is_currency(currency):
            raise BadCurrency(text=currency)
    name = checked_name(wanted.name, MOST_NAME, needed=False)
    fnc1, restricted = checked_fnc1(wanted.fnc1), checked_restricted(wanted.restricted)
    check_text(N_("rules"), restricted, MOST_RULES)
    prefixes = checked_prefixes(wanted.command_prefix, wanted.badge_prefix)
    return SiteSettings(name, currency, parse_days(str(wanted.expiry_days)), fnc1, *prefixes, restricted)


def differing(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """What the audit tells of a change: before and after, of what is not the same."""
    names = [name for name in new if new[name] != old[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}


def checked_code(code: str, most: int) -> str:
    """A code as it is kept. Raises ``CodeMissing``, ``BadText``, ``BadCharacters``."""
    code = code.strip()
    if not code:
        raise CodeMissing
    check_text(N_("code"), code, most)
    if DANGEROUS.search(code):
        raise BadCharacters
    return code


def checked_name(name: str, most: int, needed: bool = True) -> str:
    """A name as it is kept. Raises ``NameMissing``, ``BadText``, ``BadCharacters``."""
    name = " ".join(name.split())
    if needed and not name:
        raise NameMissing
    check_text(N_("name"), name, most)
    if DANGEROUS.search(name):
        raise BadCharacters
    return name
