"""The base of lists that come whole: a site has some hundreds of them, and what is typed is looked for in all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Generic, TypeVar

from wms_tui.domain.enquiry import PAGE
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.searching import searchable, words
from wms_tui.domain.texts import N_
from wms_tui.tui.browse_page import BrowsePage
from wms_tui.tui.form_page import FormPage

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Whole:
    """Rows that hold all words of ``text``."""

    text: str = ""
    after: None = None
    limit: int = PAGE


class WholePage(BrowsePage[Whole, Found], Generic[Found]):
    """Enter opens the chosen row, F2 a form for a new one; keys of ``ON_CHOSEN`` act on the chosen row."""

    LIVE = True
    ON_CHOSEN: ClassVar[frozenset[str]] = frozenset({"f9"})
    CHOOSE_FIRST: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__(Whole())

    async def everything(self) -> tuple[Found, ...]:
        """All rows, from the service."""
        raise NotImplementedError

    def prompt(self) -> str:
        return self.tr(N_("Find"))

    def typed(self, text: str) -> Whole:
        return replace(self.wanted, text=text.strip())

    async def fetch(self, query: Whole) -> Part[Found]:
        wanted, found = words(query.text), await self.everything()
        if wanted:
            found = tuple(row for row in found if all(word in searchable(" ".join(self.cells(row))) for word in wanted))
        return Part(found)

    def new_form(self) -> FormPage:
        """What F2 opens."""
        raise NotImplementedError

    async def on_chosen(self, key: str, row: Found) -> None:
        """Take a key of ``ON_CHOSEN``."""

    async def command(self, key: str) -> None:
        if key == "f2":
            await self.open_form(self.new_form())
        elif key not in self.ON_CHOSEN:
            await super().command(key)
        elif self.chosen is None:
            self.warn(self.tr(self.CHOOSE_FIRST))
        else:
            await self.on_chosen(key, self.chosen)

    async def open_form(self, form: FormPage) -> None:
        """Show a form; the list is read again afterwards."""
        self.stale = True
        self.say("")
        await self.shell.go(form)
