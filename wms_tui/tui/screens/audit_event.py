"""One event of the audit, field by field."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.audit import (
    ACTION_NAMES,
    BETWEEN,
    FIELD_NAMES,
    MONEY_FIELDS,
    NUMBER_FIELDS,
    SEEDED_FIELDS,
    VALUE_NAMES,
    AuditRow,
)
from wms_tui.domain.movements import KIND_NAMES
from wms_tui.domain.quantities import parse_decimal
from wms_tui.domain.seeded import shown_name
from wms_tui.domain.texts import N_, Translate
from wms_tui.tui.guide import Guide
from wms_tui.tui.reading_page import READING, ReadingPage
from wms_tui.tui.widgets.listing import Column
from wms_tui.tui.widgets.sheet import Table

DISCARD = "discard draft"


class AuditEvent(ReadingPage):
    """What it was, and each field from what to what."""

    HEADING = N_("Audit")
    GUIDE = Guide(N_("What was changed, from what to what."), READING)

    def __init__(self, row: AuditRow) -> None:
        super().__init__()
        self._row = row

    async def opened(self) -> None:
        row = self._row
        facts = (
            (N_("Time"), self.formats.second(row.at)),
            (N_("User"), row.user),
            (N_("Terminal"), row.terminal),
            (N_("Action"), self.tr(ACTION_NAMES.get(row.action, row.action))),
            (N_("Subject"), subject_of(row, self.shell.translate)),
        )
        columns = (
            Column(self.tr(N_("Field")), least=8),
            Column(self.tr(N_("Before")), least=8, below=True),
            Column(self.tr(N_("After")), least=8, stretch=True, below=True),
        )
        names = dict.fromkeys((*row.before, *row.after))
        titles = {name: self.tr(FIELD_NAMES.get(name, name)) for name in names}
        rows = tuple((titles[name], self._told(name, row.before), self._told(name, row.after)) for name in names)
        self.sheet.write(tuple((self.tr(title), text) for title, text in facts if text), Table(columns, rows))

    def _told(self, field: str, values: Mapping[str, str]) -> str:
        """A value as the reader's language and country write it."""
        text = values.get(field, "")
        if field in SEEDED_FIELDS:
            return shown_name(self.shell.translate, text)
        if field in MONEY_FIELDS | NUMBER_FIELDS:
            number = parse_decimal(text, decimal_comma=False)
            shown = self.formats.money if field in MONEY_FIELDS else self.formats.grouped
            return text if number is None else shown(number)
        known = VALUE_NAMES.get(field)
        if known is None or field not in values:
            return text
        translate = self.shell.translate
        return BETWEEN.join(translate(known[part]) if part in known else part for part in text.split(BETWEEN))


def subject_of(row: AuditRow, translate: Translate) -> str:
    """What it was done to, as it is read; a draft that was thrown away has only its kind."""
    kinds = {kind.value: title for kind, title in KIND_NAMES.items()}
    return translate(kinds[row.subject]) if row.action == DISCARD and row.subject in kinds else row.subject
