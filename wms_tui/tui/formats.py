"""Numbers, amounts, days and times as the operator's language and country write them.

Babel knows how; it is imported when the first number is shown, which is after the first screen. A day always takes ten
columns: the separators are the country's, but the year stands first, since 12/11 means two days.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from wms_tui.domain.quantities import MONEY_PLACES
from wms_tui.domain.texts import ENGLISH, language_of

if TYPE_CHECKING:
    from babel import Locale

ISO_DAY = "y-MM-dd"
NO_COUNTRY = frozenset({"C", "POSIX"})
"""Names of the locale of servers, which sets no thousands apart."""


class Formats:
    """``tag`` is a locale such as ``zh_CN`` or ``en_GB.UTF-8``; ``currency`` an ISO code such as ``CNY``, or empty."""

    def __init__(self, tag: str = ENGLISH, currency: str = "") -> None:
        self._tag = tag
        self._currency = currency

    def grouped(self, number: Decimal | int) -> str:
        """The number without an exponent or trailing zeros, its thousands apart: ``1,234.5``."""
        return _grouped(number, self._locale)

    def signed(self, number: Decimal) -> str:
        """A difference, with its sign unless it is nothing."""
        return f"+{self.grouped(number)}" if number > 0 else self.grouped(number)

    def money(self, amount: Decimal | None) -> str:
        """With its cents, more where there are more; nothing for an amount that is not known or not to be seen."""
        if amount is None:
            return ""
        if not self._currency:
            return self._places(amount, 2)
        from babel.numbers import format_currency

        return format_currency(amount, self._currency, locale=self._locale, decimal_quantization=False)

    def cost(self, amount: Decimal | None) -> str:
        """With all its places, so that the points stand under each other."""
        return "" if amount is None else self._places(amount, MONEY_PLACES)

    def percent(self, share: Decimal | None) -> str:
        """A share of 1 in hundredths with one place: ``12.5%``."""
        if share is None:
            return ""
        from babel.numbers import format_percent

        return format_percent(share, "#,##0.0%", locale=self._locale)

    def day(self, when: date | None) -> str:
        return self._date(when, self._day_pattern) if when else ""

    def minute(self, when: datetime) -> str:
        """In the local time of the machine that runs the program."""
        return f"{self.day(when.astimezone())} {when.astimezone():%H:%M}"

    def second(self, when: datetime) -> str:
        return f"{self.day(when.astimezone())} {when.astimezone():%H:%M:%S}"

    def lately(self, when: datetime, now: datetime) -> str:
        """The time of a moment of today, the day of an older one."""
        return f"{when.astimezone():%H:%M}" if _same_day(when, now) else self.day(when.astimezone())

    def clock(self, when: datetime, now: datetime) -> str:
        """The time of a moment of today, day and time of an older one."""
        return self.lately(when, now) if _same_day(when, now) else self.minute(when)

    def _places(self, amount: Decimal, least: int) -> str:
        from babel.numbers import format_decimal

        return format_decimal(amount, self._pattern(least), locale=self._locale, decimal_quantization=False)

    def _pattern(self, least: int) -> str:
        """The country's pattern of a number, with at least so many places."""
        whole, _, _ = self._locale.decimal_formats[None].pattern.partition(".")
        return f"{whole}.{'0' * least}"

    def _date(self, when: date, pattern: str) -> str:
        from babel.dates import format_date

        return format_date(when, pattern, locale=self._locale)

    @cached_property
    def _day_pattern(self) -> str:
        """The country's short day where it begins with the year, in full figures; elsewhere that of ISO 8601."""
        short = self._locale.date_formats["short"].pattern
        separators = [character for character in short if not character.isalpha()]
        return separators[0].join(("y", "MM", "dd")) if short.startswith("y") and separators else ISO_DAY

    @cached_property
    def _locale(self) -> Locale:
        """The locale of the tag where it is one of our languages, else that of the language."""
        from babel import Locale, UnknownLocaleError

        language = language_of(self._tag)
        name = self._tag.replace("-", "_").split(".")[0].split("@")[0]
        if name.upper() in NO_COUNTRY:
            return Locale.parse(language)
        try:
            known = Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            return Locale.parse(language)
        return known if known.language == language.split("_")[0] else Locale.parse(language)


def midnight(when: date) -> datetime:
    """The moment at which a day begins here."""
    return datetime(when.year, when.month, when.day).astimezone()


def _same_day(when: datetime, now: datetime) -> bool:
    return when.astimezone().date() == now.astimezone().date()


_PLAIN = Formats()
grouped, money, cost, day, minute = _PLAIN.grouped, _PLAIN.money, _PLAIN.cost, _PLAIN.day, _PLAIN.minute
lately, clock, second = _PLAIN.lately, _PLAIN.clock, _PLAIN.second


@lru_cache(maxsize=4096)
def _grouped(number: Decimal | int, locale: Locale) -> str:
    """Remembered: a screen writes the same numbers again for each key."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=locale, decimal_quantization=False)
