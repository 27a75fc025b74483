"""A backup is everything, checked, and comes back in one step."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import DamagedBackup, DamagedStore, HomeError
from embeddings.backup import back_up, restore
from embeddings.index import open_index
from embeddings.indexing import index, sync
from embeddings.store import FILE, Store
from embeddings.verify import verify
from tests.fakes import FakeEncoder
from tests.readings import ARIZMENDI, COLLECTION, MONDRAGON, SCOP

ENCODER = FakeEncoder()


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with closing(Store.open(home, ENCODER)) as opened:
        sync(opened, ENCODER, [MONDRAGON, SCOP])
        index(opened, ENCODER, [ARIZMENDI])
        yield opened


@pytest.fixture
def backup(store: Store, home: Path, tmp_path: Path) -> Path:  # noqa: ARG001, the store has to be there
    back_up(home, tmp_path / "backup")
    return tmp_path / "backup"


def test_a_backup_is_one_file_with_everything(store: Store, home: Path, tmp_path: Path) -> None:
    store.remove(SCOP.id, for_good=True)
    contents = back_up(home, tmp_path / "backup")
    assert (contents.readings, contents.model) == (2, ENCODER.name)
    assert {path.name for path in tmp_path.iterdir()} == {"backup", "home"}
    restore(tmp_path / "elsewhere", tmp_path / "backup")
    with closing(Store.open(tmp_path / "elsewhere", ENCODER)) as other:
        assert other.resources() == (ARIZMENDI, MONDRAGON)
        assert other.withdrawn() == {SCOP.id}
        assert other.fingerprints("user").keys() == {ARIZMENDI.id}
    assert all(finding.wrong is None for finding in verify(tmp_path / "elsewhere", ENCODER))


def test_a_store_in_use_is_restored_under_its_users(store: Store, backup: Path, home: Path) -> None:
    index(store, ENCODER, COLLECTION)
    before = open_index(store, ENCODER, home)
    assert restore(home, backup)[1] is None
    assert store.state != before.state
    assert store.resources() == (ARIZMENDI, MONDRAGON, SCOP)
    assert open_index(store, ENCODER, home).resources.keys() == {ARIZMENDI.id, MONDRAGON.id, SCOP.id}


def test_no_index_of_another_time_is_taken_for_that_of_the_restored_store(
    store: Store, backup: Path, home: Path
) -> None:
    index(store, ENCODER, [MONDRAGON, *COLLECTION[:2]])
    states = {store.state}
    restore(home, backup)
    for resource in COLLECTION:
        store.remove(resource.id)
        assert store.state not in states
        states.add(store.state)


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "other"])
def test_a_file_that_is_no_backup_or_damaged_is_refused_and_nothing_is_changed(
    store: Store, backup: Path, home: Path, damage: str
) -> None:
    whole = backup.read_bytes()
    place = random.Random(3).randrange(len(whole))
    backup.write_bytes(
        {
            "cut": whole[:-1],
            "flip": whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
            "empty": b"",
            "other": b"%PDF-1.7 something else" * 100,
        }[damage]
    )
    state = store.state
    with pytest.raises(DamagedBackup, match=str(backup)):
        restore(home, backup)
    assert store.state == state
    assert len(list(home.glob(".*"))) == 0


def test_a_backup_that_is_not_there_is_told(home: Path, tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="none"):
        restore(home, tmp_path / "none")
    with pytest.raises(HomeError, match="nothing to back up"):
        back_up(home, tmp_path / "backup")


def test_a_damaged_store_is_not_backed_up(store: Store, home: Path, tmp_path: Path) -> None:
    store.close()
    whole = (home / FILE).read_bytes()
    (home / FILE).write_bytes(whole.replace(b"five young engineers", b"nine young engineers"))
    (tmp_path / "backup").write_text("the earlier one")
    with pytest.raises(DamagedStore, match=MONDRAGON.id):
        back_up(home, tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "the earlier one"


def test_a_damaged_store_is_set_aside_and_whoever_has_it_open_sees_the_restored_one(
    store: Store, backup: Path, home: Path
) -> None:
    with closing(Store.open(home, ENCODER)) as user:
        store.close()
        (home / FILE).write_bytes(b"garbage" * 1000)
        aside = restore(home, backup)[1]
        assert aside
        assert aside.read_bytes() == b"garbage" * 1000
        assert user.resources() == (ARIZMENDI, MONDRAGON, SCOP)
    assert all(finding.wrong is None for finding in verify(home, ENCODER))


@pytest.mark.usefixtures("store")
def test_a_backup_where_nothing_can_be_written_is_told(home: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "no" / "folder", tmp_path):
        with pytest.raises(HomeError, match="can't be written"):
            back_up(home, target)
