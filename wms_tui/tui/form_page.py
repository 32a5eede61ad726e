"""The base of screens that fill something in: fields declared as data, one of them in the line at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from textual.widget import Widget

from wms_tui.domain.errors import NotAChoice
from wms_tui.domain.texts import N_, Term
from wms_tui.tui.asking_page import AskingPage
from wms_tui.tui.guide import BACK, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.keys import BACKSPACE, CLEAR, ENTER, ESCAPE, TAB
from wms_tui.tui.line import Line
from wms_tui.tui.page import Act
from wms_tui.tui.widgets.entry_line import MASK, Entry
from wms_tui.tui.widgets.form import FormPane, FormRow, FormView

LEAVE = N_("Not saved yet. {key} again leaves without saving; any other key stays.")
CHOOSE = N_("Left and right choose: {known}")
MOST_TOLD = 8
KEY_NAMES = {"escape": "Esc", "f3": "F3"}

FILLING = (
    Hint("F10", N_("Save"), N_("Saves all fields.")),
    BACK,
    Hint(
        "Enter",
        N_("Next"),
        N_("Takes what stands in the line and goes to the next field. Typing replaces a text, Backspace changes it."),
        brief=False,
    ),
    Hint("Up Down", N_("Field"), N_("Goes to the field above or below."), brief=False),
    Hint("Left Right", N_("Choose"), N_("Goes through the choices, where a field has some."), brief=False),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field may have. ``title`` is a ``Term`` to translate, or data as it is."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. ``about`` says in a sentence what belongs there; ``group`` stands above the first of some.

    Where there is nothing about it, a field with choices says what they are.
    """

    name: str
    title: str
    value: str = ""
    about: str = ""
    choices: tuple[Choice, ...] = ()
    secret: bool = False
    fixed: bool = False
    group: str = ""
    takes_badge: bool = False


