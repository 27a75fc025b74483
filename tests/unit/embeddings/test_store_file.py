"""A store in a file: what it can't vouch for it refuses, and it gets on with other programs."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import DamagedStore, HomeError
from corpus.resource import Resource
from embeddings.database import Database
from embeddings.store import FILE, Store
from embeddings.texts import texts_of
from tests.unit.embeddings.test_store import ENCODER, LONG, SHORT, put


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with closing(Store.open(home, ENCODER)) as opened:
        yield opened


def test_two_new_stores_differ_in_state(tmp_path: Path) -> None:
    with (
        closing(Store.open(tmp_path / "1", ENCODER)) as one,
        closing(Store.open(tmp_path / "2", ENCODER)) as two,
    ):
        assert one.state != two.state


def test_a_home_that_is_a_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for home in (tmp_path / "file", tmp_path / "file" / "folder"):
        with pytest.raises(HomeError, match="ASSISTANT_HOME"):
            Store.open(home, ENCODER)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_store_that_is_a_folder_is_refused_with_what_to_do(home: Path) -> None:
    (home / FILE).mkdir(parents=True)
    with pytest.raises(HomeError, match="ASSISTANT_HOME"):
        Store.open(home, ENCODER)


@pytest.mark.parametrize("content", [b"garbage" * 1000, b"xy", b"SQLite format 3\0" + b"\0" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(home: Path, content: bytes) -> None:
    home.mkdir()
    (home / FILE).write_bytes(content)
    with pytest.raises(
        DamagedStore, match=r"`python -m assistant restore FILE`.*`python -m assistant rebuild`"
    ):
        Store.open(home, ENCODER)
    assert (home / FILE).read_bytes() == content


def test_an_emptied_store_is_begun_anew_and_the_log_says_so(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home.mkdir()
    (home / FILE).write_bytes(b"")
    with closing(Store.open(home, ENCODER)) as store:
        put(store, SHORT)
    assert "was empty" in caplog.text


def test_the_database_of_another_program_is_refused(home: Path) -> None:
    home.mkdir()
    with closing(sqlite3.connect(home / FILE)) as connection:
        connection.execute("CREATE TABLE other (a)")
    with pytest.raises(DamagedStore):
        Store.open(home, ENCODER)
    with pytest.raises(DamagedStore):
        Store.open(home, ENCODER, renew=True)


def test_a_store_of_another_version_is_refused(home: Path) -> None:
    Store.open(home, ENCODER).close()
    with closing(sqlite3.connect(home / FILE)) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'format'")
    for renew in (False, True):
        with pytest.raises(HomeError, match="format 99"):
            Store.open(home, ENCODER, renew=renew)


def everything(home: Path) -> tuple[object, ...]:
    with closing(Store.open(home, ENCODER)) as store:
        resources, passages = store.resources(), tuple(store.passages())
        by_id = {resource.id: resource for resource in resources}
        texts = [text for passage in passages for text in texts_of(by_id[passage.resource_id], [passage])]
        return resources, passages, store.vectors(texts).tobytes()


@pytest.fixture
def filled(home: Path) -> Path:
    with closing(Store.open(home, ENCODER)) as store:
        for number in range(12):
            text = f"Members of cooperative {number} vote.\nIt was founded in {1900 + number}."
            put(store, Resource(id=f"r{number}", title=f"T{number}", kind="k", language="en", text=text))
    return home / FILE


def test_no_flipped_byte_changes_what_is_read(filled: Path) -> None:
    whole, before = filled.read_bytes(), everything(filled.parent)
    noticed = 0
    for place in random.Random(5).sample(range(len(whole)), 150):
        filled.write_bytes(whole[:place] + bytes([whole[place] ^ 0x11]) + whole[place + 1 :])
        try:
            assert everything(filled.parent) == before, place
        except HomeError:
            noticed += 1
    assert noticed > 20


@pytest.mark.parametrize("share", [0.001, 0.01, 0.3, 0.6, 0.99])
def test_a_cut_store_is_refused(filled: Path, share: float) -> None:
    whole = filled.read_bytes()
    filled.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DamagedStore):
        everything(filled.parent)


def test_a_reading_that_is_lost_is_missed(store: Store, home: Path) -> None:
    put(store, SHORT)
    put(store, LONG)
    with closing(sqlite3.connect(home / FILE)) as connection, connection:
        connection.execute("DELETE FROM resources WHERE id = ?", (SHORT.id,))
    for look in (store.resources, store.fingerprints):
        with pytest.raises(DamagedStore, match="rebuild"):
            look()


def test_a_reading_that_was_withdrawn_does_not_come_back_unnoticed(store: Store, home: Path) -> None:
    put(store, SHORT, "starter")
    store.remove(SHORT.id, for_good=True)
    with closing(sqlite3.connect(home / FILE)) as connection, connection:
        connection.execute("DELETE FROM withdrawn")
    with pytest.raises(DamagedStore):
        store.fingerprints()


def test_a_store_of_the_first_format_is_taken_over(store: Store, home: Path) -> None:
    put(store, SHORT)
    put(store, LONG, "starter")
    store.remove(LONG.id, for_good=True)
    store.close()
    with closing(sqlite3.connect(home / FILE)) as connection, connection:
        connection.execute("DROP TABLE files")
        connection.execute("DELETE FROM meta WHERE name = 'total'")
        connection.execute("UPDATE meta SET value = '1' WHERE name = 'format'")
    with closing(Store.open(home, ENCODER)) as opened:
        assert opened.resources() == (SHORT,)
        assert opened.withdrawn() == {LONG.id}
        assert opened.files() == {}


def test_a_writer_that_waits_says_so_and_then_writes(
    store: Store, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        ThreadPoolExecutor(1) as pool,
        closing(sqlite3.connect(home / FILE, isolation_level=None)) as writer,
    ):
        writer.execute("BEGIN IMMEDIATE")
        written = pool.submit(put, store, SHORT)
        while "waiting for it" not in caplog.text:
            assert not written.done()
        writer.execute("ROLLBACK")
        written.result()
    assert store.resources() == (SHORT,)


def test_what_is_written_is_on_disk_when_it_is_acknowledged(home: Path) -> None:
    with closing(Database.open(home / FILE, 1)) as database:
        assert database.rows("PRAGMA journal_mode") == [("wal",)]
        assert database.rows("PRAGMA synchronous") == [(2,)]  # FULL: fsync with every transaction
