"""The commands, each with the module that declares and runs it. A module is imported when its command is called."""

from __future__ import annotations

from dataclasses import dataclass

from wms_tui.domain.texts import N_


@dataclass(frozen=True, slots=True)
class Command:
    """``module`` has ``declare(parser, translate)`` and ``run(console, arguments) -> int``."""

    name: str
    summary: str
    module: str


COMMANDS: tuple[Command, ...] = (
    Command("init", N_("make a database and its first administrator"), "wms_tui.cli.init"),
    Command("db", N_("upgrade, back up, restore or move a database, and grant its role"), "wms_tui.cli.database"),
    Command("user", N_("add and administer accounts"), "wms_tui.cli.users"),
    Command("reason", N_("list and add reason codes of adjustments"), "wms_tui.cli.reasons"),
    Command("import", N_("bring in products, locations, stock or movements from a file"), "wms_tui.cli.importing"),
    Command("export", N_("write products, locations, stock or movements to a file"), "wms_tui.cli.exporting"),
    Command("post", N_("post a file of movements; safe to send again"), "wms_tui.cli.posting"),
    Command("reverse", N_("undo a posted document by a linked reversal"), "wms_tui.cli.reversing"),
    Command("stock", N_("show what is on hand"), "wms_tui.cli.stock"),
    Command("history", N_("show posted documents, or one of them"), "wms_tui.cli.history"),
    Command("labels", N_("print labels, and work off the queue before the printers"), "wms_tui.cli.labels"),
    Command("demo", N_("open a furnished warehouse to try things out in"), "wms_tui.cli.demo"),
    Command("screenshots", N_("take the documentation's pictures of every screen"), "wms_tui.cli.screenshots"),
    Command("replay", N_("play recorded keys and scans to the application, or record them"), "wms_tui.cli.replay"),
    Command("scan", N_("explain a code, or read codes from standard input"), "wms_tui.cli.scanning"),
    Command("doctor", N_("examine this terminal and say what to set"), "wms_tui.cli.doctor"),
    Command("verify", N_("check the ledger's invariants"), "wms_tui.cli.verify"),
    Command("seal", N_("chain what is new in the ledger and the audit into a hash"), "wms_tui.cli.sealing"),
)
