"""What everybody may set for himself."""

from __future__ import annotations

from wms_tui.db import access as people
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import THEMES, Actor, OwnSettings, Permission
from wms_tui.domain.errors import NotAChoice
from wms_tui.domain.texts import LANGUAGES
from wms_tui.services.use_cases import use_case


@use_case(Permission.OWN_ACCOUNT)
def set_own(tx: Tx, actor: Actor, request: OwnSettings) -> OwnSettings:
    """Set one's own language and theme; empty is that of the terminal. Raises ``NotAChoice``."""
    check_language(request.language)
    if request.theme not in THEMES:
        raise NotAChoice(text=request.theme, known=", ".join(filter(None, THEMES)))
    tx.run(people.SET_LANGUAGE, user_id=actor.user_id, language=request.language)
    tx.run(people.SET_THEME, user_id=actor.user_id, theme=request.theme)
    before = {"language": actor.language, "theme": actor.theme}
    tx.note("set own settings", actor.name, before, {"language": request.language, "theme": request.theme})
    return request


def check_language(language: str) -> None:
    """Raise ``NotAChoice`` for a language that the program does not speak."""
    if language and language not in LANGUAGES:
        raise NotAChoice(text=language, known=", ".join(LANGUAGES))