class FormPage(AskingPage):
    """One field is current: its value stands in the line, and the first character typed replaces it.

    A scanner fills the current field, and its suffix goes on to the next. A page says which ``fields`` there are and
    how to ``save`` them; ``check`` may refuse or tidy one text as soon as it is taken.
    """

    HOLDS = False

    def __init__(self) -> None:
        super().__init__()
        self.form: tuple[Field, ...] = ()
        self.values: dict[str, str] = {}
        self.original: dict[str, str] = {}
        self._at = 0
        self._selected = False
        self._pane = FormPane()

    async def fields(self) -> tuple[Field, ...]:
        """The fields with their values now; asked once, when the page opens."""
        raise NotImplementedError

    async def save(self, values: Mapping[str, str]) -> None:
        """Carry out what was filled in, and leave the page. A ``WmsError`` is shown, and everything stays as it is."""
        raise NotImplementedError

    def check(self, field: Field, text: str) -> str:
        """The text as it is kept. Raises ``WmsError`` for what the field cannot hold."""
        return text

    def blamed(self, error: Exception) -> str:
        """The name of the field that a refusal to save is about, if one is."""
        return ""

    @property
    def current(self) -> Field:
        return self.form[self._at]

    @property
    def changed_fields(self) -> frozenset[str]:
        return frozenset(name for name, text in self.values.items() if text != self.original[name])

    def body(self) -> Iterable[Widget]:
        return (self._pane,)

    async def opened(self) -> None:
        if not self.form:
            self.fill(await self.fields())

    def fill(self, fields: tuple[Field, ...]) -> None:
        """Begin with these fields and their values."""
        self.form = fields
        self.values = {field.name: field.value for field in fields}
        self.original = dict(self.values)
        self.stand_at(next((field.name for field in fields if not field.fixed), fields[0].name))

    def stand_at(self, name: str) -> None:
        """Make this field the current one."""
        self._at = next(place for place, field in enumerate(self.form) if field.name == name)
        plain = not (self.current.choices or self.current.secret or self.current.fixed)
        self.line.text = self.values[name] if plain else ""
        self._selected = plain
        self.say(self._about(self.current))

    def _about(self, field: Field) -> str:
        if field.about or not field.choices or field.fixed:
            return self.tr(field.about) if field.about else ""
        known = ", ".join(self.tr_choice(choice) for choice in field.choices[:MOST_TOLD])
        more = " ..." if len(field.choices) > MOST_TOLD else ""
        return self.tr(CHOOSE, known=known + more)

    def prompt(self) -> str:
        return self.tr(self.current.title) if self.form else ""

    def masked(self) -> bool:
        return bool(self.form) and self.current.secret

    def behind(self) -> bool:
        return super().behind() and not self._selected

    def typed_so_far(self, line: Line) -> str:
        hearing = self._hearing.text and self._selected
        return super().typed_so_far(Line() if hearing else line)

    async def take_badge(self, badge: str) -> None:
        if not (self.form and self.current.takes_badge):
            await super().take_badge(badge)
        self.values[self.current.name] = badge
        self.line.clear()
        self._step(1)

    async def depart(self, go: Act) -> None:
        if self._is_unsaved:
            self.ask_first(ESCAPE, go, self.tr(LEAVE, key=KEY_NAMES[ESCAPE]))
        else:
            await go()

    async def _write(self, key: str) -> None:
        if not self.form:
            return
        if key in {ENTER, TAB}:
            self._step(1)
        elif not self.current.fixed:
            if self._selected and key not in {BACKSPACE, CLEAR}:
                self.line.clear()
            self._selected = False
            self.line.press(key)

    async def command(self, key: str) -> None:
        if key in {"up", "down"}:
            self._step(-1 if key == "up" else 1)
        elif key in {"left", "right"} and self.form and self.current.choices:
            self._turn(-1 if key == "left" else 1)
        elif key == "f10" and self.form:
            await self._save()
        elif key in BACK_KEYS:
            await self._leave(key)

    def _step(self, by: int) -> None:
        """Take what stands in the line, and go to another field that can be filled in."""
        self._take()
        open_fields = [place for place, field in enumerate(self.form) if not field.fixed or place == self._at]
        there = (open_fields.index(self._at) + by) % len(open_fields)
        self.stand_at(self.form[open_fields[there]].name)

    def _take(self) -> None:
        field, text = self.current, self.line.text.strip()
        if field.fixed or (not text and (field.choices or field.secret)):
            return
        self.values[field.name] = self.check(field, self._chosen(field, text) if field.choices else text)

    def _chosen(self, field: Field, text: str) -> str:
        """What was typed for a choice: its number, its value, or the beginning of its title."""
        if text.isdecimal() and 0 < int(text) <= len(field.choices):
            return field.choices[int(text) - 1].value
        sought = text.casefold()
        titled = [choice.value for choice in field.choices if self.tr_choice(choice).casefold().startswith(sought)]
        exact = [choice.value for choice in field.choices if choice.value.casefold() == sought]
        found = exact or titled
        if not found:
            known = ", ".join(self.tr_choice(choice) for choice in field.choices[:12])
            raise NotAChoice(text=text, known=known)
        return found[0]

    def _turn(self, by: int) -> None:
        """The next choice, or the one before."""
        field = self.current
        values = [choice.value for choice in field.choices]
        now = values.index(self.values[field.name]) if self.values[field.name] in values else -by
        self.line.clear()
        self.values[field.name] = self.check(field, values[(now + by) % len(values)])

    async def _save(self) -> None:
        self._take()
        try:
            await self.save(dict(self.values))
        except Exception as error:
            blamed = self.blamed(error)
            if blamed:
                self.stand_at(blamed)
            raise

    async def _leave(self, key: str) -> None:
        if self._is_unsaved:
            self.ask_first(key, self.shell.back, self.tr(LEAVE, key=KEY_NAMES[key]))
        else:
            await self.shell.back()

    @property
    def _is_unsaved(self) -> bool:
        return bool(self.changed_fields or (self.line.text and not self._selected))

    def tr_choice(self, choice: Choice) -> str:
        """A choice's title as it is read."""
        return self.shell.translate(choice.title) if isinstance(choice.title, Term) else choice.title

    def shown(self, field: Field) -> str:
        """A field's value as it is read."""
        text = self.values[field.name]
        if field.secret:
            return MASK * len(text)
        titles = [self.tr_choice(choice) for choice in field.choices if choice.value == text]
        return titles[0] if titles else text

    def _open_entry(self) -> Entry:
        return replace(super()._open_entry(), selected=self._selected and not self._hearing.text)

    def paint(self) -> None:
        super().paint()
        changed = self.changed_fields
        rows = (
            FormRow(self.tr(f.title), self.shown(f), f.name in changed, f.fixed, self.tr(f.group) if f.group else "")
            for f in self.form
        )
        self._pane.show(FormView(tuple(rows), self._at))
