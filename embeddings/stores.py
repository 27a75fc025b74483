"""Where the readings are kept: a file in the home, or a PostgreSQL database that many machines share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self

from corpus.errors import DatabaseError
from corpus.resource import Passage, Resource
from embeddings.encoder import Encoder, Progress, Vectors
from embeddings.indexes import AnyIndex
from embeddings.reading_rows import Origin
from embeddings.store import ReadFrom, Store


class AnyStore(Protocol):
    """What every store does; `embeddings.store.Store` says it in full."""

    @property
    def place(self) -> str:
        """Where it is, as messages name it."""

    @property
    def state(self) -> str:
        """Differs after every change that any process has made."""

    def another(self) -> Self:
        """The same store opened once more, for a thread that reads for long; to be closed by itself."""

    def close(self) -> None:
        """End the use of the store."""

    def reading(self) -> AbstractContextManager[None]:
        """All that this thread reads within is of one moment."""

    def own_index(self, older: AnyIndex | None, progress: Progress | None = None) -> AnyIndex | None:
        """The index of a store that searches by itself; None where one is to be built of it.

        What has not changed may be taken from an `older` one. `progress` counts readings, the first time.
        """

    def resources(self) -> tuple[Resource, ...]:
        """Every reading that can be searched, by id."""

    def passages(self) -> Iterator[Passage]:
        """Every passage that can be searched, by the resource's id, then by where it starts."""

    def waiting(self, origin: Origin) -> tuple[Resource, ...]:
        """Readings that a renewed store has still to index."""

    def fingerprints(self, origin: Origin | None = None) -> dict[str, str]:
        """What tells whether a reading has changed, by its id."""

    def withdrawn(self) -> frozenset[str]:
        """Starter readings that the user removed."""

    def files(self) -> dict[str, ReadFrom]:
        """What readings were read from, by the reading's id."""

    def note_files(self, files: Mapping[str, ReadFrom]) -> None:
        """Remember what readings were read from."""

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The texts that have no vector yet."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """float32 (number of texts, dimensions) in their order."""

    def put(
        self,
        resource: Resource,
        passages: Sequence[Passage],
        vectors: Mapping[str, Vectors],
        origin: Origin = "user",
    ) -> None:
        """Add the reading, or replace the one of its id, whole and at once."""

    def remove(self, resource_id: str, *, for_good: bool = False) -> bool:
        """Take the reading out, and say whether it was there."""


def open_store(
    home: Path,
    encoder: Encoder,
    address: str | None = None,
    *,
    patience: float = 10.0,
    renew: bool = False,
    searches: bool = False,
) -> AnyStore:
    """The store in the database at `address` (`postgresql://…`), or without one the file in the home.

    `searches` has the database search by itself. Raises HomeError as the `open` of the one or the other
    does; DatabaseError without the driver.
    """
    if address is None:
        return Store.open(home, encoder, patience=patience, renew=renew)
    try:
        from embeddings.postgres.store import PostgresStore  # an extra, and not quick to import
    except ImportError as error:
        raise DatabaseError(
            "ASSISTANT_STORE names a PostgreSQL database, and the driver for it is not installed. Run "
            "`pip install 'coop-assistant[postgres]'`."
        ) from error
    return PostgresStore.open(address, encoder, patience=patience, renew=renew, searches=searches)
