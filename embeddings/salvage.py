"""Every reading that can still be read of a damaged store, as a new store."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import HomeError
from embeddings import reading_rows, schema
from embeddings.aside import put_in_place
from embeddings.database import Database
from embeddings.encoder import Encoder
from embeddings.reading_rows import Row
from embeddings.store import FILE

_FURTHEST = 100_000
"""Rows that are tried where the file can't say how many there are."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many readings were kept, and where the damaged file is now."""

    readings: int
    aside: Path | None


def salvage(home: Path, encoder: Encoder) -> Salvaged:
    """Put a new store in the place of the damaged one, with all readings whose checksum holds.

    They wait to be indexed. The damaged file is kept under another name. Raises HomeError.
    """
    path = home / FILE
    try:
        with tempfile.TemporaryDirectory(prefix=".salvage.", dir=home) as folder:
            new = Path(folder) / FILE
            readings = _copied(path, new, encoder)
            return Salvaged(readings, put_in_place(path, new))
    except OSError as error:
        raise HomeError(f"{path} can't be replaced ({error}). Make room, and allow writing there.") from error


def _copied(path: Path, new: Path, encoder: Encoder) -> int:
    ids: set[str] = set()
    with (
        closing(Database.open(new, 0)) as database,
        closing(sqlite3.connect(path)) as damaged,
    ):
        schema.begin(database, encoder.name, encoder.dimensions)
        with database.writing() as connection:
            for row in _rows(damaged):
                if row.id not in ids:
                    ids.add(row.id)
                    reading_rows.insert(connection, row, fingerprint="")
            for (resource_id,) in _found(damaged, "SELECT resource FROM withdrawn"):
                if resource_id not in ids:
                    reading_rows.withdraw(connection, resource_id)
    return len(ids)


def _rows(damaged: sqlite3.Connection) -> Iterator[Row]:
    """Row by row, so that a damaged page costs no more than what is on it."""
    last = _found(damaged, "SELECT rowid FROM resources ORDER BY rowid DESC LIMIT 1")
    query = "SELECT id, origin, fields, passages, checksum FROM resources WHERE rowid = ?"
    for number in range(1, (last[0][0] if last else _FURTHEST) + 1):
        for *columns, written in _found(damaged, query, number):
            row = Row(*columns)
            if row.checksum == written:
                yield row


def _found(damaged: sqlite3.Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows; none where they can't be read."""
    try:
        return damaged.execute(query, values).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        return []
