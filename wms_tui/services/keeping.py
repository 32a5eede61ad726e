"""Keeping the checkpoint of a clean audit, in short transactions beside the one that reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from wms_tui.db import checkpoint, faults, seals
from wms_tui.db.checkpoint import Clean, Sum
from wms_tui.db.horizon import Heights
from wms_tui.db.transaction import Tx
from wms_tui.db.verify_scope import FULL
from wms_tui.domain.errors import WmsError
from wms_tui.services.backend import Backend

MAY_NOT = "42501"
"""The SQLSTATE of a role that may only read."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """A checkpoint for what the audit's transaction ``tx`` sees up to the heights; it goes on from ``since``."""

    backend: Backend
    tx: Tx
    since: Clean | None
    heights: Heights

    def keep(self) -> bool:
        """Write it; False where the database cannot be written to, or somebody else has written one."""
        try:
            return self._kept()
        except WmsError:
            return False
        except Exception as error:
            if faults.sqlstate(error) != MAY_NOT:
                raise
            return False

    def _kept(self) -> bool:
        version = self.backend.work(lambda own: checkpoint.begin(own.connection, self.since, self.tx.now))
        if version is None:
            return False
        scope = self.since.scope if self.since else FULL
        series = checkpoint.series(self.tx.connection, scope, self.heights)
        for piece in checkpoint.slices(self.tx.connection, scope, self.heights):
            if not self.backend.work(partial(self._put, version, *piece)):
                return False
        return self.backend.work(partial(self._finish, version, series))

    def _put(self, version: int, above: int | None, up_to: int | None, sums: list[Sum], own: Tx) -> bool:
        if not checkpoint.is_ours(own.connection, version):
            return False
        if self.since is None:
            checkpoint.replace(own.connection, above, up_to, sums)
        else:
            checkpoint.add(own.connection, sums)
        return True

    def _finish(self, version: int, series: list[checkpoint.Series], own: Tx) -> bool:
        if not checkpoint.is_ours(own.connection, version):
            return False
        newest = seals.newest(self.tx.connection)
        last = newest[0].id if newest else 0
        clean = Clean(version, self.tx.now, self.heights.document, self.heights.movement, last)
        checkpoint.finish(own.connection, clean, series)
        return True
