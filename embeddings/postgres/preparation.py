"""The tables that a database is searched by are made and filled once; what is interrupted is gone on with."""

from __future__ import annotations

from functools import partial

from psycopg import Connection

from embeddings.encoder import Progress
from embeddings.postgres import reading_rows, search_tables
from embeddings.postgres.connections import Connections, rows
from embeddings.postgres.counted import Counted, count
from embeddings.postgres.faults import check_search
from embeddings.postgres.schema import locked, meta
from embeddings.rows import passages_from_row

TOGETHER = 50
"""Readings of one transaction: other programs may write between two of them."""

_LEFT = "fingerprint != '' AND NOT EXISTS (SELECT FROM readings WHERE readings.number = resources.number)"


def prepare(connections: Connections, patience: float, progress: Progress | None = None) -> None:
    """See that the database can be searched in; `progress` counts readings.

    Raises DatabaseError where its pgvector is too old, HomeError where another program writes for longer
    than `patience` seconds.
    """
    if meta(connections).searched == search_tables.VERSION:
        return
    ((vector,),) = connections.rows("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    check_search(connections.name, vector)

    def begin(connection: Connection) -> None:
        its = locked(connection, patience)
        if not search_tables.are_kept(connection, its):
            search_tables.make(connection, its.dimensions)

    connections.write(begin)
    ((total,),) = connections.rows(f"SELECT count(*) FROM resources WHERE {_LEFT}")  # noqa: S608
    done, last = 0, 0
    while True:
        numbers = connections.write(partial(_fill, connections.name, patience, last))
        if not numbers and not last:
            return
        done, last = done + len(numbers), max(numbers, default=0)  # in the end from the beginning once more
        if progress and numbers:
            progress(min(done, total), total)


def _fill(name: str, patience: float, after: int, connection: Connection) -> list[int]:
    """Fill the rows of some readings with higher numbers, and give those; where none is left, end it."""
    locked(connection, patience)
    read = partial(rows, connection)
    left = f"SELECT number FROM resources WHERE {_LEFT} AND number > %s ORDER BY number LIMIT {TOGETHER}"  # noqa: S608
    numbers = [number for (number,) in read(left, after)]
    counted = Counted()
    for number in numbers:
        for row in reading_rows.select(read, name, "number = %s", number):
            resource = row.resource()
            passages = passages_from_row(resource, row.passages)
            counted.include(search_tables.keep(connection, number, resource, passages))
    if numbers:
        count(connection, counted)
    elif not after:
        search_tables.finish(connection)
    return numbers
