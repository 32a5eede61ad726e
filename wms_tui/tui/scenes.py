"""Every screen, with the keys that lead to it in the demonstration's warehouse: what pictures and snapshots show.

In ``keys`` a name in braces is a key that writes nothing, such as ``{enter}`` or ``{f8}``; all else is typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wms_tui.tui.keys import character_key

Size = tuple[int, int]
NORMAL, LARGE, HANDHELD = (80, 24), (200, 50), (20, 16)
ADMIN, KEEPER, PICKER, FINANCE = "mei", "jun", "lan", "tao"
NOBODY, FIRST = "", "first"
"""Before anybody has signed in; before there is anybody, on an empty database."""


@dataclass(frozen=True, slots=True)
class Scene:
    """``user`` signs in, and from Home types ``keys``. ``handheld`` screens are shown at 20×16 as well.

    ``title`` stands under the picture in the documentation, not on the screen.
    """

    name: str
    title: str
    user: str
    keys: str = ""
    handheld: bool = False

    def file_name(self, size: Size) -> str:
        """What its picture is called, without the ending."""
        return f"{self.name}-handheld" if size == HANDHELD else self.name

    @property
    def raw_keys(self) -> list[str]:
        """The keys as the gate takes them."""
        found = re.findall(r"\{(\w+)\}|(.)", self.keys)
        return [name or character_key(character) for name, character in found]


SCENES: tuple[Scene, ...] = (
    Scene("first-administrator", "First administrator", FIRST),
    Scene("sign-in", "Sign in", NOBODY, "jun{enter}secret"),
    Scene("home-keeper", "Home of a keeper", KEEPER, handheld=True),
    Scene("receipt", "Receipt", KEEPER, "1"),
    Scene("receipt-lines", "All lines of a draft", KEEPER, "1{f6}"),
    Scene("issue", "Issue", KEEPER, "2H-01-04{enter}20{enter}BLT-HEX-01{enter}BLT-HEX-08{enter}", handheld=True),
    Scene("issue-lot", "Which lot", KEEPER, "2F-01-01{enter}RIC-BAG-01{enter}"),
    Scene("transfer", "Transfer", KEEPER, "3H-02-08{enter}H-01-02{enter}12{enter}BLT-HEX-03{enter}"),
    Scene("adjustment", "Adjustment", KEEPER, "4H-01-01{enter}"),
    Scene("refusal", "A refused scan", KEEPER, "1WRONG-LABEL{enter}NEXT{enter}", handheld=True),
    Scene("help", "Help", KEEPER, "1{f1}"),
    Scene("password", "Change password", KEEPER, "9"),
    Scene("lock", "Locked", KEEPER, "{idle}"),
    Scene("home-finance", "Home of finance", FINANCE),
    Scene("stock", "Stock enquiry", FINANCE, "5"),
    Scene("stock-product", "Stock of one product", FINANCE, "5BLT-HEX-02{enter}", handheld=True),
    Scene("history", "History", FINANCE, "6"),
    Scene("document", "A posted document", FINANCE, "6{f4}{down}{enter}"),
    Scene("home-admin", "Home of an administrator", ADMIN),
)


def scenes_at(size: Size) -> tuple[Scene, ...]:
    """What is shown at a size."""
    return tuple(scene for scene in SCENES if scene.handheld or size != HANDHELD)
