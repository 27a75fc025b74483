"""What the store acknowledged stays, exactly; what it can't vouch for it refuses."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import DamagedStore, HomeError, WrongModel
from corpus.passages import split_passages
from corpus.resource import Passage, Resource, Section, Source
from embeddings.database import Database
from embeddings.reading_rows import Origin
from embeddings.rows import fingerprint
from embeddings.store import FILE, ReadFrom, Store
from embeddings.texts import texts_of
from tests.fakes import FakeEncoder

ENCODER = FakeEncoder()

SHORT = Resource(id="b-short", title="A short one", kind="report", language="en", text="Members vote.")
LONG = Resource(
    id="a-long",
    title="Coopératives 合作社 🐝",
    kind="guide",
    language="fr",
    text="Une coopérative appartient à ses membres.\nChacun a une voix.\n\nLe surplus \x00\ud800 va là.",
    notes=True,
    people=("Ana", "Béa"),
    date="2019-03",
    topics=("law",),
    url="https://example.org/a?b=c&d='\"",
    listed_by_ilo=True,
    sections=(Section(0, "Membres"), Section(62, "Surplus")),
    sources=(Source(0, 41, "https://example.org/source"),),
    pages=(0, 42),
)


def put(store: Store, resource: Resource, origin: Origin = "user") -> tuple[Passage, ...]:
    passages = split_passages(resource)
    texts = store.missing(texts_of(resource, passages))
    printable = [text.encode("utf-8", "replace").decode() for text in texts]
    store.put(resource, passages, dict(zip(texts, ENCODER.encode(printable), strict=True)), origin)
    return passages


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with closing(Store.open(home, ENCODER)) as opened:
        yield opened


def count(home: Path, table: str) -> int:
    with closing(sqlite3.connect(home / FILE)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def test_a_new_store_is_empty(store: Store) -> None:
    assert (store.resources(), store.passages()) == ((), ())
    assert store.fingerprints() == {}
    assert store.vectors([]).shape == (0, 64)
    assert store.missing([]) == []


def test_readings_and_passages_come_back_exactly_and_in_order(home: Path) -> None:
    with closing(Store.open(home, ENCODER)) as store:
        short, long = put(store, SHORT), put(store, LONG)
    with closing(Store.open(home, ENCODER)) as store:
        assert store.resources() == (LONG, SHORT)
        assert store.passages() == long + short
        assert len(long) == 2
        assert store.fingerprints() == {
            "a-long": fingerprint(LONG, long),
            "b-short": fingerprint(SHORT, short),
        }


def test_vectors_come_back_in_the_order_asked_for(store: Store) -> None:
    texts = texts_of(SHORT, put(store, SHORT))
    asked = [*reversed(texts), texts[0]]
    found, expected = store.vectors(asked), ENCODER.encode(asked)
    assert found.dtype == np.float32
    cosines = (found * expected).sum(axis=1) / np.linalg.norm(found, axis=1)
    assert cosines.min() > 0.9999


def test_only_texts_without_a_vector_are_missing_each_once(store: Store) -> None:
    texts = texts_of(SHORT, put(store, SHORT))
    assert store.missing(["new", *texts, "newer", "new"]) == ["new", "newer"]


def test_a_text_that_two_readings_share_keeps_its_vector_until_the_last_is_removed(
    store: Store, home: Path
) -> None:
    twin = Resource(id="twin", title="Another", kind="report", language="en", text=SHORT.text)
    short, other = (set(texts_of(each, put(store, each))) for each in (SHORT, twin))
    assert "Members vote." in short & other
    assert count(home, "vectors") == len(short | other)
    assert store.remove(SHORT.id)
    assert store.missing(["Members vote."]) == []
    assert count(home, "vectors") == len(other)
    assert store.remove(twin.id)
    assert count(home, "vectors") == count(home, "uses") == 0


def test_a_replaced_reading_leaves_nothing_of_the_old_one(store: Store, home: Path) -> None:
    put(store, SHORT)
    changed = Resource(id=SHORT.id, title=SHORT.title, kind="guide", language="en", text="Members share.")
    texts = texts_of(changed, put(store, changed))
    assert store.resources() == (changed,)
    assert store.missing(["Members vote.", "Members share."]) == ["Members vote."]
    assert count(home, "vectors") == len(texts)


def test_removing_what_is_not_there_says_so(store: Store) -> None:
    assert not store.remove("nothing")


def test_a_removed_starter_reading_is_remembered_until_it_is_added_again(store: Store) -> None:
    put(store, SHORT, "starter")
    put(store, LONG, "user")
    store.remove(SHORT.id, for_good=True)
    store.remove(LONG.id)
    store.remove("never-there", for_good=True)
    assert store.withdrawn() == {SHORT.id}
    put(store, SHORT)
    assert store.withdrawn() == frozenset()


def test_every_change_changes_the_state_and_reading_does_not(store: Store, home: Path) -> None:
    states = [store.state]
    put(store, SHORT)
    states.append(store.state)
    store.resources()
    store.missing(["a"])
    assert store.state == states[-1]
    with closing(Store.open(home, ENCODER)) as other:
        assert other.state == states[-1]
        other.remove(SHORT.id)
    states.append(store.state)
    assert len(set(states)) == 3


def test_two_new_stores_differ_in_state(tmp_path: Path) -> None:
    with (
        closing(Store.open(tmp_path / "1", ENCODER)) as one,
        closing(Store.open(tmp_path / "2", ENCODER)) as two,
    ):
        assert one.state != two.state


def test_a_reading_without_all_its_vectors_is_refused_whole(store: Store) -> None:
    state = store.state
    with pytest.raises(ValueError, match=r"\d texts of b-short have no vector"):
        store.put(SHORT, split_passages(SHORT), {})
    assert store.resources() == ()
    assert store.state == state


@pytest.mark.parametrize("vector", [np.ones(63), np.full(64, np.nan), np.ones((1, 64))])
def test_what_is_no_vector_is_refused(
    store: Store, vector: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> None:
    passages = split_passages(SHORT)
    with pytest.raises(ValueError, match="64 finite numbers"):
        store.put(SHORT, passages, dict.fromkeys(texts_of(SHORT, passages), vector.astype(np.float32)))


def test_a_passage_that_is_not_in_the_text_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="not what b-short says"):
        store.put(SHORT, [Passage(SHORT.id, 0, 3, "Mum", None, ())], {})


def test_what_is_read_together_is_of_one_moment(store: Store, home: Path) -> None:
    put(store, SHORT)
    with store.reading():
        state = store.state
        with closing(Store.open(home, ENCODER)) as other:
            put(other, LONG)
        assert store.resources() == (SHORT,)
        assert store.state == state
    assert store.resources() == (LONG, SHORT)


def test_threads_share_a_store(store: Store) -> None:
    def work(number: int) -> bool:
        resource = Resource(
            id=f"r{number}", title=f"T{number}", kind="k", language="en", text=f"Text {number}."
        )
        texts = texts_of(resource, put(store, resource))
        return len(store.vectors(texts)) == len(texts)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(40))) == [True] * 40
    assert len(store.resources()) == 40


def put_many(home: Path, writer: str) -> None:
    with closing(Store.open(home, FakeEncoder(), patience=30)) as store:
        for number in range(25):
            put(
                store,
                Resource(
                    id=f"{writer}{number}", title=writer, kind="k", language="en", text=f"Text {number}."
                ),
            )


def test_processes_may_begin_a_store_and_write_to_it_at_once(home: Path) -> None:
    processes = [get_context("spawn").Process(target=put_many, args=(home, writer)) for writer in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    with closing(Store.open(home, ENCODER)) as store:
        assert len(store.resources()) == 75
        assert store.state.endswith("-75")


def test_a_program_that_writes_for_long_is_named_as_the_cause(store: Store, home: Path) -> None:
    with closing(sqlite3.connect(home / FILE, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with (
            closing(Store.open(home, ENCODER, patience=0.05)) as hasty,
            pytest.raises(HomeError, match="Another program is writing"),
        ):
            put(hasty, SHORT)
        assert store.resources() == ()  # reading goes on meanwhile


@pytest.mark.parametrize("encoder", [FakeEncoder(name="another"), FakeEncoder(32)])
def test_another_model_is_refused_with_the_command_that_rebuilds(home: Path, encoder: FakeEncoder) -> None:
    Store.open(home, ENCODER).close()
    with pytest.raises(WrongModel, match=r"made with the model bag-of-words.*`python -m assistant rebuild`"):
        Store.open(home, encoder)


def test_a_renewed_store_keeps_every_reading_for_the_new_model(store: Store, home: Path) -> None:
    put(store, SHORT, "starter")
    put(store, LONG, "user")
    with closing(Store.open(home, FakeEncoder(32, "new"), renew=True)) as renewed:
        assert (renewed.resources(), renewed.passages()) == ((), ())
        assert renewed.waiting("starter") == (SHORT,)
        assert renewed.waiting("user") == (LONG,)
    with pytest.raises(WrongModel):
        put(store, SHORT)
    with pytest.raises(WrongModel):
        store.vectors(["Members vote."])


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
        resources, passages = store.resources(), store.passages()
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


def test_what_a_reading_was_read_from_is_known_until_it_changes(store: Store) -> None:
    read = ReadFrom("fingerprint", "words", "2026-01-02T03:04:05+00:00")
    put(store, SHORT)
    state = store.state
    store.note_files({SHORT.id: read, "nowhere": read})
    assert store.files() == {SHORT.id: read}
    assert store.state == state
    put(store, SHORT)
    assert store.files() == {}


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
