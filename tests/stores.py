"""The two places where readings can be kept, for the tests of what both have to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from embeddings.encoder import Encoder
from embeddings.store import FILE
from embeddings.stores import AnyStore, open_store
from tests.kept_up import assert_kept_up
from tests.postgres_server import NoServerError, Server, running_server


@dataclass(frozen=True)
class Place:
    """A home, and a database beside it that is used instead of the file where there is one."""

    home: Path
    address: str | None = None
    searches: bool = False
    """Whether the database searches by itself."""

    def open(self, encoder: Encoder, *, patience: float = 10.0, renew: bool = False) -> AnyStore:
        """Its store, as often as it is wanted."""
        store = open_store(
            self.home, encoder, self.address, patience=patience, renew=renew, searches=self.searches
        )
        store.own_index(None)  # which is when a database is made ready to search
        return store

    def count(self, table: str) -> int:
        """How many rows a table has."""
        query = f"SELECT count(*) FROM {table}"  # noqa: S608
        if self.address is None:
            with closing(sqlite3.connect(self.home / FILE)) as file:
                return int(file.execute(query).fetchone()[0])
        with psycopg.connect(self.address, options="-csearch_path=coop_assistant") as connection:
            ((rows,),) = connection.execute(query.encode()).fetchall()
            return int(rows)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """While this lasts, another program is writing."""
        if self.address is None:
            with closing(sqlite3.connect(self.home / FILE, isolation_level=None)) as file:
                file.execute("BEGIN IMMEDIATE")
                yield
        else:
            with psycopg.connect(self.address) as connection:
                connection.execute("SELECT 1 FROM coop_assistant.store FOR UPDATE")
                yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, which every test leaves running."""
    try:
        with running_server() as server:
            yield server
    except NoServerError as error:
        pytest.skip(f"PostgreSQL can't be started here: {error}")


@pytest.fixture
def database(postgres: Server) -> str:
    """The address of an empty database of this test's own."""
    return postgres.new_database()


@pytest.fixture(params=["file", "postgresql", "postgresql that searches"])
def place(request: pytest.FixtureRequest, home: Path) -> Iterator[Place]:
    """Where this test's store is: the test runs once for each."""
    if request.param == "file":
        yield Place(home)
        return
    address = request.getfixturevalue("database")
    searches = request.param != "postgresql"
    yield Place(home, address, searches)
    if searches:
        assert_kept_up(address)
