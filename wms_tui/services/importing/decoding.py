"""Bytes to text: which of the encodings that spreadsheets write a file is in."""

from __future__ import annotations

import codecs

from wms_tui.domain.display import DANGEROUS
from wms_tui.domain.file_errors import FileBinary, FileUndecodable, UnknownEncoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON_SHARE = 0.6


def decode(path: str, content: bytes, encoding: str | None = None) -> str:
    """The text of a file. Raises ``FileUndecodable``, ``FileBinary`` or ``UnknownEncoding``."""
    text = _named(path, content, encoding) if encoding else _guessed(path, content)
    if "\x00" in text:
        raise FileBinary(path=path)
    return text.removeprefix("\ufeff")


def _named(path: str, content: bytes, encoding: str) -> str:
    try:
        known = codecs.lookup(encoding)
    except (LookupError, ValueError) as error:
        raise UnknownEncoding(encoding=encoding) from error
    if not known._is_text_encoding:
        raise UnknownEncoding(encoding=encoding)
    return _strictly(path, content, known.name)


def _guessed(path: str, content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(path, content, encoding)
    if b"\x00" in content:
        return _utf16_without_mark(path, content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _gb18030(path, content, _line(content, error.start))


def _strictly(path: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileUndecodable(path=path, tried=encoding, line=_line(content, error.start)) from error
    except UnicodeError as error:  # codecs that are no encoding of text, such as "undefined"
        raise UnknownEncoding(encoding=encoding) from error


def _line(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _utf16_without_mark(path: str, content: bytes) -> str:
    """Separators and line ends are ASCII, so in UTF-16 their other byte is zero: nearly always the odd, or the even."""
    odd, even = content[1::2].count(0), content[::2].count(0)
    if len(content) % 2 or max(odd, even) < 2 * min(odd, even):
        raise FileBinary(path=path)
    text = _strictly(path, content, "utf-16-le" if odd > even else "utf-16-be")
    if DANGEROUS.search(text.split("\n", 1)[0].replace("\t", "").rstrip("\r")):
        raise FileBinary(path=path)
    return text


def _gb18030(path: str, content: bytes, line: int) -> str:
    """GB18030 takes nearly any bytes, so the text must also look Chinese: most of it in everyday characters."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise FileUndecodable(path=path, tried="UTF-8, GB18030", line=line) from error
    foreign = [character for character in text if not character.isascii()]
    common = sum(1 for character in foreign if _everyday(character))
    if common < len(foreign) * _COMMON_SHARE:
        raise FileUndecodable(path=path, tried="UTF-8, GB18030", line=line)
    return text


def _everyday(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False
