"""A folder of readings is read again when anything about it has changed, and only then."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus import collection
from corpus.errors import CollectionError
from corpus.resource import Resource
from embeddings.starter import sync_folder
from embeddings.stores import AnyStore
from tests.fakes import FakeEncoder
from tests.stores import Place

NAMES = ("california-ab-816", "ica-cooperative-identity")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "readings"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(collection.STARTER / f"{name}.md", folder)
    return folder


@pytest.fixture
def store(place: Place) -> Iterator[AnyStore]:
    with closing(place.open(FakeEncoder())) as store:
        yield store


class Start:
    """A start of the program; says whether the folder was read."""

    def __init__(self, store: AnyStore, folder: Path, home: Path) -> None:
        self.store, self.folder, self.home = store, folder, home

    def __call__(self, folder: Path | None = None, settled: float = 0.0) -> bool:
        read: list[Path] = []

        def load(folder: Path) -> tuple[Resource, ...]:
            read.append(folder)
            return collection.load(folder)

        sync_folder(self.store, FakeEncoder(), folder or self.folder, self.home, load=load, settled=settled)
        return bool(read)


@pytest.fixture
def start(store: AnyStore, folder: Path, home: Path) -> Start:
    start = Start(store, folder, home)
    assert start()
    return start


def test_a_folder_that_has_not_changed_is_not_read_again(start: Start) -> None:
    assert not start()
    assert tuple(resource.id for resource in start.store.resources()) == NAMES


def _edit(path: Path) -> None:
    """A letter changed, and the time put back."""
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"members", b"Members"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def _rename(path: Path) -> None:
    path.rename(path.with_name("another-name.md"))


def _add(path: Path) -> None:
    (path.parent / "deeper").mkdir()
    shutil.copy(path, path.parent / "deeper" / "another-name.md")


@pytest.mark.parametrize("change", [_edit, _rename, _add, Path.unlink])
def test_any_change_of_a_file_is_seen(start: Start, change: Callable[[Path], None]) -> None:
    change(start.folder / f"{NAMES[1]}.md")
    assert start()
    assert start.store.resources() == collection.load(start.folder)
    assert not start()


def test_a_file_written_just_now_is_read_until_its_time_can_be_trusted(start: Start) -> None:
    assert start(settled=60)
    assert start(settled=60)


def test_a_change_of_the_store_makes_the_folder_be_read(start: Start) -> None:
    start.store.remove(NAMES[0], for_good=True)
    assert start()
    assert not start()
    assert [resource.id for resource in start.store.resources()] == [NAMES[1]]


def test_a_start_with_another_folder_is_not_mistaken_for_this_one(start: Start, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(collection.STARTER / "mondragon-wikipedia.md", other)
    assert start(other)
    assert start()
    assert tuple(resource.id for resource in start.store.resources()) == NAMES


def test_a_folder_with_a_fault_is_read_until_it_is_mended(start: Start) -> None:
    fault = start.folder / "fault.md"
    fault.write_text("no header")
    for _ in range(2):
        with pytest.raises(CollectionError):
            start()
    fault.unlink()
    start()
    assert not start()
