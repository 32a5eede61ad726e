"""Every role finds its screens and no others, in the menus and by the keys of the others."""

from __future__ import annotations

import pytest

from tests import roles as table
from wms_tui.domain.access import Actor
from wms_tui.tui.menu import ADMINISTRATION, ENTRIES, entries_for


def screens(permissions):
    actor = Actor(1, "somebody", "session", "role", permissions)
    return {str(entry.title) for menu in (ENTRIES, ADMINISTRATION) for entry in entries_for(actor, menu)}


@pytest.mark.parametrize("role", table.EVERYBODY)
def test_a_role_is_offered_the_screens_of_the_table(role):
    assert screens(table.HELD[role]) == {title for title, roles in table.SCREENS.items() if role in roles}


def test_every_screen_of_the_menus_is_in_the_table():
    assert {str(entry.title) for entry in (*ENTRIES, *ADMINISTRATION)} == set(table.SCREENS)


@pytest.mark.parametrize("menu", [ENTRIES, ADMINISTRATION])
def test_every_entry_has_a_digit_and_a_letter_of_its_own(menu):
    for keys in ([entry.digit for entry in menu], [entry.letter for entry in menu]):
        assert len(set(keys)) == len(menu)
