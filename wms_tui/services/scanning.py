"""Scanned codes looked up in the catalog and among the locations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wms_tui.db import catalog, locations
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.barcodes import Result, Rules, resolve
from wms_tui.domain.locations import Place
from wms_tui.domain.products import Goods
from wms_tui.services.use_cases import use_case


@dataclass(frozen=True, slots=True)
class KnownHere:
    """What the database knows, for ``domain.barcodes.resolve``."""

    tx: Tx

    def products(self, codes: Sequence[str]) -> Mapping[str, Goods]:
        return catalog.goods(self.tx, codes)

    def places(self, codes: Sequence[str]) -> Mapping[str, Place]:
        return locations.places(self.tx, codes)


@dataclass(frozen=True, slots=True)
class Scan:
    """A code as the scanner sent it, and how this site reads codes."""

    raw: str
    rules: Rules


@use_case(Permission.STOCK_VIEW, writes=False)
def what_is(tx: Tx, actor: Actor, request: Scan) -> Result:
    """What a code stands for here; an unknown one is a result as well."""
    return resolve(request.raw, request.rules, KnownHere(tx))
