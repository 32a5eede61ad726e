"""A document of the made-up history, and who posts it."""

from __future__ import annotations

from dataclasses import dataclass

from wms_tui.domain.movements import PostDocument

PICKER, RECEIVER = "jun", "lan"
"""The two keepers: one serves customers, the other takes in what comes."""


@dataclass(frozen=True, slots=True)
class Posting:
    """``undone`` says why the document is reversed a little later, where it is."""

    keeper: str
    document: PostDocument
    undone: str = ""
