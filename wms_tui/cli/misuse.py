"""argparse's own sentences about a command line, in the reader's language."""

from __future__ import annotations

import re
from functools import cache

from wms_tui.domain.texts import N_, Translate

SENTENCES = (
    N_("argument {name}: {fault}"),
    N_("the following arguments are required: {names}"),
    N_("one of the arguments {names} is required"),
    N_("unrecognized arguments: {words}"),
    N_("invalid choice: {word} (choose from {known})"),
    N_("invalid {kind} value: {word}"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument {name}"),
    N_("ignored explicit argument {word}"),
)
"""As argparse writes them; ``fault`` is another one of them, or a sentence of ours."""


def told(translate: Translate, message: str) -> str:
    """A message of argparse as the reader is told it; one that is not known stays as it is."""
    for template in SENTENCES:
        found = _pattern(template).fullmatch(message)
        if found:
            fields = {
                name: told(translate, text) if name == "fault" else text for name, text in found.groupdict().items()
            }
            return translate(template).format(**fields)
    return message


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    fields = [f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)]
    return re.compile("".join(fields), re.DOTALL)
