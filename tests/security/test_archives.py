"""Archives that want to write where they should not, or to fill the machine."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.readers import LIMITS, Found, ReaderProcess, Skipped, read
from tests.file_makers import zipped

WORDS = b"The members vote."
CLIMBS = (
    "../up.txt",
    "../../../../../../tmp/up.txt",
    "/etc/cron.d/up.txt",
    "a/../../up.txt",
    "..\\up.txt",
    "C:\\up.txt",
    "\\\\host\\share\\up.txt",
)
SMALL = replace(LIMITS, archive_files=20, archive_bytes=2_000_000, file_bytes=1_500_000)


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess(SMALL) as process:
        yield process


@pytest.mark.parametrize("name", CLIMBS)
def test_zip_slip(tmp_path: Path, process: ReaderProcess, name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"Climbed.")
        archive.writestr("good.txt", WORDS)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.zip").write_bytes(stream.getvalue())
    outcomes = list(read(folder / "a.zip", process=process))
    assert [one.name for one in outcomes if isinstance(one, Found)] == ["a.zip/good.txt"]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.zip"]


def test_zip_slip_by_a_link(tmp_path: Path, process: ReaderProcess) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert all(isinstance(one, Skipped) for one in read(tmp_path / "a.zip", process=process))


def _nested(depth: int) -> bytes:
    data = zipped({"a.txt": WORDS})
    for _ in range(depth):
        data = zipped({"in.zip": data})
    return data


def _overlapping(copies: int) -> bytes:
    """An archive whose directory names the same data again and again, as David Fifield's bomb does."""
    data = zipped({"a.txt": b"word " * 200_000})
    directory = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entries = data[directory:end] * copies
    tail = bytearray(data[end:])
    tail[8:12] = copies.to_bytes(2, "little") * 2
    tail[12:16] = len(entries).to_bytes(4, "little")
    return data[:directory] + entries + bytes(tail)


@pytest.mark.parametrize(
    "bomb",
    [
        zipped({"a.txt": b"a" * 50_000_000}),
        zipped({f"{number}.txt": WORDS for number in range(1000)}),
        _nested(50),
        _overlapping(1000),
        zipped({f"{n}.zip": zipped({"a.txt": b"word " * 250_000}) for n in range(10)}),
    ],
    ids=["packed tightly", "many files", "archives in archives", "the same data again", "many archives"],
)
def test_zip_bomb(tmp_path: Path, process: ReaderProcess, bomb: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(bomb)
    (tmp_path / "good.txt").write_bytes(WORDS)
    outcomes = list(read(tmp_path, process=process))
    kept = sum(len(one.resource.text) for one in outcomes if isinstance(one, Found))
    assert any(isinstance(one, Skipped) for one in outcomes)
    assert kept <= SMALL.archive_bytes + len(WORDS)
    assert isinstance(outcomes[-1], Found), "the file after it is read"
