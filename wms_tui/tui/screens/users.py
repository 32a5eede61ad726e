"""Users: who may sign in, and in which role."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.errors import BadName, NameTaken, PasswordsDiffer, WeakPassword
from wms_tui.domain.seeded import named, shown_name
from wms_tui.domain.texts import N_
from wms_tui.services import users
from wms_tui.services.users import UserRow
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.screens.account import LANGUAGE_CHOICES
from wms_tui.tui.screens.badges import BadgeForm
from wms_tui.tui.whole_page import WholePage
from wms_tui.tui.widgets.listing import Column, Row

SURE_DISABLE = N_("Disable {name}? Every session of that user ends. F9 again does it, Esc does not.")
NAME, ROLE, LANGUAGE, PASSWORD, AGAIN = "name", "role", "language", "password", "again"


class Users(WholePage[UserRow]):
    """Enter opens a user's role and language."""

    HEADING = N_("Users")
    CHOOSE_FIRST = N_("Choose a user with the arrow keys first.")
    ON_CHOSEN = frozenset({"f4", "f6", "f9", "f10"})
    GUIDE = Guide(
        N_("Everybody who may sign in. Enter changes role and language of the chosen user."),
        (
            Hint("F2", N_("New"), N_("Makes a user.")),
            Hint("F4", N_("Password"), N_("Gives the chosen user a new password; his sessions end.")),
            Hint("F6", N_("Unlock"), N_("Lets the chosen user sign in again at once after wrong passwords.")),
            Hint("F10", N_("Badge"), N_("Gives the chosen user a badge and a PIN, or takes them away.")),
            Hint("F9", N_("On/off"), N_("Disables the chosen user (asks first), or enables him again.")),
            *BROWSING,
        ),
    )

    async def everything(self) -> tuple[UserRow, ...]:
        return await self.client.run(users.list_users)

    async def open_row(self, row: UserRow) -> None:
        await self.open_form(UserForm(row))

    def new_form(self) -> FormPage:
        return NewUserForm()

    async def on_chosen(self, key: str, user: UserRow) -> None:
        if key == "f4":
            await self.open_form(PasswordForm(user.name))
        elif key == "f10":
            await self.open_form(BadgeForm(user))
        elif key == "f6":
            await self.client.run(users.unlock, user.name)
            await self._told(N_("{name} may sign in again."), user.name)
        elif user.active:
            self.ask_first("f9", lambda: self._disable(user.name), self.tr(SURE_DISABLE, name=user.name))
        else:
            await self.client.run(users.enable, user.name)
            await self._told(N_("{name} may sign in again."), user.name)

    async def _disable(self, name: str) -> None:
        await self.client.run(users.disable, name)
        await self._told(N_("{name} is disabled."), name)

    async def _told(self, template: str, name: str) -> None:
        await self.ask_again()
        self.done(self.tr(template, name=name))

    def columns(self, found: Part[UserRow]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("User")), least=8),
            Column(self.tr(N_("Role")), least=6, stretch=True),
            Column(self.tr(N_("Status")), least=6, rank=1),
            Column(self.tr(N_("Badge")), rank=5),
            Column(self.tr(N_("Last sign-in")), least=16, rank=3),
            Column(self.tr(N_("Language")), rank=4),
        )

    def cells(self, row: UserRow) -> Row:
        status = N_("active") if row.active else N_("disabled")
        if row.active and row.locked_until is not None:
            status = N_("locked")
        seen = self.formats.minute(row.last_sign_in) if row.last_sign_in else ""
        role, badge = shown_name(self.shell.translate, row.role), self.tr(N_("yes")) if row.badge else ""
        return (row.name, role, self.tr(status), badge, seen, row.language)

    def summary(self, found: Part[UserRow]) -> str:
        return self.tr(N_("Users: {count}"), count=len(found.rows))


class UserForm(FormPage):
    """Role and language of one user."""

    GUIDE = Guide(N_("A role holds at once, the language from the next sign-in on."), FILLING)

    def __init__(self, user: UserRow) -> None:
        super().__init__()
        self._user = user

    def heading(self) -> str:
        return self._user.name

    async def fields(self) -> tuple[Field, ...]:
        return (
            Field(NAME, N_("User name"), self._user.name, fixed=True),
            Field(ROLE, N_("Role"), self._user.role, choices=await role_choices(self)),
            Field(LANGUAGE, N_("Language"), self._user.language, choices=LANGUAGE_CHOICES),
        )

    async def save(self, values: Mapping[str, str]) -> None:
        name = self._user.name
        if ROLE in self.changed_fields:
            await self.client.run(users.set_role, users.SetRole(name, values[ROLE]))
            self.original[ROLE] = values[ROLE]
        if LANGUAGE in self.changed_fields:
            await self.client.run(users.set_language, users.SetLanguage(name, values[LANGUAGE]))
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{name} is saved."), name=name))


class PasswordForm(FormPage):
    """A new password for somebody who has forgotten his."""

    GUIDE = Guide(N_("Type the new password twice. Tell it to the user, who should change it."), FILLING)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._user_name = name

    def heading(self) -> str:
        return self._user_name

    async def fields(self) -> tuple[Field, ...]:
        return password_fields()

    def blamed(self, error: Exception) -> str:
        return PASSWORD

    async def save(self, values: Mapping[str, str]) -> None:
        check_same(values)
        await self.client.call(users.set_password, self._user_name, values[PASSWORD])
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{name} has a new password."), name=self._user_name))


class NewUserForm(FormPage):
    """A user to make."""

    HEADING = N_("New user")
    GUIDE = Guide(N_("Type the password twice. Tell it to the user, who should change it."), FILLING)

    async def fields(self) -> tuple[Field, ...]:
        choices = await role_choices(self)
        return (
            Field(NAME, N_("User name"), about=N_("Letters, digits, dots, hyphens and underscores.")),
            Field(ROLE, N_("Role"), choices[-1].value, choices=choices),
            *password_fields(),
        )

    def blamed(self, error: Exception) -> str:
        if isinstance(error, BadName | NameTaken):
            return NAME
        return PASSWORD if isinstance(error, WeakPassword | PasswordsDiffer) else ROLE

    async def save(self, values: Mapping[str, str]) -> None:
        check_same(values)
        name = values[NAME].strip()
        await self.client.call(users.add, name, values[ROLE], values[PASSWORD])
        await self.shell.back()
        told = N_("User {name} is made, with the role {role}.")
        self.shell.page.done(self.tr(told, name=name, role=named(values[ROLE])))


async def role_choices(page: FormPage) -> tuple[Choice, ...]:
    """Every role."""
    return tuple(Choice(name, named(name)) for name in await page.client.run(users.role_names))


def password_fields() -> tuple[Field, ...]:
    return (
        Field(PASSWORD, N_("New password"), secret=True),
        Field(AGAIN, N_("New password again"), secret=True),
    )


def check_same(values: Mapping[str, str]) -> None:
    """Raise ``PasswordsDiffer``."""
    if values[PASSWORD] != values[AGAIN]:
        raise PasswordsDiffer
