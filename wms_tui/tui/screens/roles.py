"""Roles: which permissions go together, and who has them."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.access import ADMIN_ROLE
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.roles import NAMES, ChangeRole, NewRole, RoleRow
from wms_tui.domain.seeded import kept_name, named, shown_name
from wms_tui.domain.texts import N_
from wms_tui.services import roles
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.whole_page import WholePage
from wms_tui.tui.widgets.listing import Column, Row

SURE = N_("Remove the role {role}? F9 again does it, Esc does not.")
NAME, YES, NO = "name", "yes", "no"
YES_NO = (Choice(YES, N_("Yes")), Choice(NO, N_("No")))


class Roles(WholePage[RoleRow]):
    """Enter opens what a role may do."""

    HEADING = N_("Roles")
    CHOOSE_FIRST = N_("Choose a role with the arrow keys first.")
    ON_CHOSEN = frozenset({"f4", "f9"})
    GUIDE = Guide(
        N_("What each role may do. Enter shows and changes the chosen one; everybody who has it is affected at once."),
        (
            Hint("F2", N_("New"), N_("Makes a role that may do nothing yet.")),
            Hint("F4", N_("Copy"), N_("Makes a role that may do what the chosen one may.")),
            Hint("F9", N_("Remove"), N_("Removes the chosen role, if nobody has it; asks first.")),
            *BROWSING,
        ),
    )

    async def everything(self) -> tuple[RoleRow, ...]:
        return await self.client.run(roles.list_roles)

    def _named(self, role: RoleRow) -> str:
        return shown_name(self.shell.translate, role.name)

    async def open_row(self, row: RoleRow) -> None:
        await self.open_form(RoleForm(row))

    def new_form(self) -> FormPage:
        return NewRoleForm()

    async def on_chosen(self, key: str, row: RoleRow) -> None:
        if key == "f4":
            await self.open_form(NewRoleForm(row.name))
        else:
            self._ask_to_remove(row.name)

    def _ask_to_remove(self, name: str) -> None:
        async def carry_out() -> None:
            await self.client.run(roles.remove, name)
            await self.ask(self.wanted)
            self.done(self.tr(N_("{what} is removed."), what=named(name)))

        self.ask_first("f9", carry_out, self.tr(SURE, role=named(name)))

    def columns(self, found: Part[RoleRow]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Role")), least=8, stretch=True),
            Column(self.tr(N_("Users")), right=True),
            Column(self.tr(N_("Permissions")), right=True, rank=1),
        )

    def cells(self, row: RoleRow) -> Row:
        grouped = self.formats.grouped
        return (self._named(row), grouped(row.users), grouped(len(row.permissions)))

    def summary(self, found: Part[RoleRow]) -> str:
        return self.tr(N_("Roles: {count}"), count=len(found.rows))


class NewRoleForm(FormPage):
    """A name for a new role; what it may do is asked for next."""

    HEADING = N_("New role")
    GUIDE = Guide(N_("Name the role after the work that it does."), FILLING)

    def __init__(self, copy_of: str = "") -> None:
        super().__init__()
        self._copy_of = copy_of

    async def fields(self) -> tuple[Field, ...]:
        copied = (
            (Field("copied", N_("Copy of"), shown_name(self.shell.translate, self._copy_of), fixed=True),)
            if self._copy_of
            else ()
        )
        return (Field(NAME, N_("Name")), *copied)

    async def save(self, values: Mapping[str, str]) -> None:
        made = await self.client.run(roles.add, NewRole(values[NAME], self._copy_of))
        await self.shell.replace(RoleForm(made))
        self.shell.page.done(self.tr(N_("Role {role} is made. Set what it may do."), role=made.name))


class RoleForm(FormPage):
    """A role's name and its permissions, each with yes or no."""

    GUIDE = Guide(
        N_("The arrow keys left and right say yes or no. Who has the role may do it at once, or no longer."), FILLING
    )

    def __init__(self, role: RoleRow) -> None:
        super().__init__()
        self._role = role

    def heading(self) -> str:
        return self.tr(N_("Role {role}"), role=named(self._role.name))

    async def fields(self) -> tuple[Field, ...]:
        fixed = self._role.name == ADMIN_ROLE
        held = self._role.permissions
        return (
            Field(NAME, N_("Name"), shown_name(self.shell.translate, self._role.name), fixed=fixed),
            *(
                Field(permission.value, title, YES if permission in held else NO, "", YES_NO, fixed=fixed, group=group)
                for permission, (group, title) in NAMES.items()
            ),
        )

    async def save(self, values: Mapping[str, str]) -> None:
        name = kept_name(self.shell.translate, self._role.name, values[NAME])
        wanted = frozenset(permission for permission in NAMES if values[permission.value] == YES)
        request = ChangeRole(self._role.name, self._role.version, name, wanted)
        saved = await self.client.run(roles.change, request)
        await self.shell.back()
        self.shell.page.done(self.tr(N_("Role {role} is saved."), role=named(saved.name)))
