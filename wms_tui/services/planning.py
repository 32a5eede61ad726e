"""What documents are made from, and the lots that they need and are not there: made by the statement that posts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from wms_tui.db.movements import NewLot
from wms_tui.db.transaction import Tx
from wms_tui.services.resolving import Known


@dataclass(slots=True)
class Planned(Known):
    """``made`` holds lots by stand-in, a negative id; ``dated`` the expiry dates that lots are to be given, by id."""

    made: dict[int, NewLot] = field(default_factory=dict)
    dated: dict[int, date] = field(default_factory=dict)

    def make_lot(self, tx: Tx, lot: NewLot) -> int:
        stand_in = -1 - len(self.made)
        self.made[stand_in] = lot
        return stand_in

    def date_lot(self, tx: Tx, lot_id: int, expires: date) -> None:
        if lot_id in self.made:
            self.made[lot_id] = self.made[lot_id]._replace(expires=expires)
        else:
            self.dated[lot_id] = expires

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Of a document that is refused nothing stays planned."""
        before = dict(self.lots), dict(self.made), dict(self.dated)
        try:
            yield
        except BaseException:
            self.lots, self.made, self.dated = before
            raise
