"""The sheet of command barcodes: a label for each command, to be hung up where work is done with gloves on."""

from __future__ import annotations

from collections.abc import Iterable

from wms_tui.domain.barcodes.commands import COMMAND_NAMES, KEYS, PREFIX, SCREEN_NAMES, Command, command_code
from wms_tui.domain.command_errors import CommandsOff
from wms_tui.domain.devices import label_name
from wms_tui.domain.label_symbols import Style, for_code
from wms_tui.domain.labels import Label
from wms_tui.domain.texts import N_

QUANTITIES = (2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 50, 100)
MENU = N_("Menu")
ARROWS = {
    "UP": N_("Arrow up"),
    "DN": N_("Arrow down"),
    "PGUP": N_("Page up"),
    "PGDN": N_("Page down"),
    "LEFT": N_("Arrow left"),
    "RIGHT": N_("Arrow right"),
}
UNUSED = frozenset({"11", "12"})
"""F-keys that do nothing on any screen, as many terminals have none of them."""


def command_labels(prefix: str = PREFIX, style: Style = Style.AUTO, devices: Iterable[str] = ()) -> tuple[Label, ...]:
    """Commands that need nothing else, then screens, quantities and keys; at last the names of terminals.

    Raises ``Unencodable`` for what no scanner types, ``CommandsOff`` for an empty prefix.
    """
    if not prefix:
        raise CommandsOff
    with_argument = {Command.QUANTITY, Command.DEVICE, Command.KEY}
    plain = [command for command in Command if command not in with_argument]
    named = [(MENU if command is Command.SCREEN else COMMAND_NAMES[command], command, "") for command in plain]
    screens = [(title, Command.SCREEN, target) for target, title in SCREEN_NAMES.items()]
    counted = [(f"× {number}", Command.QUANTITY, str(number)) for number in QUANTITIES]
    keys = [(ARROWS.get(word, f"F{word}"), Command.KEY, word) for word in KEYS if word not in UNUSED]
    named_so = [(name, Command.DEVICE, label_name(name)) for name in devices]
    return tuple(
        _label(title, command_code(command, argument, prefix), style)
        for title, command, argument in (*named, *screens, *counted, *keys, *named_so)
    )


def _label(title: str, code: str, style: Style) -> Label:
    return Label(code, title, (), for_code(code, style))
