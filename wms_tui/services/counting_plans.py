"""Beginning a count: from locations, categories and products to the places where it is counted."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from wms_tui.db import catalog, locations
from wms_tui.db import catalog_editing as categories
from wms_tui.db import counting as db
from wms_tui.db.transaction import Tx
from wms_tui.domain import counting_errors as errors
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.catalog_errors import NoCategory
from wms_tui.domain.counting import MOST_CODES, MOST_NAME, CountPlan, CountState, NewCount
from wms_tui.domain.errors import UnknownLocation, UnknownProduct
from wms_tui.domain.posting import check_text
from wms_tui.domain.texts import N_
from wms_tui.services.counting import MOST_SUBJECT, one_plan
from wms_tui.services.use_cases import use_case

MOST_TITLE = 60


@use_case(Permission.COUNT)
def begin(tx: Tx, actor: Actor, request: NewCount) -> CountPlan:
    """Make a plan. Raises ``NothingToCount``, ``NothingThere``, ``TooManyCodes``, and what is unknown."""
    named = (*request.locations, *request.categories, *request.products)
    if not named:
        raise errors.NothingToCount
    if len(named) > MOST_CODES:
        raise errors.TooManyCodes(most=MOST_CODES)
    name = request.name.strip() or _title(named)
    check_text(N_("name"), name, MOST_NAME)
    plan_id = _add(tx, actor, request, name)
    _add_scope(tx, plan_id, request)
    places = _places(tx, plan_id, request)
    if not places:
        raise errors.NothingThere
    tx.many(db.ADD_BIN, [{"plan_id": plan_id, "location_id": place} for place in sorted(places)])
    tx.note("begin count", f"#{plan_id} {name}"[:MOST_SUBJECT], after={"scope": list(named), "locations": len(places)})
    return one_plan(tx, plan_id)


def _add(tx: Tx, actor: Actor, request: NewCount, name: str) -> int:
    row = tx.one(
        db.ADD_PLAN,
        name=name,
        state=CountState.COUNTING.value,
        anywhere=not request.locations,
        filtered=bool(request.categories or request.products),
        request_id=f"count-{secrets.token_hex(16)}",
        user_id=actor.user_id,
        created_at=tx.now,
        approved_by=None,
        approved_at=None,
        document_id=None,
    )
    assert row is not None
    return int(row[0])


def _add_scope(tx: Tx, plan_id: int, request: NewCount) -> None:
    products = _products(tx, request.products)
    scope = [{"plan_id": plan_id, "product_id": key, "category_id": None} for key in sorted(products)]
    scope += [
        {"plan_id": plan_id, "product_id": None, "category_id": _category(tx, path)} for path in request.categories
    ]
    tx.many(db.ADD_SCOPE, scope)


def _products(tx: Tx, codes: Sequence[str]) -> set[int]:
    known = catalog.goods(tx, list(codes)) if codes else {}
    for code in codes:
        if code not in known:
            raise UnknownProduct(code=code)
    return {goods.product_id for goods in known.values()}


def _category(tx: Tx, path: str) -> int:
    found = categories.category(tx, path)
    if found is None:
        raise NoCategory(path=path)
    return found.category_id


def _places(tx: Tx, plan_id: int, request: NewCount) -> set[int]:
    """Where it is counted: at the locations named and below; else wherever the products are by the books."""
    if not request.locations:
        return db.holding(tx, plan_id)
    known = locations.places(tx, list(request.locations))
    for code in request.locations:
        if code not in known:
            raise UnknownLocation(code=code)
    return db.real_below(tx, [place.code for place in known.values()])


def _title(named: Sequence[str]) -> str:
    """A plan that was given no name is called after the first of what it counts."""
    title = ""
    for code in named:
        longer = f"{title}, {code}" if title else code
        if len(longer) > MOST_TITLE:
            return f"{title or code[:MOST_TITLE]}, …"
        title = longer
    return title
