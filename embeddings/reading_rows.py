"""The rows of readings, each with a checksum, and the sum of them all, in which a lost one is missed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from corpus.resource import Resource
from embeddings.database import Database
from embeddings.rows import resource_from_row

Origin = Literal["starter", "user"]
"""Whether a reading came with the program or was added."""


@dataclass(frozen=True, slots=True)
class Row:
    """A reading as it is kept: its fields and its passages are JSON (see `rows`)."""

    id: str
    origin: Origin
    fields: str
    passages: str

    @property
    def checksum(self) -> int:
        """CRC-32 of all of it."""
        return checksum(self.id, self.origin, self.fields, self.passages)

    def resource(self) -> Resource:
        """The reading itself."""
        return resource_from_row(self.fields)


def select(database: Database, which: str, *values: str) -> Iterator[Row]:
    """The readings that a condition is true of, by id. Raises DamagedStore for one that was altered."""
    # `+` has SQLite sort the rows themselves: a damaged index would repeat one and lose another.
    rows = database.rows(
        f"SELECT id, origin, fields, passages, checksum FROM resources WHERE {which} ORDER BY +id",  # noqa: S608
        *values,
    )
    for *columns, written in rows:
        row = Row(*columns)
        if row.checksum != written:
            raise database.damaged(f"the reading {row.id} was altered")
        yield row


def insert(connection: sqlite3.Connection, row: Row, fingerprint: str) -> None:
    """Keep a reading whose id is free. One of this id that was withdrawn is so no more."""
    back = connection.execute("DELETE FROM withdrawn WHERE resource = ?", (row.id,)).rowcount
    connection.execute(
        "INSERT INTO resources (id, origin, fields, passages, fingerprint, checksum)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (row.id, row.origin, row.fields, row.passages, fingerprint, row.checksum),
    )
    _count(connection, row.checksum - back * checksum(row.id))


def delete(connection: sqlite3.Connection, resource_id: str) -> bool:
    """Take the reading out, and say whether it was there. Its vectors are still to be collected."""
    deleted = connection.execute("DELETE FROM resources WHERE id = ? RETURNING checksum", (resource_id,))
    checksums = [written for (written,) in deleted.fetchall()]
    _count(connection, -sum(checksums))
    return bool(checksums)


def withdraw(connection: sqlite3.Connection, resource_id: str) -> None:
    """Note that the reading of this id, which is no more there, must not come back by itself."""
    connection.execute("INSERT INTO withdrawn VALUES (?)", (resource_id,))
    _count(connection, checksum(resource_id))


def check_total(database: Database) -> None:
    """Raises DamagedStore where a reading is lost or there twice, as it may be in a file that was altered."""
    with database.reading():
        written = database.rows("SELECT value FROM meta WHERE name = 'total'")
        if written != [(str(total(database)),)]:
            raise database.damaged("it has not the readings that were added")


def total(database: Database) -> int:
    """The sum of the checksums of all readings that are there and of those withdrawn."""
    ((checksums,),) = database.rows("SELECT ifnull(sum(checksum), 0) FROM resources")
    withdrawn = database.rows("SELECT resource FROM withdrawn")
    return int(checksums) + sum(checksum(resource) for (resource,) in withdrawn)


def checksum(*values: str) -> int:
    """CRC-32 of the texts, one after the other."""
    return crc32("\0".join(map(str, values)).encode("utf-8", "surrogatepass"))


def _count(connection: sqlite3.Connection, checksums: int) -> None:
    connection.execute("UPDATE meta SET value = value + ? WHERE name = 'total'", (checksums,))
