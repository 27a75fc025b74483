"""What is kept: readings with their passages, and the vectors of their texts, in one SQLite file.

The file is the truth; every index is made from it. Each change is one transaction, on disk when it
returns. Threads may share a store, and other processes may read and write the same file meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from uuid import uuid4

import numpy as np

from corpus.errors import WrongModel
from corpus.resource import Passage, Resource
from embeddings import losses, reading_rows, schema, vector_rows
from embeddings.database import Database
from embeddings.encoder import Encoder, Progress, Vectors
from embeddings.indexes import AnyIndex
from embeddings.reading_rows import Origin, Row
from embeddings.rows import fingerprint, passages_from_row, passages_to_row, resource_to_row
from embeddings.texts import key, texts_of

FILE = "store.sqlite3"
REBUILD = "python -m assistant rebuild"


@dataclass(frozen=True, slots=True)
class ReadFrom:
    """The file that a reading was made from.

    `fingerprint` changes with the file, `words` is the same for the same text under whatever name, and
    `added` is when it was read (ISO 8601, UTC).
    """

    fingerprint: str
    words: str
    added: str


class Store:
    """One open store. `Store.open` makes it; `close` ends it."""

    def __init__(self, database: Database, model: str, dimensions: int) -> None:
        self._database = database
        self._model = model
        self._dimensions = dimensions

    @classmethod
    def open(cls, home: Path, encoder: Encoder, *, patience: float = 10.0, renew: bool = False) -> Self:
        """The store in the home folder, begun if there is none.

        `patience` is how many seconds to wait for another program that writes. `renew` drops every
        vector and takes this encoder from now on: all readings are kept, and wait to be indexed.
        Raises HomeError where the folder or the file can't be used, WrongModel where another model made
        the vectors, DamagedStore where the file is not a store. No file is ever deleted or replaced.
        """
        new = losses.tell_of_missing(home, home / FILE)
        store = cls(Database.open(home / FILE, patience), encoder.name, encoder.dimensions)
        try:
            schema.begin(store._database, encoder.name, encoder.dimensions)
            if renew:
                store._renew()
            store._check()
            if not new:
                losses.tell_of_lost_changes(home, home / FILE, store.state)
        except BaseException:
            store.close()
            raise
        return store

    def another(self) -> Self:
        """The same store opened once more, for a thread that reads for long; to be closed by itself."""
        return type(self)(self._database.another(), self._model, self._dimensions)

    def close(self) -> None:
        """End the use of the file; the store can't be used any more."""
        self._database.close()

    @property
    def place(self) -> str:
        """The file."""
        return str(self._database.path)

    @property
    def state(self) -> str:
        """Differs after every change that any process has made, also when an older copy was put back."""
        meta = schema.meta(self._database)
        return f"{meta['store']}-{meta['changes']}"

    def reading(self) -> AbstractContextManager[None]:
        """All that is read within is of one moment, whatever other processes write meanwhile."""
        return self._database.reading()

    def own_index(self, older: AnyIndex | None, progress: Progress | None = None) -> None:
        """None: a file does not search by itself."""

    def resources(self) -> tuple[Resource, ...]:
        """Every reading that can be searched, by id. Raises DamagedStore where one is lost or altered."""
        with self.reading():
            reading_rows.check_total(self._database)
            return tuple(row.resource() for row in self._rows("fingerprint != ''"))

    def passages(self) -> Iterator[Passage]:
        """Every passage that can be searched, by the resource's id, then by where it starts."""
        for row in self._rows("fingerprint != ''"):
            yield from passages_from_row(row.resource(), row.passages)

    def waiting(self, origin: Origin) -> tuple[Resource, ...]:
        """Readings that are kept but have no vectors: those that a renewed store has still to index."""
        return tuple(row.resource() for row in self._rows("fingerprint = '' AND origin = ?", origin))

    def fingerprints(self, origin: Origin | None = None) -> dict[str, str]:
        """What tells whether a reading has changed, by its id; '' for a reading that waits.

        Raises DamagedStore where a reading is lost, so that nobody takes it for a new one.
        """
        with self.reading():
            reading_rows.check_total(self._database)
            rows = self._database.rows(
                "SELECT id, fingerprint FROM resources WHERE ? IN (origin, '')", origin or ""
            )
        return dict(rows)

    def withdrawn(self) -> frozenset[str]:
        """Starter readings that the user removed, and that must not come back by themselves."""
        return frozenset(resource for (resource,) in self._database.rows("SELECT resource FROM withdrawn"))

    def files(self) -> dict[str, ReadFrom]:
        """What the readings that were added from files were read from, by the reading's id."""
        rows = self._database.rows("SELECT resource, fingerprint, words, added FROM files")
        return {resource: ReadFrom(*read) for resource, *read in rows}

    def note_files(self, files: Mapping[str, ReadFrom]) -> None:
        """Remember what readings were read from; those that are not in the store are left out."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO files SELECT id, ?, ?, ? FROM resources WHERE id = ?",
                [(read.fingerprint, read.words, read.added, resource) for resource, read in files.items()],
            )

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The texts that have no vector yet, each once, in their order."""
        return vector_rows.missing(self._database, texts)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """float32 (number of texts, dimensions) in their order, as exact as 16 bits are.

        Raises DamagedStore where a text of a stored reading has no vector, or not the one written.
        """
        self._check()
        keys = [key(text) for text in texts]
        found = vector_rows.blobs(self._database, keys)
        try:
            blobs = b"".join([found[its_key] for its_key in keys])
        except KeyError:
            raise self._database.damaged("a text has no vector") from None
        if len(blobs) != len(texts) * self._dimensions * 2:
            raise self._database.damaged("a vector has another length")
        return np.frombuffer(blobs, np.float16).astype(np.float32).reshape(len(texts), self._dimensions)

    def put(
        self,
        resource: Resource,
        passages: Sequence[Passage],
        vectors: Mapping[str, Vectors],
        origin: Origin = "user",
    ) -> None:
        """Add the reading, or replace the one of its id, whole and at once.

        `vectors` are float32 (dimensions,) by text; a text of the reading that is not among them must
        have its vector in the store. Raises ValueError where one is missing or no finite vector.
        """
        texts = texts_of(resource, passages)
        new = {key(text): self._blob(vectors[text]) for text in texts if text in vectors}
        row = Row(resource.id, origin, resource_to_row(resource), passages_to_row(resource, passages))
        with self._writing() as connection:
            self._check()
            unused = vector_rows.used_by(self._database, resource.id)
            reading_rows.delete(connection, resource.id)
            reading_rows.insert(connection, row, fingerprint(resource, passages))
            vector_rows.insert(connection, new)
            vector_rows.use(connection, resource.id, texts)
            vector_rows.collect(connection, unused)

    def remove(self, resource_id: str, *, for_good: bool = False) -> bool:
        """Take the reading out, and say whether it was there. For good: it stays away from every `sync`."""
        with self._writing() as connection:
            unused = vector_rows.used_by(self._database, resource_id)
            removed = reading_rows.delete(connection, resource_id)
            if removed and for_good:
                reading_rows.withdraw(connection, resource_id)
            vector_rows.collect(connection, unused)
        return removed

    def _renew(self) -> None:
        schema.meta(self._database)  # raises where this is not a store of ours
        reading_rows.check_total(self._database)
        for _ in self._rows("TRUE"):  # raises where one is not what was written
            pass
        with self._writing() as connection:
            connection.execute("DELETE FROM uses")
            connection.execute("DELETE FROM vectors")
            connection.execute("UPDATE resources SET fingerprint = ''")
            connection.executemany(
                "UPDATE meta SET value = ? WHERE name = ?",
                [(self._model, "model"), (str(self._dimensions), "dimensions")],
            )

    def _check(self) -> None:
        """That the vectors are of our model: another process may have renewed the store."""
        meta = schema.meta(self._database)
        if (meta["model"], meta["dimensions"]) != (self._model, str(self._dimensions)):
            raise WrongModel(
                f"{self._database.path} was made with the model {meta['model']}, and this is {self._model}. "
                f"Run `{REBUILD}` to encode every reading with this one, or choose the other model again."
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._database.writing() as connection:
            yield connection
            connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'changes'")
            connection.execute("UPDATE meta SET value = ? WHERE name = 'store'", (uuid4().hex,))

    def _rows(self, which: str, *values: str) -> Iterator[Row]:
        return reading_rows.select(self._database, which, *values)

    def _blob(self, vector: Vectors) -> bytes:
        """16 bits a number: half the room, and a cosine off by less than 0.0001."""
        if vector.shape != (self._dimensions,) or not np.isfinite(vector).all():
            raise ValueError(f"A vector is {self._dimensions} finite numbers; this is {vector.shape}.")
        return vector.astype(np.float16).tobytes()
