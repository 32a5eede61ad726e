"""``wms scan``: what a code says and what it stands for, for people and for programs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from wms_tui.cli.console import Console, json_line
from wms_tui.cli.scan_answers import Answer, answer, fault
from wms_tui.cli.scan_stream import codes_of
from wms_tui.cli.signing import is_missing, names_somebody, signed_in
from wms_tui.domain.barcodes import Result, Rules, Unknown, resolve
from wms_tui.domain.barcodes.explaining import explain
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_, Translate

STREAM = "-"
NOT_ASKED = N_("Codes are read, and not looked up: set WMS_USER and WMS_PASSWORD to ask the catalog.")
SHAPE = N_(
    "With --json each code is answered by one object on one line: kind (product, logistic_unit, supplement, location, "
    "badge, command, text or unknown), gtin, lot, expires, serial, quantity and ais (the GS1 parts as pairs), null "
    "where the code does not carry them; error and message where it is refused. Further members are in the README."
)
SHORT = 1
"""Sentences of an explanation that tell what a code stands for."""

Resolve = Callable[[str], Result]


def declare(parser: ArgumentParser, translate: Translate) -> None:
    told = translate(N_("a code, or - to read codes from standard input, one a line"))
    parser.add_argument("code", metavar=translate(N_("CODE")), help=told)
    parser.add_argument("--explain", action="store_true", help=translate(N_("name every part of the code")))
    parser.epilog = translate(SHAPE)
    fnc1 = translate(N_("what the scanner sends for FNC1 besides the character 0x1D; may be given again"))
    parser.add_argument("--fnc1", metavar=translate(N_("TEXT")), action="append", default=[], help=fnc1)


def run(console: Console, arguments: Namespace) -> int:
    """Explain one code, or answer each of a stream; status 1 where the one code is refused."""
    today = date.today()
    rules = console.settings.rules(today)
    rules = replace(rules, fnc1=(*rules.fnc1, *filter(None, arguments.fnc1)))
    with _resolver(console, rules) as resolved:
        if arguments.code == STREAM:
            return _stream(console, resolved, arguments.explain, today)
        result = resolved(arguments.code)
    if console.as_json:
        print(json_line(_answered(console, result, arguments.explain, today)))
    else:
        _tell(console, result, arguments.explain, today)
    return 1 if isinstance(result, Unknown) else 0


@contextmanager
def _resolver(console: Console, rules: Rules) -> Iterator[Resolve]:
    """The resolver with the database's products, where there is a database and somebody to ask it for."""
    missing = is_missing(console.settings.database)
    if missing or not names_somebody():
        if not missing:
            console.warn(console.translate(NOT_ASKED))
        yield lambda raw: resolve(raw, rules)
        return
    from wms_tui.services.scanning import Scan, what_is

    with signed_in(console) as operator:
        yield lambda raw: operator.run(what_is, Scan(raw, rules))


def _stream(console: Console, resolved: Resolve, explains: bool, today: date) -> int:
    """One answer a line, each on its way before the next code is read; nothing that comes in ends it."""
    for raw in codes_of(sys.stdin.buffer):
        if console.as_json:
            print(json_line(_line(console, resolved, raw, explains, today)))
        else:
            try:
                _tell(console, resolved(raw), explains, today)
            except WmsError as error:
                console.warn(error.text(console.translate))
        sys.stdout.flush()
    return 0


def _line(console: Console, resolved: Resolve, raw: str, explains: bool, today: date) -> Answer:
    try:
        return _answered(console, resolved(raw), explains, today)
    except WmsError as error:
        return fault(error, console.translate)


def _answered(console: Console, result: Result, explains: bool, today: date) -> Answer:
    told = answer(result, console.translate)
    if explains:
        told["explanation"] = [said.text(console.translate) for said in explain(result, today)]
    return told


def _tell(console: Console, result: Result, explains: bool, today: date) -> None:
    said = explain(result, today)
    for one in said if explains else said[-SHORT:]:
        console.say(one.template, **one.fields)
