"""The tables of the store in PostgreSQL, and how those of an earlier version become these.

All of them are in a schema of their own, `coop_assistant`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from psycopg import Connection

from corpus.errors import DamagedStore, DatabaseError
from embeddings.postgres.connections import Connections, rows
from embeddings.postgres.faults import check_server

# Ids and texts are compared byte by byte, as SQLite and Python do ("C"). A fingerprint of '' marks a reading
# that waits for new vectors. The row of `store` is locked by whoever writes: changes come one by one.
_FIRST = """
CREATE TABLE store (
    store text NOT NULL,
    changes bigint NOT NULL,
    model text NOT NULL,
    dimensions integer NOT NULL
);
CREATE TABLE resources (
    id text COLLATE "C" PRIMARY KEY,
    origin text NOT NULL CHECK (origin IN ('starter', 'user')),
    fingerprint text NOT NULL,
    fields text NOT NULL,
    passages text NOT NULL,
    checksum bigint NOT NULL
);
CREATE TABLE vectors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key bytea NOT NULL UNIQUE,
    vector halfvec NOT NULL
);
CREATE TABLE uses (
    resource text COLLATE "C" NOT NULL REFERENCES resources ON DELETE CASCADE,
    vector bigint NOT NULL REFERENCES vectors,
    PRIMARY KEY (resource, vector)
);
CREATE INDEX uses_of_vector ON uses (vector);
CREATE TABLE withdrawn (resource text COLLATE "C" PRIMARY KEY);
CREATE TABLE files (
    resource text COLLATE "C" PRIMARY KEY REFERENCES resources ON DELETE CASCADE,
    fingerprint text NOT NULL,
    words text NOT NULL,
    added text NOT NULL
);
"""

# `searched` says by which tables the database is searched (see `search_tables`). A reading has another
# number after each change of it.
_SEARCHED = """
ALTER TABLE store ADD COLUMN searched text NOT NULL DEFAULT '';
ALTER TABLE resources ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY UNIQUE;
"""

MIGRATIONS = (_FIRST, _SEARCHED)
"""The statements that lead from each version of the tables to the next one; the first from nothing."""

_LOCK = 0x636F6F70
"""Of the database, held by whoever makes the tables: a number that no other program is likely to use."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the store says of itself."""

    store: str
    changes: int
    model: str
    dimensions: int
    searched: str

    @property
    def state(self) -> str:
        """Differs after every change, also when an older copy was put back."""
        return f"{self.store}-{self.changes}"


META = "SELECT store, changes, model, dimensions, searched FROM store"


def begin(
    connections: Connections, model: str, dimensions: int, migrations: Sequence[str] = MIGRATIONS
) -> None:
    """Make the tables where there are none, and bring earlier ones up to date.

    Raises DatabaseError where the server is too old or has no pgvector, the tables are newer than this
    program, or this user may not make them.
    """
    if _version(connections) == len(migrations):
        return

    def make(connection: Connection) -> None:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        done = _prepared(connection, connections.name)
        if done > len(migrations):
            raise DatabaseError(
                f"{connections.name} was written by a newer version of this program (its tables have version "
                f"{done}, this program knows {len(migrations)}): upgrade this program."
            )
        for statements in migrations[done:]:
            connection.execute(statements.encode())
        connection.execute("UPDATE version SET version = %s", (len(migrations),))
        if done == 0:
            connection.execute("INSERT INTO store VALUES (%s, 0, %s, %s)", (uuid4().hex, model, dimensions))

    connections.write(make)


def meta(connections: Connections) -> Meta:
    """What the store says of itself. Raises DamagedStore where it does not."""
    found = connections.rows(META)
    if len(found) != 1:
        raise damaged(connections.name, "it does not say what it is")
    return Meta(*found[0])


def locked(connection: Connection, patience: float) -> Meta:
    """What the store says of itself, once no other program writes; none can until the transaction ends."""
    connection.execute("SELECT set_config('lock_timeout', %s, true)", (f"{round(patience * 1000)}ms",))
    found = connection.execute(f"{META} FOR UPDATE".encode()).fetchone()
    if found is None:
        raise damaged(connection.info.dbname, "it does not say what it is")
    return Meta(*found)


def damaged(name: str, why: str, remedy: str = "Put a dump of it back with `pg_restore`.") -> DamagedStore:
    """The error that tells the user so."""
    return DamagedStore(f"The database {name} is not what was written to it ({why}). {remedy}")


def _version(connections: Connections) -> int:
    if connections.rows("SELECT to_regclass('coop_assistant.version')::text") == [(None,)]:
        return 0
    return int(connections.rows("SELECT version FROM coop_assistant.version")[0][0])


def _prepared(connection: Connection, name: str) -> int:
    """The version of the tables that are there; where there are none, see that there can be.

    It is asked by a query, since `to_regclass` may say what it remembers from before the lock was had.
    """
    if rows(
        connection, "SELECT FROM pg_tables WHERE (schemaname, tablename) = ('coop_assistant', 'version')"
    ):
        return int(rows(connection, "SELECT version FROM coop_assistant.version")[0][0])
    available = "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions"
    vector = rows(connection, f"{available} WHERE name = 'vector'")
    check_server(name, connection.info.server_version, vector[0][0] if vector else None)
    connection.execute("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
    connection.execute("CREATE SCHEMA IF NOT EXISTS coop_assistant")
    connection.execute("CREATE TABLE coop_assistant.version AS SELECT 0 AS version")
    return 0
