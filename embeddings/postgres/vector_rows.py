"""The rows of vectors in PostgreSQL: kept under the hash of their text, while a reading uses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector
from pgvector.psycopg import register_vector
from psycopg import Connection

from embeddings.encoder import Vectors
from embeddings.postgres.connections import Connections, Read, rows
from embeddings.postgres.schema import damaged
from embeddings.texts import key

_PIECE = 10_000
"""So many are asked for at once."""

_AGAIN = "`python -m assistant rebuild` encodes every reading again."

_HEADER = 4
"""Bytes before the numbers, in which pgvector says how many there are."""


def missing(connections: Connections, texts: Iterable[str]) -> list[str]:
    """The texts that have no vector yet, each once, in their order."""
    keys = {text: _key(text) for text in texts}
    found: set[bytes] = set()
    for piece in _pieces(list(keys.values())):
        found.update(row[0] for row in connections.rows("SELECT key FROM vectors WHERE key = ANY(%s)", piece))
    return [text for text, its_key in keys.items() if its_key not in found]


def vectors(connections: Connections, texts: Sequence[str], dimensions: int) -> Vectors:
    """float32 (texts, dimensions). Raises DamagedStore where one is not there."""
    keys = [_key(text) for text in texts]
    found = _sent(connections.rows, keys)
    try:
        return unpacked([found[its_key] for its_key in keys], dimensions)
    except KeyError:
        raise damaged(connections.name, "a text has no vector", _AGAIN) from None
    except ValueError:
        raise damaged(connections.name, "a vector has another length", _AGAIN) from None


def unpacked(sent: Sequence[bytes], dimensions: int) -> Vectors:
    """float32 (vectors, dimensions) of what `halfvec_send` gave. Raises ValueError for another length."""
    numbers = np.frombuffer(b"".join([vector[_HEADER:] for vector in sent]), ">f2")
    return numbers.astype(np.float32).reshape(len(sent), dimensions)


def found(read: Read, texts: Iterable[str]) -> dict[str, NDArray[np.float16]]:
    """Those of the texts that have a vector, float16 (dimensions,)."""
    keys = {_key(text): text for text in texts}
    sent = _sent(read, keys).items()
    return {keys[its_key]: np.frombuffer(vector, ">f2", offset=_HEADER) for its_key, vector in sent}


def _sent(read: Read, keys: Iterable[bytes]) -> dict[bytes, bytes]:
    """What the database sends of the vectors that are there, by their keys."""
    query = "SELECT key, halfvec_send(vector) FROM vectors WHERE key = ANY(%s)"
    sent: dict[bytes, bytes] = {}
    for piece in _pieces([*dict.fromkeys(keys)]):
        sent.update(read(query, piece))
    return sent


def insert(connection: Connection, new: Mapping[str, Vectors]) -> None:
    """Keep vectors by the keys of their texts; those that are there stay as they are."""
    register_vector(connection)
    connection.cursor().executemany(
        "INSERT INTO vectors (key, vector) VALUES (%b, %b) ON CONFLICT DO NOTHING",
        [(bytes.fromhex(its_key), HalfVector(vector)) for its_key, vector in new.items()],
    )


def used_by(connection: Connection, resource_id: str) -> list[int]:
    """The vectors, by their row's id, that a reading uses."""
    return [row for (row,) in rows(connection, "SELECT vector FROM uses WHERE resource = %s", resource_id)]


def use(connection: Connection, resource_id: str, texts: Iterable[str]) -> None:
    """Note which vectors the reading uses. Raises ValueError where a text has none."""
    keys = list({_key(text) for text in texts})
    used = connection.execute(
        "INSERT INTO uses SELECT %s, id FROM vectors WHERE key = ANY(%s)", (resource_id, keys)
    )
    if used.rowcount != len(keys):
        raise ValueError(f"{len(keys) - used.rowcount} texts of {resource_id} have no vector.")


def collect(connection: Connection, ids: Sequence[int]) -> None:
    """Delete those of the vectors, by their row's id, that no reading uses any more."""
    connection.execute(
        "DELETE FROM vectors WHERE id = ANY(%s)"
        " AND NOT EXISTS (SELECT 1 FROM uses WHERE uses.vector = vectors.id)",
        (list(ids),),
    )


def _key(text: str) -> bytes:
    return bytes.fromhex(key(text))


def _pieces(keys: Sequence[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(keys), _PIECE):
        yield list(keys[start : start + _PIECE])
