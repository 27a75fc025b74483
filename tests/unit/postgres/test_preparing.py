"""A database is made ready to search by itself once, whatever happens meanwhile."""

from __future__ import annotations

from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import psycopg
import pytest

from corpus.errors import HomeError, WrongModel
from embeddings.indexing import index as add
from embeddings.indexing import sync
from embeddings.postgres import schema
from embeddings.postgres.connections import Connections
from embeddings.postgres.search_tables import UNFINISHED, VERSION
from embeddings.postgres.store import PostgresStore
from embeddings.query import make_query
from embeddings.stores import open_store
from tests.fakes import FakeEncoder
from tests.kept_up import assert_kept_up
from tests.readings import COLLECTION, MONDRAGON, SCOP, reading
from tests.unit.postgres.searching import ENCODER, index_of, searching


def searched(address: str) -> str:
    with psycopg.connect(address) as connection:
        ((version,),) = connection.execute("SELECT searched FROM coop_assistant.store").fetchall()
        return str(version)


def test_a_database_that_was_not_searched_is_made_ready_once_with_progress(database: str, home: Path) -> None:
    with closing(open_store(home, ENCODER, database)) as store:
        sync(store, ENCODER, COLLECTION)
        state = store.state
    told_of: list[tuple[int, int]] = []
    with closing(searching(database)) as store:
        assert store.own_index(None, lambda *done: told_of.append(done))
        assert told_of[-1] == (len(COLLECTION), len(COLLECTION))
        assert store.own_index(None, lambda *done: told_of.append(done))
        assert len(told_of) == 1
        assert store.state == state
    assert_kept_up(database)


def test_what_was_interrupted_is_gone_on_with(database: str, home: Path) -> None:
    with closing(open_store(home, ENCODER, database)) as store:
        sync(store, ENCODER, COLLECTION)

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with closing(searching(database)) as store:
        with pytest.raises(KeyboardInterrupt):
            store.own_index(None, stop)
        assert searched(database) == UNFINISHED
        add(store, ENCODER, [reading("meanwhile", "This came while the tables were filled.")])
        assert "meanwhile" in index_of(store).resources
    assert_kept_up(database)


def _make_ready(database: str) -> int:
    with closing(searching(database)) as store:
        return index_of(store).size


def test_processes_may_make_a_database_ready_at_once(database: str, home: Path) -> None:
    with closing(open_store(home, ENCODER, database)) as store:
        sync(store, ENCODER, COLLECTION)
    with get_context("spawn").Pool(3) as pool:
        assert len({*pool.map(_make_ready, [database] * 3)}) == 1
    assert_kept_up(database)


def test_tables_of_another_version_are_made_anew(database: str, home: Path) -> None:
    with closing(searching(database)) as store:
        sync(store, ENCODER, COLLECTION)
        index_of(store)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE coop_assistant.store SET searched = 'of another version'")
    with closing(open_store(home, ENCODER, database)) as other:
        other.remove(SCOP.id)  # by a program that does not know those tables
        assert searched(database) == ""
    with closing(searching(database)) as store:
        assert SCOP.id not in index_of(store).resources
        assert searched(database) == VERSION
    assert_kept_up(database)


def test_a_database_of_the_first_version_is_taken_over(database: str, home: Path) -> None:
    connections = Connections(database)
    connections.connect()
    schema.begin(connections, ENCODER.name, ENCODER.dimensions, schema.MIGRATIONS[:1])
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO coop_assistant.resources VALUES (%s, 'user', '', %s, '[]', 0)", ("old", "{}")
        )
    with closing(open_store(home, ENCODER, database)) as store:
        assert store.fingerprints() == {"old": ""}
        store.remove("old")
        add(store, ENCODER, [SCOP])
    with closing(searching(database)) as store:
        assert list(index_of(store).resources) == [SCOP.id]
    connections.close()


def test_another_model_has_everything_made_ready_anew(database: str) -> None:
    with closing(searching(database)) as store:
        sync(store, ENCODER, COLLECTION)
        before = index_of(store)
        other = FakeEncoder(16, "another")
        with closing(PostgresStore.open(database, other, renew=True, searches=True)) as renewed:
            with pytest.raises(HomeError, match="being made anew"):
                before.search(make_query(before, ENCODER, [("mondragon", 1.0)]), 1)
            assert index_of(renewed).size == 0
            sync(renewed, other, COLLECTION)
            index = index_of(renewed)
            assert index.size > 0
            assert index.search(make_query(index, other, [("mondragon", 1.0)]), 1)[0].resource == MONDRAGON
        with pytest.raises(WrongModel):
            store.own_index(before)
