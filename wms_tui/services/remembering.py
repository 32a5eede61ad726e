"""What a process remembers of products and locations, so that posting needs not ask for them each time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from wms_tui.db.entry_together import SeenDraft
from wms_tui.db.remembering import Versioned, Wanted, look_up
from wms_tui.db.transaction import Tx
from wms_tui.domain.errors import WmsError
from wms_tui.domain.locations import Place
from wms_tui.domain.movements import KINDS, DocumentKind, Line, MovementKind, PostDocument
from wms_tui.services import ways
from wms_tui.services.planning import Planned
from wms_tui.services.resolving import Known, active_reasons
from wms_tui.services.ways import Usual

MOST_REMEMBERED = 50_000
"""Products, locations, and what lines have in common; beyond, remembering begins anew."""


@dataclass(frozen=True, slots=True)
class Learned:
    """``known`` is what documents are made from; ``versions`` those of the products, and ``drafts``, by id."""

    known: Planned
    versions: dict[int, int]
    drafts: dict[int, SeenDraft]


class Memory:
    """Products by SKU, and locations by code, as they were when last looked up. Safe to use from several threads.

    Barcodes are not kept: one may go over to another product, whose version says nothing of it.
    """

    def __init__(self) -> None:
        self._skus: dict[str, Versioned] = {}
        self._places: dict[str, Place] = {}
        self._usual: dict[tuple[str | None, ...], Usual] = {}

    def forget(self) -> None:
        self._usual, self._skus, self._places = {}, {}, {}

    def usual(self, kind: DocumentKind, line: Line) -> Usual | None:
        """What a line has in common with others like it; None where it is unusual, or not all of it is remembered."""
        if line.lot or line.reason or line.override or line.passed:
            return None
        usual = self._usual  # another thread may forget meanwhile
        like_it = (kind, line.code, line.source, line.target, line.unit)
        found = usual.get(like_it)
        if found is None and kind in KINDS and (recalled := self._recall(KINDS[kind], line)):
            with suppress(WmsError):
                found = usual[like_it] = ways.usual(KINDS[kind], *recalled, line)
        return found

    def _recall(self, rule: MovementKind, line: Line) -> tuple[Known, int] | None:
        """What a line names, and the version of its product; None where not all of that is remembered."""
        versioned = self._skus.get(line.code)
        if versioned is None or line.unit not in {None, versioned[0].unit}:
            return None
        codes = (line.source or rule.default_source or "", line.target or rule.default_target or "")
        places = {code: place for code in codes if (place := self._places.get(code))}
        return (Known({line.code: versioned[0]}, places), versioned[1]) if len(places) == len(codes) else None

    def learn(self, tx: Tx, requests: Sequence[PostDocument], drafts: Collection[int] = ()) -> Learned:
        """What the requests and the drafts of these ids name, as far as it exists.

        What is not remembered is looked up in one question; drafts always are, with all that they name.
        """
        if len(self._skus) + len(self._places) + len(self._usual) > MOST_REMEMBERED:
            self.forget()
        skus, places = self._skus, self._places  # another thread may forget meanwhile
        known, barcodes, seen = Planned(), {}, {}
        wanted = _wanted(skus, places, requests, drafts)
        if any((wanted.codes, wanted.places, wanted.lots, wanted.units, wanted.reasons, wanted.drafts)):
            found = look_up(tx, wanted)
            self._usual = {}
            skus |= found.skus
            places |= found.places
            barcodes, known.units, known.lots, seen = found.barcodes, found.units, found.lots, found.drafts
            known.reasons = active_reasons(found.reasons)
        documents = [*requests, *(draft.document for draft in seen.values())]
        named = {code for document in documents for code in _place_codes(document)}
        known.places = {code: places[code] for code in named if code in places}
        versions = {}
        for code in {line.code for document in documents for line in document.lines}:
            versioned = skus.get(code) or barcodes.get(code)
            if versioned:
                known.goods[code], versions[versioned[0].product_id] = versioned[0], versioned[1]
        return Learned(known, versions, seen)


def _wanted(
    skus: Mapping[str, Versioned],
    places: Mapping[str, Place],
    requests: Sequence[PostDocument],
    drafts: Collection[int],
) -> Wanted:
    """What is to be looked up beside what is remembered."""
    lines = [line for request in requests for line in request.lines]
    codes = {line.code for line in lines}
    lots = {line.lot.strip() for line in lines if line.lot}
    packed = any(_may_be_packed(skus, line) for line in lines)
    return Wanted(
        codes=[code for code in codes if code not in skus],
        places=[
            code for code in {code for request in requests for code in _place_codes(request)} if code not in places
        ],
        named=codes if lots or packed else (),
        lots=lots,
        units=packed,
        reasons=any(KINDS[request.kind].needs_reason for request in requests),
        drafts=drafts,
    )


def _may_be_packed(skus: Mapping[str, Versioned], line: Line) -> bool:
    known = skus.get(line.code)
    return bool(line.unit) and (known is None or known[0].unit != line.unit)


def _place_codes(request: PostDocument) -> Iterable[str]:
    rule = KINDS[request.kind]
    named = (code for line in request.lines for code in (line.source, line.target))
    return (code for code in (*named, rule.default_source, rule.default_target) if code)
