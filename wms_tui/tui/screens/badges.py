"""Badges and PINs: those that the administrator gives out, and the operator's own PIN."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.badges import (
    BadBadge,
    BadgeMissing,
    BadgeTaken,
    PinsDiffer,
    WeakPin,
    check_pin,
)
from wms_tui.domain.errors import WrongPassword
from wms_tui.domain.texts import N_
from wms_tui.services import badges
from wms_tui.services.users import UserRow
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide

BADGE, PIN, AGAIN, NOW, WHAT = "badge", "pin", "again", "now", "what"
GIVE, TAKE = "give", "take"
RULE = N_("4 to 12 digits, not all the same and not in a row.")


class BadgeForm(FormPage):
    """What is left empty stays as it is."""

    GUIDE = Guide(
        N_(
            "Scan the badge, then type or scan the PIN twice. Neither is shown again. A user whose badge or PIN "
            "changes signs in anew."
        ),
        FILLING,
    )

    def __init__(self, user: UserRow) -> None:
        super().__init__()
        self._user = user

    def heading(self) -> str:
        return self._user.name

    async def fields(self) -> tuple[Field, ...]:
        choices = (Choice(GIVE, N_("Give")), Choice(TAKE, N_("Take away")))
        take = (Field(WHAT, N_("Badge and PIN"), GIVE, choices=choices),) if self._user.badge else ()
        about = N_("Scan the badge. Empty leaves the one that there is.")
        return (Field(BADGE, N_("Badge"), about=about, secret=True, takes_badge=True), *pin_fields(), *take)

    def blamed(self, error: Exception) -> str:
        if isinstance(error, WeakPin | PinsDiffer):
            return PIN
        return BADGE if isinstance(error, BadBadge | BadgeTaken | BadgeMissing) else ""

    async def save(self, values: Mapping[str, str]) -> None:
        name = self._user.name
        if values.get(WHAT) == TAKE:
            await self.client.run(badges.take_badge, name)
            told = N_("{name} has no badge any more.")
        else:
            check_same(values)
            prefix = self.shell.reserved.badge
            await self.client.call(badges.give, name, values[BADGE], values[PIN], prefix)
            told = N_("Badge and PIN of {name} are saved.")
        await self.shell.back()
        self.shell.page.done(self.tr(told, name=name))


class OwnPin(FormPage):
    """The operator's own PIN, for which his password is asked."""

    HEADING = N_("Change PIN")
    GUIDE = Guide(N_("The PIN goes with your badge, which the administrator gives you."), FILLING)

    async def fields(self) -> tuple[Field, ...]:
        return (Field(NOW, N_("Password now"), secret=True), *pin_fields())

    def blamed(self, error: Exception) -> str:
        return NOW if isinstance(error, WrongPassword) else PIN

    async def save(self, values: Mapping[str, str]) -> None:
        check_same(values)
        await self.client.change_pin(values[NOW], check_pin(values[PIN]))
        await self.shell.back()
        self.shell.page.done(self.tr(N_("The PIN is changed.")))


def pin_fields() -> tuple[Field, ...]:
    return (
        Field(PIN, N_("New PIN"), about=RULE, secret=True),
        Field(AGAIN, N_("New PIN again"), secret=True),
    )


def check_same(values: Mapping[str, str]) -> None:
    """Raise ``PinsDiffer``."""
    if values[PIN] != values[AGAIN]:
        raise PinsDiffer
