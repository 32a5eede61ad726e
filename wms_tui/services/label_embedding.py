"""The font that a PDF embeds: the characters that are printed, and nothing else."""

from __future__ import annotations

import string
from collections.abc import Set
from io import BytesIO
from typing import Any, NamedTuple

from wms_tui.domain.print_errors import LabelsNotInstalled
from wms_tui.services.label_fonts import BOLD, REGULAR, font_file

NAMES = {False: "Labels-Regular", True: "Labels-Bold"}
"""Weights of one font bear one name, and whoever embeds both takes them for one."""
POSTSCRIPT_NAME = 6
UNUSED = ["GSUB", "GPOS", "GDEF", "BASE", "HVAR", "vhea", "vmtx", "STAT"]
"""Tables that a label does not need: what ``HVAR`` says of advances, the outlines say as well."""
OFTEN = frozenset(string.digits + string.ascii_letters + string.punctuation + " ")
MOST_KEPT = 400
"""Characters; cutting out many more would take longer than reading the whole font for each weight."""


class _Cut(NamedTuple):
    """A font file of both weights with a few characters, from which those of a label are soon cut out."""

    characters: frozenset[str]
    file: bytes


_kept = [_Cut(frozenset(), b"")]
"""What was cut out last; the whole font has 30,000 glyphs and takes a quarter of a second to read."""


def embeddable(characters: Set[str], bold: bool) -> BytesIO:
    """A font file of these characters alone, in one weight. Raises ``LabelsNotInstalled``."""
    try:
        from fontTools.varLib import instancer
    except ModuleNotFoundError as error:
        raise LabelsNotInstalled from error
    font = _cut(BytesIO(_holding(characters)), characters)
    single = instancer.instantiateVariableFont(font, {"wght": BOLD if bold else REGULAR})
    for platform in ((1, 0, 0), (3, 1, 0x409)):
        single["name"].setName(NAMES[bold], POSTSCRIPT_NAME, *platform)
    return _saved(single)


def _holding(characters: Set[str]) -> bytes:
    """A font file in which these characters are, and perhaps others that were printed before."""
    font, kept = str(font_file()), _kept[0]
    if not kept.characters >= characters:
        wanted = OFTEN | characters | kept.characters
        if len(wanted) > MOST_KEPT:
            wanted = OFTEN | characters
        kept = _kept[0] = _Cut(wanted, _saved(_cut(font, wanted)).getvalue())
    return kept.file


def _cut(file: str | BytesIO, characters: Set[str]) -> Any:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False)
    options.drop_tables += UNUSED
    font = TTFont(file, lazy=True, recalcTimestamp=False)
    # Names of glyphs are not kept; made up from the characters they would take as long as all the rest.
    font.setGlyphOrder([".notdef", *map(str, range(1, font["maxp"].numGlyphs))])
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(characters))
    subsetter.subset(font)
    return font


def _saved(font: Any) -> BytesIO:
    file = BytesIO()
    font.save(file)
    file.seek(0)
    return file
