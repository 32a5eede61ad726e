"""The file of a backup, whatever bytes have become of it: a source of the rows that were written, or refused as one."""

import random
from datetime import UTC, datetime
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest

from wms_tui.db.schema import HEAD
from wms_tui.domain import backup_errors as errors
from wms_tui.domain.backup import Contents, TableFacts, unseen
from wms_tui.services import backup_file

ROWS = {
    "category": [b"1\tSteel\n", b"2\t\xe9\x92\xa2\n"],
    "product": [b"1\tBOLT\tBolt %d\n" % number for number in range(20)],
    "lot": [],
}
REFUSALS = (errors.BackupDamaged, errors.NotABackup, errors.BackupTooNew)


class Rows:
    """A source that is the same at each run."""

    contents = Contents(HEAD, tuple(TableFacts(name, (("id", "whole"),), 0) for name in ROWS))

    def chunks(self, table):
        return iter(ROWS[table.name])


@pytest.fixture
def backup(tmp_path):
    path = tmp_path / "monday.wms"
    backup_file.write(path, Rows(), datetime(2026, 3, 2, 6, tzinfo=UTC), unseen)
    return path


def read(path):
    with backup_file.opened(str(path)) as source:
        return source.contents, {table.name: b"".join(source.chunks(table)) for table in source.contents.tables}


def test_what_is_read_is_what_was_written(backup):
    contents, rows = read(backup)
    assert rows == {name: b"".join(rows) for name, rows in ROWS.items()}
    assert [table.rows for table in contents.tables] == [2, 20, 0]


def every_bit(content):
    for place in range(len(content)):
        for bit in range(8):
            flipped = bytearray(content)
            flipped[place] ^= 1 << bit
            yield flipped


def lengths(content):
    for length in range(len(content)):
        yield content[:length]


def overwritten(content):
    """Some bytes at a time, most of them in the directory at the end, where places in the file stand."""
    dice, directory = random.Random(1), content.index(b"PK\x01\x02")
    for _ in range(2000):
        struck = bytearray(content)
        for _ in range(dice.choice((1, 2, 3, 8))):
            first = directory if dice.random() < 0.8 else 0
            struck[dice.randrange(first, len(struck))] = dice.choice((0, 255, 128, dice.randrange(256)))
        yield struck


@pytest.mark.parametrize(("damage", "found_at_least"), [(every_bit, 0.6), (lengths, 1), (overwritten, 0.6)])
def test_damage_is_found_or_does_no_harm(backup, damage, found_at_least):
    """A ZIP file has bytes that nobody reads, such as its dates."""
    written, whole = read(backup), backup.read_bytes()
    found, struck = 0, 0
    for content in damage(whole):
        backup.write_bytes(content)
        struck += 1
        try:
            assert read(backup) == written
        except REFUSALS:
            found += 1
    assert found >= struck * found_at_least


@pytest.mark.parametrize("compression", [ZIP_BZIP2, ZIP_LZMA])
def test_damage_that_names_another_compression_is_found(backup, compression):
    """The library's other decompressors refuse in errors of their own."""
    content = bytearray(backup.read_bytes())
    with ZipFile(backup) as archive:
        assert archive.getinfo("manifest.json").compress_type != compression
    last = content.rindex(b"PK\x01\x02")
    content[last + 10] = compression
    backup.write_bytes(content)
    with pytest.raises(errors.BackupDamaged):
        read(backup)
