"""The typed location tree: which kinds there are and which of them hold stock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wms_tui.domain.texts import N_


class LocationKind(StrEnum):
    WAREHOUSE = "warehouse"
    ZONE = "zone"
    AISLE = "aisle"
    BIN = "bin"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    LOSS = "loss"
    SCRAP = "scrap"
    TRANSIT = "transit"


REAL = frozenset({LocationKind.AISLE, LocationKind.BIN})
"""Kinds that hold stock, and so have a balance."""

STRUCTURE = frozenset({LocationKind.WAREHOUSE, LocationKind.ZONE})
"""Kinds that only group others."""

VIRTUAL = frozenset(LocationKind) - REAL - STRUCTURE
"""Kinds that stand for the world outside; their sum balances the ledger."""

KIND_NAMES: dict[LocationKind, str] = {
    LocationKind.WAREHOUSE: N_("warehouse"),
    LocationKind.ZONE: N_("zone"),
    LocationKind.AISLE: N_("aisle"),
    LocationKind.BIN: N_("bin"),
    LocationKind.SUPPLIER: N_("supplier"),
    LocationKind.CUSTOMER: N_("customer"),
    LocationKind.LOSS: N_("loss location"),
    LocationKind.SCRAP: N_("scrap location"),
    LocationKind.TRANSIT: N_("transit location"),
}

PARENTS: dict[LocationKind, frozenset[LocationKind]] = {
    LocationKind.WAREHOUSE: frozenset(),
    LocationKind.ZONE: frozenset({LocationKind.WAREHOUSE, LocationKind.ZONE}),
    LocationKind.AISLE: frozenset({LocationKind.WAREHOUSE, LocationKind.ZONE}),
    LocationKind.BIN: frozenset({LocationKind.WAREHOUSE, LocationKind.ZONE, LocationKind.AISLE}),
}
"""Under which kinds a kind may stand; virtual kinds stand at the top."""

SUPPLIER_CODE = "SUPPLIER"
CUSTOMER_CODE = "CUSTOMER"
LOSS_CODE = "LOSS"

SEED: tuple[tuple[str, str, LocationKind, str | None], ...] = (
    ("MAIN", N_("Main warehouse"), LocationKind.WAREHOUSE, None),
    (SUPPLIER_CODE, N_("Suppliers"), LocationKind.SUPPLIER, None),
    (CUSTOMER_CODE, N_("Customers"), LocationKind.CUSTOMER, None),
    (LOSS_CODE, N_("Stock differences"), LocationKind.LOSS, None),
    ("SCRAP", N_("Scrap"), LocationKind.SCRAP, None),
    ("TRANSIT", N_("In transit"), LocationKind.TRANSIT, None),
)
"""What a new database starts with: code, name, kind, parent."""


@dataclass(frozen=True, slots=True)
class Place:
    """A location as movements see it."""

    location_id: int
    code: str
    name: str
    kind: LocationKind
    closed: bool

    @property
    def is_real(self) -> bool:
        return self.kind in REAL
