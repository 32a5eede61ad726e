"""The data model, on SQLModel. Importing this package registers every table."""

from wms_tui.db.tables.access import Role, RolePermission, SignInFailure, SignInSession, User
from wms_tui.db.tables.audit import AuditEvent
from wms_tui.db.tables.base import core, metadata
from wms_tui.db.tables.catalog import Barcode, Category, PriceChange, Product, ProductUnit, Unit
from wms_tui.db.tables.counting import CountBin, CountDesk, CountLine, CountPlan, CountScan, CountScope, CountUnknown
from wms_tui.db.tables.devices import Device
from wms_tui.db.tables.entry import Draft, DraftScan
from wms_tui.db.tables.labels import LabelJob, LabelPrinter
from wms_tui.db.tables.locations import Location
from wms_tui.db.tables.movements import NO_LOT, Balance, Counter, Document, Lot, Movement, Reason
from wms_tui.db.tables.seals import Checkpoint, CheckpointSeries, CheckpointSum, Seal, SealPiece
from wms_tui.db.tables.setup import Partner, Setting

__all__ = [
    "NO_LOT",
    "AuditEvent",
    "Balance",
    "Barcode",
    "Category",
    "Checkpoint",
    "CheckpointSeries",
    "CheckpointSum",
    "CountBin",
    "CountDesk",
    "CountLine",
    "CountPlan",
    "CountScan",
    "CountScope",
    "CountUnknown",
    "Counter",
    "Device",
    "Document",
    "Draft",
    "DraftScan",
    "LabelJob",
    "LabelPrinter",
    "Location",
    "Lot",
    "Movement",
    "Partner",
    "PriceChange",
    "Product",
    "ProductUnit",
    "Reason",
    "Role",
    "RolePermission",
    "Seal",
    "SealPiece",
    "Setting",
    "SignInFailure",
    "SignInSession",
    "Unit",
    "User",
    "core",
    "metadata",
]
