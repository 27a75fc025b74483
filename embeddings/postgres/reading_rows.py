"""The rows of readings in PostgreSQL, each with a checksum."""

from __future__ import annotations

from collections.abc import Iterator

from embeddings.postgres.connections import Read
from embeddings.postgres.schema import damaged
from embeddings.reading_rows import Row


def select(read: Read, name: str, which: str, *values: object) -> Iterator[Row]:
    """The readings that a condition is true of, by id. Raises DamagedStore for one that was altered.

    `name` is the database, as messages name it.
    """
    found = read(
        f"SELECT id, origin, fields, passages, checksum FROM resources WHERE {which} ORDER BY id",  # noqa: S608
        *values,
    )
    for *columns, written in found:
        row = Row(*columns)
        if row.checksum != written:
            raise damaged(name, f"the reading {row.id} was altered")
        yield row
