"""The rows of vectors: kept under the hash of their text, for as long as a reading uses them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from embeddings.database import Database
from embeddings.texts import key


def missing(database: Database, texts: Iterable[str]) -> list[str]:
    """The texts that have no vector yet, each once, in their order."""
    keys = {text: key(text) for text in texts}
    rows = database.rows(
        "SELECT key FROM vectors WHERE key IN (SELECT value FROM json_each(?))",
        json.dumps(list(keys.values())),
    )
    found = {row[0] for row in rows}
    return [text for text, its_key in keys.items() if its_key not in found]


def blobs(database: Database, keys: Iterable[str]) -> dict[str, bytes]:
    """Vectors as bytes, by key; one query for all. Raises DamagedStore for one that was altered."""
    rows = database.rows(
        "SELECT key, vector, checksum FROM vectors WHERE key IN (SELECT value FROM json_each(?))",
        json.dumps(list(keys)),
    )
    for its_key, blob, written in rows:
        if not isinstance(blob, bytes) or checksum(its_key, blob) != written:
            raise database.damaged("a vector was altered")
    return {its_key: blob for its_key, blob, _ in rows}


def insert(connection: sqlite3.Connection, vectors: Mapping[str, bytes]) -> None:
    """Keep vectors by the keys of their texts; those that are there stay as they are."""
    connection.executemany(
        "INSERT INTO vectors (key, vector, checksum) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(its_key, blob, checksum(its_key, blob)) for its_key, blob in vectors.items()],
    )


def used_by(database: Database, resource_id: str) -> list[int]:
    """The vectors, by their row's id, that a reading uses."""
    return [row for (row,) in database.rows("SELECT vector FROM uses WHERE resource = ?", resource_id)]


def use(connection: sqlite3.Connection, resource_id: str, texts: Iterable[str]) -> None:
    """Note which vectors the reading uses. Raises ValueError where a text has none."""
    keys = {key(text) for text in texts}
    used = connection.execute(
        "INSERT INTO uses SELECT ?, id FROM vectors WHERE key IN (SELECT value FROM json_each(?))",
        (resource_id, json.dumps(sorted(keys))),
    )
    if used.rowcount != len(keys):
        raise ValueError(f"{len(keys) - used.rowcount} texts of {resource_id} have no vector.")


def collect(connection: sqlite3.Connection, rows: Sequence[int]) -> None:
    """Delete those of the vectors, by their row's id, that no reading uses any more."""
    connection.execute(
        "DELETE FROM vectors WHERE id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM uses WHERE uses.vector = vectors.id)",
        (json.dumps(rows),),
    )


def checksum(its_key: str, blob: bytes) -> int:
    """CRC-32 of the key and the vector."""
    return crc32(blob, crc32(str(its_key).encode()))
