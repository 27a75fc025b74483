"""What is kept, in PostgreSQL: the same as `embeddings.store`, for several processes on several machines.

The database is the truth. Each change is one transaction, acknowledged once it is on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Self, TypeVar
from uuid import uuid4

import numpy as np
from psycopg import Connection

from corpus.errors import WrongModel
from corpus.resource import Passage, Resource
from embeddings.encoder import Encoder, Progress, Vectors
from embeddings.indexes import AnyIndex
from embeddings.postgres import preparation, reading_rows, schema, search_tables, vector_rows
from embeddings.postgres.connections import Connections, rows
from embeddings.postgres.counted import count
from embeddings.postgres.index import PostgresIndex
from embeddings.reading_rows import Origin, Row
from embeddings.rows import fingerprint, passages_from_row, passages_to_row, resource_to_row
from embeddings.store import REBUILD, ReadFrom
from embeddings.texts import key, texts_of

T = TypeVar("T")


class PostgresStore:
    """One open store. `PostgresStore.open` makes it; `close` ends it. Threads may share it."""

    def __init__(
        self, connections: Connections, model: str, dimensions: int, patience: float, searches: bool
    ) -> None:
        self._connections = connections
        self._model = model
        self._dimensions = dimensions
        self._patience = patience
        self._searches = searches

    @classmethod
    def open(
        cls,
        address: str,
        encoder: Encoder,
        *,
        patience: float = 10.0,
        renew: bool = False,
        searches: bool = False,
    ) -> Self:
        """The store in the database at a libpq address, begun if there is none.

        `patience` is how many seconds to wait for another program that writes. `renew` drops every
        vector and takes this encoder from now on: all readings are kept, and wait to be indexed.
        `searches` has it searched in the database, which is prepared for it with the first `own_index`.
        Raises UnreachableDatabase, DatabaseError where the database is unfit, WrongModel where another
        model made the vectors.
        """
        connections = Connections(address)
        store = cls(connections, encoder.name, encoder.dimensions, patience, searches)
        try:
            connections.connect()
            schema.begin(connections, encoder.name, encoder.dimensions)
            if renew:
                store._renew()
            store._check(schema.meta(connections))
        except BaseException:
            store.close()
            raise
        return store

    def another(self) -> Self:
        """The same store opened once more, for a thread that reads for long; to be closed by itself."""
        connections = self._connections.another()
        return type(self)(connections, self._model, self._dimensions, self._patience, self._searches)

    def close(self) -> None:
        """End the use of the database."""
        self._connections.close()

    @property
    def place(self) -> str:
        """The database, as messages name it: without its password."""
        return self._connections.name

    @property
    def state(self) -> str:
        """Differs after every change that any process has made, also when an older copy was put back."""
        return schema.meta(self._connections).state

    def reading(self) -> AbstractContextManager[None]:
        """All that this thread reads within is of one moment, whatever other processes write meanwhile."""
        return self._connections.reading()

    def own_index(self, older: AnyIndex | None, progress: Progress | None = None) -> PostgresIndex | None:
        """The index that the database is, if it is to search by itself; None where one is to be built.

        What has not changed is taken from an `older` one. `progress` counts the readings of a database that
        is to be prepared first, which others may go on using. Raises DatabaseError where it can't be, and
        WrongModel where another model has made its vectors by now.
        """
        if not self._searches:
            return None
        self._check(schema.meta(self._connections))
        preparation.prepare(self._connections, self._patience, progress)
        return PostgresIndex.open(self._connections, older if isinstance(older, PostgresIndex) else None)

    def resources(self) -> tuple[Resource, ...]:
        """Every reading that can be searched, by id. Raises DamagedStore where one was altered."""
        return tuple(row.resource() for row in self._rows("fingerprint != ''"))

    def passages(self) -> Iterator[Passage]:
        """Every passage that can be searched, by the resource's id, then by where it starts."""
        for row in self._rows("fingerprint != ''"):
            yield from passages_from_row(row.resource(), row.passages)

    def waiting(self, origin: Origin) -> tuple[Resource, ...]:
        """Readings that are kept but have no vectors: those that a renewed store has still to index."""
        return tuple(row.resource() for row in self._rows("fingerprint = '' AND origin = %s", origin))

    def fingerprints(self, origin: Origin | None = None) -> dict[str, str]:
        """What tells whether a reading has changed, by its id; '' for a reading that waits."""
        which = "SELECT id, fingerprint FROM resources WHERE %s::text IN (origin, '')"
        return dict(self._connections.rows(which, origin or ""))

    def withdrawn(self) -> frozenset[str]:
        """Starter readings that the user removed, and that must not come back by themselves."""
        return frozenset(resource for (resource,) in self._connections.rows("SELECT resource FROM withdrawn"))

    def files(self) -> dict[str, ReadFrom]:
        """What the readings that were added from files were read from, by the reading's id."""
        found = self._connections.rows("SELECT resource, fingerprint, words, added FROM files")
        return {resource: ReadFrom(*read) for resource, *read in found}

    def note_files(self, files: Mapping[str, ReadFrom]) -> None:
        """Remember what readings were read from; those that are not in the store are left out."""

        def note(connection: Connection) -> None:
            schema.locked(connection, self._patience)
            connection.cursor().executemany(
                "INSERT INTO files SELECT id, %s, %s, %s FROM resources WHERE id = %s"
                " ON CONFLICT (resource) DO UPDATE SET (fingerprint, words, added)"
                " = (excluded.fingerprint, excluded.words, excluded.added)",
                [(read.fingerprint, read.words, read.added, resource) for resource, read in files.items()],
            )

        self._connections.write(note)

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The texts that have no vector yet, each once, in their order."""
        return vector_rows.missing(self._connections, texts)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """float32 (number of texts, dimensions) in their order, as exact as 16 bits are.

        Raises DamagedStore where a text of a stored reading has no vector, or one of another length.
        """
        self._check(schema.meta(self._connections))
        return vector_rows.vectors(self._connections, texts, self._dimensions)

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
        new = {key(text): self._checked(vectors[text]) for text in texts if text in vectors}
        row = Row(resource.id, origin, resource_to_row(resource), passages_to_row(resource, passages))
        its_fingerprint = fingerprint(resource, passages)

        def put(connection: Connection, searched: bool) -> None:
            if searched:
                search_tables.forget(connection, self.place, resource.id)
            unused = vector_rows.used_by(connection, resource.id)
            connection.execute("DELETE FROM resources WHERE id = %s", (resource.id,))
            connection.execute("DELETE FROM withdrawn WHERE resource = %s", (resource.id,))
            ((number,),) = rows(
                connection,
                "INSERT INTO resources (id, origin, fields, passages, fingerprint, checksum)"
                " VALUES (%s, %s, %s, %s, %s, %s) RETURNING number",
                *(row.id, row.origin, row.fields, row.passages, its_fingerprint, row.checksum),
            )
            vector_rows.insert(connection, new)
            vector_rows.use(connection, resource.id, texts)
            vector_rows.collect(connection, unused)
            if searched:
                count(connection, search_tables.keep(connection, number, resource, passages))

        self._write(put)

    def remove(self, resource_id: str, *, for_good: bool = False) -> bool:
        """Take the reading out, and say whether it was there. For good: it stays away from every `sync`."""

        def remove(connection: Connection, searched: bool) -> bool:
            if searched:
                search_tables.forget(connection, self.place, resource_id)
            unused = vector_rows.used_by(connection, resource_id)
            removed = connection.execute("DELETE FROM resources WHERE id = %s", (resource_id,)).rowcount == 1
            if removed and for_good:
                connection.execute("INSERT INTO withdrawn VALUES (%s)", (resource_id,))
            vector_rows.collect(connection, unused)
            return removed

        return self._write(remove)

    def _renew(self) -> None:
        def renew(connection: Connection) -> None:
            schema.locked(connection, self._patience)
            connection.execute("DELETE FROM uses")
            connection.execute("DELETE FROM vectors")
            connection.execute("UPDATE resources SET fingerprint = ''")
            search_tables.drop(connection)
            connection.execute(
                "UPDATE store SET (model, dimensions, searched) = (%s, %s, '')",
                (self._model, self._dimensions),
            )
            _changed(connection)

        self._connections.write(renew)

    def _write(self, work: Callable[[Connection, bool], T]) -> T:
        """Do the work as one change of a store that is of our model.

        It is told whether what the database is searched by is to be kept up.
        """

        def change(connection: Connection) -> T:
            meta = schema.locked(connection, self._patience)
            self._check(meta)
            done = work(connection, search_tables.are_kept(connection, meta))
            _changed(connection)
            return done

        return self._connections.write(change)

    def _check(self, meta: schema.Meta) -> None:
        """That the vectors are of our model: another process may have renewed the store."""
        if (meta.model, meta.dimensions) != (self._model, self._dimensions):
            raise WrongModel(
                f"{self._connections.name} was made with the model {meta.model}, and this is {self._model}. "
                f"Run `{REBUILD}` to encode every reading with this one, or choose the other model again."
            )

    def _rows(self, which: str, *values: str) -> Iterator[Row]:
        return reading_rows.select(self._connections.rows, self.place, which, *values)

    def _checked(self, vector: Vectors) -> Vectors:
        if vector.shape != (self._dimensions,) or not np.isfinite(vector).all():
            raise ValueError(f"A vector is {self._dimensions} finite numbers; this is {vector.shape}.")
        return vector


def _changed(connection: Connection) -> None:
    connection.execute("UPDATE store SET (store, changes) = (%s, changes + 1)", (uuid4().hex,))
