"""``wms doctor terminal``: what this terminal is taken for, what it can do, how fast its line is, and what to set."""

from __future__ import annotations

import os
import statistics
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Any

from wms_tui.cli.console import Console
from wms_tui.cli.terminal_trial import ask_keys, ask_line, show_samples, told
from wms_tui.domain.devices import Device, bells, is_name, key_name, spelt
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_, Translate

NOBODY_THERE = N_("This is no terminal: what a terminal would answer, its line and its keys are left out.")
SET = N_("What to set:")
NOTHING_TO_SET = N_("Nothing needs to be set.")
DEVICE = N_("This device has no name of its own: set WMS_TERMINAL or --device, so that its settings are remembered.")
UNKNOWN = N_("TERM says {term}, of which nothing is known: set --terminal, or WMS_PROFILE, to what it really is.")
NO_CHINESE = N_("No Chinese can be shown: if the terminal has UTF-8, set LANG=C.UTF-8 and --terminal vt220 or better.")
NO_SIZE = N_("The line tells no size: set COLUMNS and LINES to what the terminal has.")
SLOW = N_("An answer takes {ms} ms: what is typed shows late, but nothing is lost. Look at the radio link.")
SILENT = N_("The terminal answers no status report: it may be less than a VT100. Set --terminal mono-ascii.")
COSTS = N_("{screen} bytes a screen, {character} a character, {scan} a scan")
TRIP = N_("{median} ms, at most {most} ms")
RATE = N_("{rate} bytes a second")
SLOW_MS = 300


def declare(parser: ArgumentParser, translate: Translate) -> None:
    parser.add_argument("what", choices=["terminal"], help=translate(N_("what to look at")))
    quick = translate(N_("ask neither the terminal nor anybody; only tell what is known"))
    parser.add_argument("--quick", action="store_true", help=quick)


def run(console: Console, arguments: Namespace) -> int:
    """Tell what is known, try out what can be tried, and say what to set."""
    from wms_tui.tui.terminal.choosing import choose
    from wms_tui.tui.terminal.examining import Answers, costs
    from wms_tui.tui.terminal.line import size_of

    there = sys.stdin.isatty() and sys.stdout.isatty()
    device, size = remembered(console), size_of(1)
    profile = choose(os.environ, console.settings.profile or device.profile, size)
    tries = there and not arguments.quick
    answers = ask_line(console) if tries else Answers()
    spent = costs(profile, size)
    facts = {
        "device": console.settings.terminal,
        "term": os.environ.get("TERM", ""),
        "profile": profile.name,
        "charset": profile.charset,
        "colours": int(profile.colours),
        "columns": size[0],
        "rows": size[1],
        "sounds": sorted(bells(device.bell, console.settings.bell)),
        "escape_delay_ms": console.settings.escape_delay if device.escape_delay is None else device.escape_delay,
        "taught_keys": {key_name(key): spelt(sent) for sent, key in device.keys.items()},
        "round_trip_ms": [round(trip, 1) for trip in answers.round_trips],
        "bytes_per_second": round(answers.rate) if answers.rate else None,
        "screen_bytes": spent.screen,
        "character_bytes": spent.character,
        "scan_bytes": spent.scan,
    }
    advice = advised(console, facts, tries)
    if console.as_json:
        console.answer(facts | {"set": advice})
        return 0
    _tell(console, facts)
    if not there:
        told(console, NOBODY_THERE)
    elif tries:
        show_samples(console, profile)
    told(console, SET if advice else NOTHING_TO_SET)
    for line in advice:
        told(console, N_("- {line}"), line=line)
    if tries:
        ask_keys(console, profile.charset, device.keys)
    return 0


def remembered(console: Console) -> Device:
    """What the database knows of this device; nothing where it cannot be asked."""
    from wms_tui.cli.signing import opened
    from wms_tui.services import devices

    if not is_name(console.settings.terminal):
        return Device("")
    try:
        with opened(console) as backend:
            return devices.remembered(backend, console.settings.terminal) or Device("")
    except WmsError as error:
        console.warn(error.text(console.translate))
        return Device("")


def _tell(console: Console, facts: Mapping[str, Any]) -> None:
    console.field(N_("Device"), facts["device"])
    console.field("TERM", facts["term"])
    console.field(N_("Kind of terminal"), facts["profile"])
    console.field(N_("Characters"), facts["charset"])
    console.field(N_("Colours"), facts["colours"])
    console.field(N_("Columns and rows"), f"{facts['columns']}x{facts['rows']}")
    console.field(N_("Sounds"), ", ".join(facts["sounds"]) or "-")
    console.field(N_("Delay of Esc in ms"), facts["escape_delay_ms"])
    taught = ", ".join(f"{key} = {sent}" for key, sent in facts["taught_keys"].items())
    console.field(N_("Keys taught"), taught or "-")
    spent = {"screen": facts["screen_bytes"], "character": facts["character_bytes"], "scan": facts["scan_bytes"]}
    console.field(N_("Bytes"), console.translate(COSTS).format(**spent))
    trips = facts["round_trip_ms"]
    if trips:
        median = round(statistics.median(trips))
        console.field(N_("Round trip"), console.translate(TRIP).format(median=median, most=round(max(trips))))
    if facts["bytes_per_second"]:
        console.field(N_("Line"), console.translate(RATE).format(rate=facts["bytes_per_second"]))


def advised(console: Console, facts: Mapping[str, Any], tried: bool) -> list[str]:
    """Sentences that say what to set, the most important first."""
    term, trips = facts["term"], facts["round_trip_ms"]
    found = {
        UNKNOWN: facts["profile"] == "mono-ascii" and not console.settings.profile,
        SILENT: tried and not trips and facts["profile"] != "mono-ascii",
        NO_SIZE: tried and not _has_size(),
        NO_CHINESE: facts["charset"] == "ascii" and console.settings.language.startswith("zh"),
        DEVICE: not is_name(console.settings.terminal),
        SLOW: bool(trips) and statistics.median(trips) > SLOW_MS,
    }
    fields = {"term": term or '""', "ms": round(statistics.median(trips)) if trips else 0}
    return [console.translate(sentence).format(**fields) for sentence, true in found.items() if true]


def _has_size() -> bool:
    try:
        return all(os.get_terminal_size(1))
    except OSError:
        return False
