"""The category tree."""

from __future__ import annotations

from wms_tui.db import catalog_editing as db
from wms_tui.db.transaction import Tx
from wms_tui.domain import catalog_errors as errors
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.catalog import AddCategory, Category, CategoryRef, ChangeCategory
from wms_tui.domain.posting import check_text
from wms_tui.domain.product_fields import MOST_LABEL, MOST_PATH
from wms_tui.domain.texts import N_
from wms_tui.services.use_cases import use_case


@use_case(Permission.CATALOG_VIEW, writes=False)
def tree(tx: Tx, actor: Actor, request: None) -> tuple[Category, ...]:
    """All categories, each before those below it, siblings by name."""
    found = sorted(tx.all(db.CATEGORIES), key=lambda row: row[0].split("/"))
    return tuple(Category(path, name, path.count("/"), products) for path, name, products in found)


@use_case(Permission.CATALOG_EDIT)
def add(tx: Tx, actor: Actor, request: AddCategory) -> Category:
    """Make a category. Raises ``NoCategory`` for its parent, ``CategoryTaken``."""
    parent = _node(tx, request.parent) if request.parent else None
    name = _name(request.name)
    path = _free(tx, request.parent, name)
    tx.run(db.ADD_CATEGORY, name=name, path=path, parent_id=parent.category_id if parent else None)
    tx.note("add category", path)
    return Category(path, name, path.count("/"), 0)


@use_case(Permission.CATALOG_EDIT)
def change(tx: Tx, actor: Actor, request: ChangeCategory) -> Category:
    """Rename or move a category with all below it. Raises ``CategoryInItself``, ``CategoryTaken``, ``NoCategory``."""
    node = _node(tx, request.path)
    above = request.path.rpartition("/")[0] if request.parent is None else request.parent
    if f"{above}/".startswith(f"{request.path}/"):
        raise errors.CategoryInItself(path=request.path)
    name = _name(request.name)
    parent = _node(tx, above) if above else None
    path = f"{above}/{name}" if above else name
    if path != request.path:
        _free(tx, above, name)
        tx.run(
            db.SET_CATEGORY,
            category=node.category_id,
            name=name,
            path=path,
            parent_id=parent.category_id if parent else None,
        )
        for key, inside in tx.all(db.INSIDE, inside=f"{request.path}/"):
            tx.run(db.SET_PATH, category=key, path=_short(path + inside[len(request.path) :]))
        tx.note("change category", path, {"path": request.path}, {"path": path})
    return Category(path, name, path.count("/"), 0)


@use_case(Permission.CATALOG_EDIT)
def remove(tx: Tx, actor: Actor, request: CategoryRef) -> None:
    """Delete a category that nothing is in. Raises ``CategoryNotEmpty``, ``NoCategory``."""
    node = _node(tx, request.path)
    if db.number(tx, db.USED_CATEGORY, category=node.category_id):
        raise errors.CategoryNotEmpty(path=request.path)
    tx.run(db.REMOVE_CATEGORY, category=node.category_id)
    tx.note("remove category", request.path)


def _node(tx: Tx, path: str) -> db.CategoryNode:
    found = db.category(tx, path)
    if found is None:
        raise errors.NoCategory(path=path)
    return found


def _name(name: str) -> str:
    name = name.strip()
    if not name:
        raise errors.FieldMissing(field=N_("Name"))
    if "/" in name:
        raise errors.SlashInName(name=name)
    check_text(N_("Name"), name, MOST_LABEL)
    return name


def _free(tx: Tx, parent: str, name: str) -> str:
    path = _short(f"{parent}/{name}" if parent else name)
    if db.category(tx, path):
        raise errors.CategoryTaken(path=path)
    return path


def _short(path: str) -> str:
    check_text(N_("Category"), path, MOST_PATH)
    return path
