"""The history of posted documents."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

from wms_tui.db import access as people
from wms_tui.db import documents
from wms_tui.db import history as history_db
from wms_tui.db.transaction import Tx
from wms_tui.domain import lots
from wms_tui.domain.access import Actor, Permission, name_key
from wms_tui.domain.barcodes import visible
from wms_tui.domain.barcodes.visible import CONTROLS
from wms_tui.domain.enquiry import MOST_PAGE, DetailLine, DocumentDetail, DocumentRow, HistoryQuery, LotRemark, Page
from wms_tui.domain.errors import NotFound
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.texts import N_
from wms_tui.services import codes
from wms_tui.services.door import holds
from wms_tui.services.stock import stored_codes
from wms_tui.services.use_cases import use_case


@use_case(Permission.HISTORY_VIEW, writes=False)
def page(tx: Tx, actor: Actor, query: HistoryQuery) -> Page[DocumentRow]:
    """A page of documents, newest first; a free text is taken for what it names.

    Raises ``UnknownProduct`` and ``UnknownLocation`` for codes that are named as such.
    """
    query = replace(query, text=codes.entered(query.text), limit=max(1, min(query.limit, MOST_PAGE)))
    query, understood = _understood(tx, _checked(tx, query))
    found = documents.page(tx, query)
    rows = tuple(_row(values) for values in found[: query.limit])
    return Page(rows, rows[-1].document_id if len(found) > query.limit else None, understood)


@use_case(Permission.HISTORY_VIEW, writes=False)
def detail(tx: Tx, actor: Actor, number: str) -> DocumentDetail:
    """One document with its movements; unit cost only for who may see it. Raises ``NotFound``."""
    header = documents.header(tx, number)
    if header is None:
        raise NotFound(what=N_("document"), code=number)
    document_id, shown, kind, *rest, reverses, reversed_by = header
    sees_cost = holds(tx, actor, Permission.COST_VIEW)
    lines = tuple(_line(sees_cost, values) for values in documents.lines(tx, document_id))
    remarks = tuple(_remark(action, said) for action, said in documents.remarks(tx, shown, list(lots.REMARKS)))
    return DocumentDetail(*(shown, DocumentKind(kind), *rest, reverses or "", reversed_by or "", lines, remarks))


def _checked(tx: Tx, query: HistoryQuery) -> HistoryQuery:
    """The query with codes as they are stored."""
    sku, location = stored_codes(tx, query.sku, query.location)
    return replace(query, sku=sku, location=location)


def _understood(tx: Tx, query: HistoryQuery) -> tuple[HistoryQuery, str]:
    """A free text as a document number, a product, a location, a user, else the start of a reference."""
    text = query.text
    if not text:
        return query, ""
    if not CONTROLS.search(text) and history_db.document(tx, text):
        return query, "document"
    if goods := codes.goods(tx, text):
        return replace(query, sku=goods.sku, text=""), "product"
    if place := codes.place(tx, text):
        return replace(query, location=place.code, text=""), "location"
    text = visible(text)
    if people.account(tx, name_key(text)):
        return replace(query, user=text, text=""), "user"
    return replace(query, reference=text, text=""), "reference"


def _row(values: tuple[Any, ...]) -> DocumentRow:
    document_id, number, kind, *rest = values
    return DocumentRow(*(document_id, number, DocumentKind(kind), *rest))


def _remark(action: str, said: str) -> LotRemark:
    known = {field.name for field in fields(LotRemark)}
    return LotRemark(action=action, **{name: value for name, value in json.loads(said).items() if name in known})


def _line(sees_cost: bool, values: tuple[Any, ...]) -> DetailLine:
    *shown, reason, unit_cost = values
    return DetailLine(*(*shown, reason or "", unit_cost if sees_cost else None))
