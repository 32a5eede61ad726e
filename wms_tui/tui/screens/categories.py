"""The category tree: to pick from, and to keep."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from wms_tui.domain.access import Permission
from wms_tui.domain.catalog import AddCategory, Category, CategoryRef, ChangeCategory
from wms_tui.domain.catalog_errors import CategoryInItself, NoCategory
from wms_tui.domain.enquiry import PAGE
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.searching import searchable, words
from wms_tui.domain.texts import N_
from wms_tui.services import categories
from wms_tui.tui.browse_page import BROWSING, BrowsePage
from wms_tui.tui.form_page import FILLING, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.widgets.listing import Column, Row

NAME, PARENT = "name", "parent"
NOTHING = N_("No category fits this.")
SURE = N_("Remove category {path}? F9 again does it, Esc does not.")
CHOOSE_FIRST = N_("Choose a category with the arrow keys first.")


@dataclass(frozen=True, slots=True)
class CategoriesQuery:
    """All come at once: a site has some hundreds."""

    text: str = ""
    after: None = None
    limit: int = PAGE


class Categories(BrowsePage[CategoriesQuery, Category]):
    """Enter picks a category; ``picked`` is told its path, or an empty one for all."""

    LIVE = True
    HEADING = N_("Categories")

    def __init__(self, picked: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(CategoriesQuery())
        self._picked = picked

    def guide(self) -> Guide:
        keeping = (
            Hint("F2", N_("New"), N_("Makes a category, under the chosen one if there is one.")),
            Hint("F4", N_("Edit"), N_("Renames the chosen category, or moves it with all below it.")),
            Hint("F9", N_("Remove"), N_("Removes the chosen category, if it is empty; asks first.")),
        )
        may = self.client.operator.may(Permission.CATALOG_EDIT)
        about = N_("Enter shows the products of the chosen category; Enter without one shows those of all.")
        return Guide(about, (*(keeping if may else ()), *BROWSING))

    def prompt(self) -> str:
        return self.tr(N_("Find"))

    def typed(self, text: str) -> CategoriesQuery:
        return replace(self.wanted, text=text.strip())

    async def entered(self, text: str) -> None:
        if text or self.chosen:
            await super().entered(text)
        else:
            await self._pick("")

    async def open_row(self, row: Category) -> None:
        await self._pick(row.path)

    async def _pick(self, path: str) -> None:
        await self.shell.back()
        await self._picked(path)

    async def fetch(self, query: CategoriesQuery) -> Part[Category]:
        wanted = words(query.text)
        found = await self.client.run(categories.tree)
        return Part(tuple(node for node in found if all(word in searchable(node.path) for word in wanted)))

    async def command(self, key: str) -> None:
        edits = self.client.operator.may(Permission.CATALOG_EDIT)
        if key == "f2" and edits:
            await self._open_form(CategoryForm(None, self.chosen.path if self.chosen else ""))
        elif key in {"f4", "f9"} and edits and self.chosen is None:
            self.warn(self.tr(CHOOSE_FIRST))
        elif key == "f4" and edits and self.chosen:
            await self._open_form(CategoryForm(self.chosen.path))
        elif key == "f9" and edits and self.chosen:
            self._ask_to_remove(self.chosen.path)
        else:
            await super().command(key)

    async def _open_form(self, form: CategoryForm) -> None:
        self.stale = True
        await self.shell.go(form)

    def _ask_to_remove(self, path: str) -> None:
        async def carry_out() -> None:
            await self.client.run(categories.remove, CategoryRef(path))
            await self.ask(self.wanted)
            self.done(self.tr(N_("{what} is removed."), what=path))

        self.ask_first("f9", carry_out, self.tr(SURE, path=path))

    def columns(self, found: Part[Category]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Category")), least=12, stretch=True),
            Column(self.tr(N_("Products")), right=True),
        )

    def cells(self, row: Category) -> Row:
        name = f"{'  ' * row.depth}{row.name}" if not self.wanted.text else row.path
        return (name, self.formats.grouped(row.products) if row.products else "")

    def summary(self, found: Part[Category]) -> str:
        return self.tr(N_("All categories")) if found.rows else self.tr(NOTHING)


class CategoryForm(FormPage):
    """A new category, or the name and place of one."""

    GUIDE = Guide(N_("The category above is given from the top, with slashes; empty for the top."), FILLING)

    def __init__(self, path: str | None, parent: str = "") -> None:
        super().__init__()
        self._path = path
        self._above = parent if path is None else path.rpartition("/")[0]

    def heading(self) -> str:
        return self.tr(N_("New category")) if self._path is None else self._path

    async def fields(self) -> tuple[Field, ...]:
        name = self._path.rpartition("/")[2] if self._path else ""
        return (Field(NAME, N_("Name"), name), Field(PARENT, N_("Category above"), self._above))

    def blamed(self, error: Exception) -> str:
        return PARENT if isinstance(error, NoCategory | CategoryInItself) else NAME

    async def save(self, values: Mapping[str, str]) -> None:
        name, parent = values[NAME], values[PARENT].strip().strip("/")
        if self._path is None:
            saved = await self.client.run(categories.add, AddCategory(name, parent))
        else:
            saved = await self.client.run(categories.change, ChangeCategory(self._path, name, parent))
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{path} is saved."), path=saved.path))
