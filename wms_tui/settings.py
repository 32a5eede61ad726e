"""Where the database is and how the program behaves: command line over environment over TOML file over defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wms_tui.domain.devices import ESCAPE_DELAY, PROFILES, is_delay
from wms_tui.domain.errors import BadSetting, FileError
from wms_tui.domain.texts import N_

if TYPE_CHECKING:
    from wms_tui.domain.barcodes.reserved import Reserved
    from wms_tui.domain.barcodes.rules import Rules
    from wms_tui.domain.setup import SiteSettings

THEMES = ("dark", "light")
BELLS = frozenset({"taken", "refused"})


@dataclass(frozen=True, slots=True)
class Settings:
    """``language`` is a locale tag such as ``zh_CN``. ``idle_lock`` is in seconds; 0 never locks. ``bell`` names what
    sounds, scans that are ``taken`` and those ``refused``. ``terminal`` is the name of the device, ``profile`` its
    kind, empty for what is remembered of it, or it says of itself. ``theme`` is ``dark`` or ``light``. ``notice`` is
    what the sign-in page tells everybody. ``scanning`` is the table of that name in the TOML file. ``escape_delay`` is
    in milliseconds: after so long without more a lone ESC is the key Esc.
    """

    database: str
    language: str = "en"
    idle_lock: int = 900
    bell: frozenset[str] = BELLS
    terminal: str = ""
    profile: str = ""
    theme: str = "dark"
    notice: tuple[str, ...] = ()
    scanning: Mapping[str, Any] = field(default_factory=dict)
    escape_delay: int = ESCAPE_DELAY

    def reserved(self, site: SiteSettings | None = None) -> Reserved:
        """How commands and badges begin: as the file says, else as the site does."""
        from wms_tui.domain.barcodes.reserved import Reserved
        from wms_tui.domain.setup import SiteSettings

        site = site or SiteSettings()
        command = self.scanning.get("command_prefix", site.command_prefix)
        return Reserved(command, self.scanning.get("badge_prefix", site.badge_prefix))

    def rules(self, today: date) -> Rules:
        """How this site reads codes on a day."""
        from wms_tui.domain.barcodes.rules import rules_of

        return rules_of(self.scanning, today)


def load(database: str | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises ``FileError`` for a TOML file that cannot be understood, ``BadSetting``."""
    stored = _read_file(environ)
    return Settings(
        database=database
        or environ.get("WMS_DATABASE_URL")
        or str(stored.get("database") or default_database(environ)),
        language=environ.get("WMS_LANG") or str(stored.get("language") or spoken(environ)),
        idle_lock=_seconds("idle_lock", environ.get("WMS_IDLE_LOCK") or stored.get("idle_lock", 900)),
        bell=_bells("bell", environ.get("WMS_BELL", stored.get("bell", True))),
        terminal=environ.get("WMS_TERMINAL") or _device(environ),
        profile=_profile("terminal", environ.get("WMS_PROFILE") or str(stored.get("profile") or "")),
        theme=_theme("theme", environ.get("WMS_THEME") or str(stored.get("theme") or "dark")),
        scanning=_scanning("scanning", stored.get("scanning", {})),
        escape_delay=_delay(
            "escape_delay", environ.get("WMS_ESCAPE_DELAY") or stored.get("escape_delay", ESCAPE_DELAY)
        ),
    )


def default_database(environ: Mapping[str, str] = os.environ) -> str:
    """The SQLite file in the user's data directory, as a URL."""
    return f"sqlite:///{data_dir(environ) / 'wms.sqlite'}"


def data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    if environ.get("WMS_HOME"):
        return Path(environ["WMS_HOME"])
    from platformdirs import user_data_path

    return user_data_path("wms-tui", appauthor=False)


def _read_file(environ: Mapping[str, str]) -> dict[str, Any]:
    path = Path(environ.get("WMS_CONFIG") or data_dir(environ) / "wms.toml")
    if not path.exists():
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileError(path=str(path), why=getattr(error, "strerror", None) or str(error)) from error


def spoken(environ: Mapping[str, str] = os.environ) -> str:
    """The locale tag of the environment, before any file is read: ``zh_CN.UTF-8``."""
    names = ("WMS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    return next((environ[name] for name in names if environ.get(name)), "en")


def _seconds(name: str, value: Any) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal()):
        raise BadSetting(name=name, text=text, wanted=N_("a whole number of seconds"))
    return int(text)


def _delay(name: str, value: Any) -> int:
    text = str(value).strip()
    if not is_delay(text):
        raise BadSetting(name=name, text=text, wanted=N_("10 to 2000 milliseconds"))
    return int(text)


def _bells(name: str, value: Any) -> frozenset[str]:
    text = str(value).strip().casefold()
    if text in BELLS:
        return frozenset({text})
    if text in {"0", "false", "off", "no"}:
        return frozenset()
    if text in {"", "1", "true", "on", "yes"}:
        return BELLS
    raise BadSetting(name=name, text=text, wanted=N_("on, off, taken or refused"))


def _theme(name: str, text: str) -> str:
    theme = text.strip().casefold()
    if theme not in THEMES:
        raise BadSetting(name=name, text=text, wanted=N_("dark or light"))
    return theme


def _profile(name: str, text: str) -> str:
    profile = text.strip().casefold()
    if profile and profile not in PROFILES:
        raise BadSetting(name=name, text=text, wanted=N_("modern, ansi16, vt220, vt100 or mono-ascii"))
    return profile


def _scanning(name: str, table: Any) -> Mapping[str, Any]:
    """Checked now, so that a mistake is told at the start and not at the first scan."""
    if not table:
        return {}
    from wms_tui.domain.barcodes.rules import rules_of

    if not isinstance(table, dict):
        raise BadSetting(name=name, text=table, wanted=N_("a table"))
    rules_of(table, date.min)
    return table


def _device(environ: Mapping[str, str]) -> str:
    """A name for the terminal at work: the ssh client's address, else the terminal line."""
    if environ.get("SSH_CONNECTION"):
        return "ssh:" + environ["SSH_CONNECTION"].split()[0]
    try:
        return os.ttyname(0)
    except OSError:
        return "script"
