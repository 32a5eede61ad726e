"""What a command says and shows: sentences, tables and JSON, with nothing in data that could steer the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NoReturn

from wms_tui.cli.arguments import Misused
from wms_tui.domain.display import DANGEROUS, harmless, pad, width
from wms_tui.domain.errors import WmsError
from wms_tui.domain.file_errors import BadRows
from wms_tui.domain.quantities import plain
from wms_tui.domain.texts import N_, Translate, sentence
from wms_tui.settings import Settings

ROW = N_("line {line}: {reason}")
FIELD = N_("{title}: {value}")
YES, NO = N_("yes"), N_("no")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table: its name in JSON, and its title for people."""

    key: str
    title: str
    right: bool = False


class Console:
    """The standard streams of one command, in one operator's language.

    ``database`` is the one that the command line names, where it names one; ``settings`` know the one to work on.
    """

    def __init__(
        self, translate: Translate, as_json: bool, settings: Settings | None = None, database: str | None = None
    ) -> None:
        self.translate = translate
        self.as_json = as_json
        self.database = database
        self._settings = settings

    @property
    def settings(self) -> Settings:
        assert self._settings is not None
        return self._settings

    def say(self, template: str, **fields: Any) -> None:
        """A sentence for people, on standard error where JSON is asked for."""
        stream = sys.stderr if self.as_json else sys.stdout
        _write(harmless(sentence(self.translate, template, fields)), stream)

    def row_of_text(self, text: str, end: str = "\n") -> None:
        """A row that is laid out already, shown at once."""
        _write(text, sys.stdout, end)
        sys.stdout.flush()

    def warn(self, sentence: str) -> None:
        """A sentence on standard error."""
        _write(harmless(sentence), sys.stderr)

    def misuse(self, template: str) -> NoReturn:
        """Say why the command line cannot be carried out, and end with the status of misuse."""
        sentence = self.translate(template)
        self.warn(sentence)
        raise Misused(sentence)

    def answer(self, value: Mapping[str, Any]) -> None:
        """One JSON object, where JSON is asked for."""
        if self.as_json:
            _write(as_json(value), sys.stdout)

    def refuse(self, error: WmsError) -> None:
        """An error's sentence, and each row's where it is about rows."""
        rows = error.rows if isinstance(error, BadRows) else ()
        for line, fault in rows:
            self.warn(self.row(line, fault.text(self.translate)))
        self.warn(error.text(self.translate))
        told: dict[str, Any] = {"error": error.code, "message": error.text(self.translate)}
        self.answer(told | ({"rows": self.faults(rows)} if rows else {}))

    def row(self, line: int, reason: str) -> str:
        return self.translate(ROW).format(line=line, reason=reason)

    def faults(self, rows: Iterable[tuple[int, WmsError]]) -> list[dict[str, Any]]:
        """Rows with their faults, for JSON."""
        return [{"line": line, "error": fault.code, "message": fault.text(self.translate)} for line, fault in rows]

    def told(self, value: Any) -> str:
        """A value as people read it."""
        return self.translate(YES if value else NO) if isinstance(value, bool) else as_text(value)

    def field(self, title: str, value: Any) -> None:
        """One named value for people."""
        told = self.translate(FIELD).format(title=self.translate(title), value=self.told(value))
        _write(harmless(told), sys.stdout)

    def table(self, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> None:
        """Rows as an aligned table, or as a JSON list of objects."""
        if self.as_json:
            keys = [heading.key for heading in headings]
            _write(as_json([dict(zip(keys, row, strict=True)) for row in rows]), sys.stdout)
        else:
            titles = [self.translate(heading.title) for heading in headings]
            cells = [titles, *([harmless(self.told(value)) for value in row] for row in rows)]
            for line in _aligned(cells, [heading.right for heading in headings]):
                _write(line, sys.stdout)


def _aligned(cells: list[list[str]], right: list[bool]) -> Iterable[str]:
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(map(pad, row, widths, right)).rstrip()


def as_text(value: Any) -> str:
    """A value as a table shows it; moments in UTC to the second."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)


def json_line(value: Mapping[str, Any]) -> str:
    """A JSON object on one line, of ASCII alone, for programs that read line by line."""
    return json.dumps(value, default=_jsonable)


def as_json(value: Any) -> str:
    """JSON with exact numbers as strings; characters that could steer a terminal are escaped."""
    written = json.dumps(value, ensure_ascii=False, default=_jsonable, indent=2)
    return DANGEROUS.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", written)


def _jsonable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _write(text: str, stream: Any, end: str = "\n") -> None:
    """Print, with question marks for what the stream's encoding lacks."""
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), end=end, file=stream)
