"""A snapshot is what was written, or it is not used."""

from __future__ import annotations

import logging
import os
import random
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from embeddings import snapshot

FILES = {"vectors": bytes(range(256)) * 8, "words": b"", "numbers": b"\n\n0123\n"}
STAMP = {"state": "a-1", "model": "m"}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    snapshot.write(tmp_path, "index", FILES, STAMP)
    (path,) = tmp_path.iterdir()
    return path


def test_what_was_written_is_read(written: Path) -> None:
    assert snapshot.read(written.parent, "index", STAMP) == FILES


def test_a_later_one_takes_the_place_of_an_earlier_one(written: Path) -> None:
    snapshot.write(written.parent, "index", {"words": b"new"}, {"state": "a-2"})
    assert snapshot.read(written.parent, "index", {"state": "a-2"}) == {"words": b"new"}
    assert list(written.parent.iterdir()) == [written]


@pytest.mark.parametrize("stamp", [{}, {"state": "a-2", "model": "m"}, {"state": "a-1"}, STAMP | {"x": ""}])
def test_one_of_another_state_is_stale(
    written: Path, stamp: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert snapshot.read(written.parent, "index", stamp) is None
    assert "stale" in caplog.text


def test_one_that_is_not_there_is_missing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert snapshot.read(tmp_path / "nowhere", "index", STAMP) is None
    assert "missing" in caplog.text


def test_no_flipped_byte_goes_unnoticed(written: Path) -> None:
    whole = written.read_bytes()
    for place in [*range(len(whole) - 2100), *range(len(whole) - 2100, len(whole), 50)]:
        written.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert snapshot.read(written.parent, "index", STAMP) is None, place


def test_no_cut_goes_unnoticed(written: Path) -> None:
    whole = written.read_bytes()
    for length in random.Random(1).sample(range(len(whole)), 200):
        written.write_bytes(whole[:length])
        assert snapshot.read(written.parent, "index", STAMP) is None, length


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"{}", b"\n\n\n"])
def test_other_content_is_damaged(written: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    written.write_bytes(content)
    assert snapshot.read(written.parent, "index", STAMP) is None
    assert "damaged" in caplog.text


def test_more_than_was_written_is_damaged(written: Path) -> None:
    written.write_bytes(written.read_bytes() + b"x")
    assert snapshot.read(written.parent, "index", STAMP) is None


def test_a_folder_in_its_place_is_damaged_and_can_not_be_replaced(
    written: Path, caplog: pytest.LogCaptureFixture
) -> None:
    written.unlink()
    written.mkdir()
    assert snapshot.read(written.parent, "index", STAMP) is None
    snapshot.write(written.parent, "index", FILES, STAMP)
    assert "can't be kept" in caplog.text
    assert list(written.parent.iterdir()) == [written]


def test_a_folder_that_can_not_be_made_costs_no_more_than_a_line_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    snapshot.write(tmp_path / "file" / "folder", "index", FILES, STAMP)
    assert "can't be kept" in caplog.text


def test_a_large_snapshot_is_mapped_checked_and_replaced_under_its_readers(tmp_path: Path) -> None:
    size = snapshot.MAPPED_FROM // 2 + 1
    files = {"a": b"a" * 5, "b": b"b" * size, "c": b"c" * size}
    given_back = snapshot.write(tmp_path, "index", files, STAMP)
    assert given_back == files
    assert all(isinstance(data, memoryview) for data in given_back.values())
    found = snapshot.read(tmp_path, "index", STAMP)
    assert found is not None
    assert isinstance(found["b"], memoryview)
    snapshot.write(tmp_path, "index", FILES, STAMP)
    assert (bytes(found["a"]), found["c"][-1:]) == (b"aaaaa", b"c")
    assert snapshot.read(tmp_path, "index", STAMP) == FILES


def test_a_byte_of_a_large_snapshot_is_not_flipped_unnoticed(tmp_path: Path) -> None:
    snapshot.write(tmp_path, "index", {"a": bytes(snapshot.MAPPED_FROM)}, STAMP)
    with (tmp_path / "index.snapshot").open("r+b") as file:
        file.seek(snapshot.MAPPED_FROM // 2)
        file.write(b"x")
    assert snapshot.read(tmp_path, "index", STAMP) is None


def test_what_a_killed_writer_left_is_cleared_away_but_not_what_one_is_writing(tmp_path: Path) -> None:
    old, new = tmp_path / ".index.old.part", tmp_path / ".index.new.part"
    old.write_bytes(b"")
    new.write_bytes(b"")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    snapshot.write(tmp_path, "index", FILES, STAMP)
    assert {path.name for path in tmp_path.iterdir()} == {"index.snapshot", new.name}


def write_many(folder: Path, word: bytes) -> None:
    for _ in range(40):
        snapshot.write(folder, "index", {"a": word * 5000, "b": word}, STAMP)


def test_writers_at_the_same_time_leave_one_whole_snapshot(tmp_path: Path) -> None:
    processes = [
        get_context("spawn").Process(target=write_many, args=(tmp_path, word)) for word in (b"x", b"y")
    ]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        found = snapshot.read(tmp_path, "index", STAMP)
        assert found is None or found["a"] == bytes(found["b"]) * 5000
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert snapshot.read(tmp_path, "index", STAMP) is not None
    assert len(list(tmp_path.iterdir())) == 1
