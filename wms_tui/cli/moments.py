"""Times on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import datetime, timedelta

from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_, Translate

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def moment(translate: Translate, end_of_day: bool = False) -> Callable[[str], datetime]:
    """A reader of times in UTC, or with their zone; a day alone is its beginning, or its end."""

    def read(text: str) -> datetime:
        from wms_tui.services.importing.moments import read_moment

        try:
            found = read_moment(text, translate(N_("time")))
        except WmsError as error:
            raise ArgumentTypeError(error.text(translate)) from error
        return found + (DAY - INSTANT) if end_of_day and ":" not in text else found

    return read
