"""The small warehouse of the tests: three people, two bins, and a product of every sort."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from argon2 import PasswordHasher

from wms_tui.db import access as people
from wms_tui.db import catalog_index
from wms_tui.db.tables import Barcode, Location, Lot, Product, ProductUnit, Unit
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.roles import ChangeRole
from wms_tui.services import access, roles
from wms_tui.services.backend import Backend
from wms_tui.services.door import record

PASSWORD = "harbour-lantern-47-quilt"
USERS = {"ada": "admin", "ken": "keeper", "kim": "keeper", "fay": "finance"}
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes in a millisecond instead of 100."""


@lru_cache(maxsize=1)
def password_hash() -> str:
    """One hash for everybody."""
    return access.new_hash(PASSWORD, "")


def add_users(backend: Backend) -> None:
    def job(tx: Tx) -> None:
        for name, role in USERS.items():
            access.add(tx, name, password_hash(), role)
        record(tx, None, "")

    backend.work(job)


def signed_in(backend: Backend, name: str, terminal: str = "test") -> Actor:
    """A session without the password, whose check takes 0.1 s."""
    account = backend.work(lambda tx: people.account(tx, name), writes=False)
    assert account is not None
    return access.open_session(backend, account, terminal)


def add_catalog(backend: Backend) -> None:
    """Products BOLT (barcodes, cartons of 24), LOTTED, MILK (expires), SERIAL, OLD (inactive), FLOUR (kg); two bins."""
    backend.work(_add_catalog)


def _add_catalog(tx: Tx) -> None:
    pcs = tx.session.get(Unit, 1)
    carton, kilogram = Unit(code="carton", decimals=False), Unit(code="kg")
    tx.session.add_all([carton, kilogram])
    tx.session.flush()
    assert pcs is not None
    pcs.decimals = True  # tests of quantities move halves of bolts
    products = {
        sku: _product(tx, sku, pcs.id, **more)
        for sku, more in {
            "BOLT": {"name": "Bolt M8", "cost": Decimal("0.25")},
            "NUT": {"name": "Nut M8"},
            "LOTTED": {"name": "Resin", "tracking": "lot"},
            "MILK": {"name": "牛奶", "tracking": "expiry"},
            "SERIAL": {"name": "Drill", "tracking": "serial", "cost": Decimal("80")},
            "OLD": {"name": "Old bolt", "active": False},
        }.items()
    }
    products["FLOUR"] = _product(tx, "FLOUR", kilogram.id, name="Flour")
    tx.session.add_all(products.values())
    tx.session.flush()
    bolt = products["BOLT"].id
    tx.session.add_all(
        [
            ProductUnit(product_id=bolt, unit_id=carton.id, factor=Decimal(24)),
            Barcode(code="4006381333931", product_id=bolt),
            Barcode(code="14006381333938", product_id=bolt, unit_id=carton.id),
            Barcode(code="BOLT-BAG", product_id=bolt, quantity=Decimal(10)),
            Lot(product_id=products["LOTTED"].id, number="L1"),
            Lot(product_id=products["MILK"].id, number="M1", expires=date(2026, 12, 31)),
            Lot(product_id=products["MILK"].id, number="GONE", expires=date(2026, 6, 1)),
            Location(code="ZONE", kind="zone"),
            Location(code="AISLE", kind="aisle"),
            Location(code="A1", kind="bin"),
            Location(code="A2", kind="bin"),
            Location(code="SHUT", kind="bin", closed=True),
        ]
    )

    tx.session.flush()
    catalog_index.refresh(tx, [product.id for product in products.values()])


def _product(tx: Tx, sku: str, unit_id: int | None, **more) -> Product:
    return Product(sku=sku, unit_id=unit_id, created_at=tx.now, updated_at=tx.now, **more)


def allow(backend: Backend, admin: Actor, role: str, *more: Permission) -> None:
    """Have a role hold more than it comes with."""
    stored = next(row for row in backend.run(roles.list_roles, admin, None) if row.name == role)
    request = ChangeRole(role, stored.version, role, stored.permissions | frozenset(more))
    backend.run(roles.change, admin, request)
