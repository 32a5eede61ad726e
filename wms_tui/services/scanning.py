"""Scanned codes looked up in the catalog and among the locations."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.barcodes import Result, Rules, resolve
from wms_tui.services.codes import KnownHere, rules_of
from wms_tui.services.use_cases import use_case


@dataclass(frozen=True, slots=True)
class Scan:
    """A code as the scanner sent it, and how this site reads codes."""

    raw: str
    rules: Rules


@use_case(Permission.STOCK_VIEW, writes=False)
def what_is(tx: Tx, actor: Actor, request: Scan) -> Result:
    """What a code stands for here; an unknown one is a result as well."""
    return resolve(request.raw, _rules(tx, request.rules), KnownHere(tx))


def _rules(tx: Tx, asked: Rules) -> Rules:
    """The site's rules, with what only this device's scanner sends."""
    site = rules_of(tx)
    fnc1 = tuple(dict.fromkeys((*site.fnc1, *asked.fnc1)))
    return replace(site, today=asked.today, fnc1=fnc1, restricted=site.restricted or asked.restricted)
