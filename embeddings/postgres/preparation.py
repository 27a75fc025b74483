"""The tables that a database is searched by are made and filled once; what is interrupted is gone on with."""

from __future__ import annotations

from functools import partial

from psycopg import Connection

from corpus.errors import DatabaseError
from embeddings.encoder import Progress
from embeddings.postgres import reading_rows, search_tables
from embeddings.postgres.connections import Connections, rows
from embeddings.postgres.schema import locked, meta
from embeddings.rows import passages_from_row

TOGETHER = 20
"""Readings of one transaction: other programs may write between two of them."""

LEAST_VECTOR = (0, 8)
"""pgvector's first version that looks on where a filter leaves too little of what its index gives."""

_LEFT = "fingerprint != '' AND NOT EXISTS (SELECT FROM readings WHERE readings.number = resources.number)"


def prepare(connections: Connections, patience: float, progress: Progress | None = None) -> None:
    """See that the database can be searched in; `progress` counts readings.

    Raises DatabaseError where its pgvector is too old, HomeError where another program writes for longer
    than `patience` seconds.
    """
    if meta(connections).searched == search_tables.VERSION:
        return
    _check(connections)

    def begin(connection: Connection) -> None:
        its = locked(connection, patience)
        if not search_tables.are_kept(connection, its):
            search_tables.make(connection, its.dimensions)

    connections.write(begin)
    ((total,),) = connections.rows(f"SELECT count(*) FROM resources WHERE {_LEFT}")  # noqa: S608
    done = 0
    while filled := connections.write(lambda connection: _fill(connection, connections.name, patience)):
        done += filled
        if progress:
            progress(min(done, total), total)


def _fill(connection: Connection, name: str, patience: float) -> int:
    """Fill the rows of some readings, and say of how many; where none is left, end it."""
    locked(connection, patience)
    which = f"id IN (SELECT id FROM resources WHERE {_LEFT} ORDER BY id LIMIT {TOGETHER})"  # noqa: S608
    read = partial(rows, connection)
    found = tuple(reading_rows.select(read, name, which))
    for row in found:
        resource = row.resource()
        ((number,),) = read("SELECT number FROM resources WHERE id = %s", row.id)
        search_tables.keep(connection, number, resource, passages_from_row(resource, row.passages))
    if not found:
        search_tables.finish(connection)
    return len(found)


def _check(connections: Connections) -> None:
    ((vector,),) = connections.rows("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    if tuple(map(int, vector.split(".")[:2])) < LEAST_VECTOR:
        raise DatabaseError(
            f"{connections.name} has pgvector {vector}: to search in the database it has to be "
            f"{'.'.join(map(str, LEAST_VECTOR))} or newer. Install a newer one on the server and run "
            "`ALTER EXTENSION vector UPDATE` in the database, or set ASSISTANT_SEARCH to memory."
        )
