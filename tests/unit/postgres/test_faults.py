"""What is wrong with a database is said with what to do about it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from corpus.errors import DatabaseError, HomeError, UnreachableDatabase
from embeddings.postgres.faults import check_search, check_server, explained
from embeddings.stores import open_store
from tests.fakes import FakeEncoder

ENCODER = FakeEncoder()


def test_a_server_that_is_not_there_is_named_with_what_to_do(home: Path) -> None:
    with pytest.raises(UnreachableDatabase, match=r"/nowhere/name can't be reached .* Start it, or check"):
        open_store(home, ENCODER, "postgresql://user:hidden@/name?host=/nowhere")


def test_a_password_is_never_in_a_message(home: Path) -> None:
    with pytest.raises(UnreachableDatabase) as raised:
        open_store(home, ENCODER, "postgresql://user:hidden@127.0.0.1:1/name")
    assert "hidden" not in str(raised.value)


def test_what_is_no_address_is_told_how_one_looks(home: Path) -> None:
    with pytest.raises(DatabaseError, match=r"Write postgresql://user@host:5432/name"):
        open_store(home, ENCODER, "postgresql://user@/name?nonsense=1")


@pytest.mark.parametrize(
    ("server", "vector", "said"),
    [
        (130_012, "0.8.0", "is PostgreSQL 13: it has to be 14 or newer. Upgrade it"),
        (160_004, None, "has no pgvector. Install pgvector 0.7 or newer"),
        (160_004, "0.6.2", "has pgvector 0.6.2: it has to be 0.7 or newer"),
    ],
)
def test_what_is_too_old_is_told_what_is_needed(server: int, vector: str | None, said: str) -> None:
    with pytest.raises(DatabaseError, match=said):
        check_server("db/name", server, vector)
    check_server("db/name", 140_000, "0.7.0")


def test_only_to_search_by_itself_a_newer_pgvector_is_needed() -> None:
    with pytest.raises(DatabaseError, match=r"has to be 0\.8 or newer.* set ASSISTANT_SEARCH to memory"):
        check_search("db/name", "0.7.4")
    check_search("db/name", "0.8.0")
    check_search("db/name", "0.10.1")


def test_tables_that_are_newer_than_the_program_are_left_alone(database: str, home: Path) -> None:
    open_store(home, ENCODER, database).close()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE coop_assistant.version SET version = 99")
    with pytest.raises(DatabaseError, match=r"newer version of this program .*99.*: upgrade this program"):
        open_store(home, ENCODER, database)


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (errors.DiskFull("no space left"), DatabaseError, "is full .* Make room there, then do it again"),
        (errors.InsufficientPrivilege("no right"), DatabaseError, "Name its owner in ASSISTANT_STORE"),
        (errors.ReadOnlySqlTransaction("a standby"), UnreachableDatabase, "Name the primary"),
        (errors.UndefinedTable("passages"), HomeError, "being made anew. Try again"),
        (errors.LockNotAvailable("locked"), HomeError, "wait until it is done, then try again"),
        (errors.DataCorrupted("a page"), DatabaseError, "pg_restore"),
    ],
)
def test_each_fault_of_the_database_has_its_remedy(
    error: psycopg.Error, kind: type[HomeError], said: str
) -> None:
    found = explained("db/name", error)
    assert isinstance(found, kind)
    with pytest.raises(kind, match=said):
        raise found


def test_a_user_without_the_right_to_make_tables_is_told_so(database: str, home: Path) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS stranger")
        connection.execute("CREATE ROLE stranger LOGIN")
    stranger = database.replace("postgres@", "stranger@")
    with pytest.raises(DatabaseError, match="does not allow this"):
        open_store(home, ENCODER, stranger)
    with closing(open_store(home, ENCODER, database)) as store:
        assert store.resources() == ()
