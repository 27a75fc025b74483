"""What went wrong in PostgreSQL, in words that help."""

from __future__ import annotations

import psycopg
from psycopg import Connection, errors

from corpus.errors import DatabaseError, HomeError, UnreachableDatabase

LEAST_SERVER = 14
"""The oldest PostgreSQL that is maintained."""

LEAST_VECTOR = (0, 7)
"""pgvector's first version with numbers of 16 bits."""

LEAST_TO_SEARCH = (0, 8)
"""pgvector's first version that looks on where a filter leaves too little of what its index gives."""

_RESTARTING = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow, errors.TooManyConnections)


def is_lost(connection: Connection, error: BaseException) -> bool:
    """Whether the connection is of no more use, or leads to a server that takes no changes any more."""
    return connection.closed or isinstance(error, (*_RESTARTING, errors.ReadOnlySqlTransaction))


def explained(name: str, error: psycopg.Error) -> HomeError:
    """The error that tells the user so. `name` is the database, as messages name it."""
    why = " ".join(str(error).split())
    match error:
        case errors.LockNotAvailable():
            return HomeError(f"Another program is writing to {name}: wait until it is done, then try again.")
        case errors.DiskFull():
            return DatabaseError(f"The disk of {name} is full ({why}). Make room there, then do it again.")
        case errors.InsufficientPrivilege():
            return DatabaseError(
                f"{name} does not allow this ({why}). Name its owner in ASSISTANT_STORE, or have an "
                "administrator grant the right."
            )
        case errors.UndefinedTable():
            return HomeError(f"What {name} is searched by is being made anew. Try again in a moment.")
        case errors.ReadOnlySqlTransaction():
            return UnreachableDatabase(
                f"{name} is a standby that takes no changes. Name the primary in ASSISTANT_STORE, or all "
                "hosts with commas between them."
            )
        case psycopg.OperationalError() | psycopg.InterfaceError():
            return UnreachableDatabase(
                f"The database {name} can't be reached ({why}). Start it, or check the address and the "
                "password in ASSISTANT_STORE; then try again."
            )
    return DatabaseError(
        f"The database {name} failed ({why}). See its log; `pg_restore` puts a dump of it back."
    )


def check_server(name: str, server: int, vector: str | None) -> None:
    """`server` is 160014 for 16.14, `vector` pgvector's version. Raises DatabaseError for what is too old."""
    if server // 10_000 < LEAST_SERVER:
        raise DatabaseError(
            f"{name} is PostgreSQL {server // 10_000}: it has to be {LEAST_SERVER} or newer. Upgrade it, or "
            "name another in ASSISTANT_STORE."
        )
    if vector is None:
        raise DatabaseError(
            f"{name} has no pgvector. Install pgvector {_dotted(LEAST_VECTOR)} or newer on the server "
            "(its packages are named postgresql-NN-pgvector), then start again."
        )
    if _numbers(vector) < LEAST_VECTOR:
        raise DatabaseError(
            f"{name} has pgvector {vector}: it has to be {_dotted(LEAST_VECTOR)} or newer. Install a newer "
            "one on the server and run `ALTER EXTENSION vector UPDATE` in the database."
        )


def check_search(name: str, vector: str) -> None:
    """`vector` is pgvector's version. Raises DatabaseError where it can't search by itself."""
    if _numbers(vector) < LEAST_TO_SEARCH:
        raise DatabaseError(
            f"{name} has pgvector {vector}: to search by itself it has to be {_dotted(LEAST_TO_SEARCH)} or "
            "newer. Install a newer one on the server and run `ALTER EXTENSION vector UPDATE` in the "
            "database, or set ASSISTANT_SEARCH to memory."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")[:2]))


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
