"""The readings whose addresses `fetch` and `links` look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.settings import Settings
from corpus.collection import load
from corpus.errors import UnknownReading
from corpus.resource import Resource
from embeddings.stores import AnyStore


def readings_by_id(store: AnyStore, settings: Settings) -> Mapping[str, Resource]:
    """All readings that are there, or will be at the next start, by id.

    Those of the starter collection are as it has them, whatever was fetched in their place.
    """
    withdrawn = store.withdrawn()
    starter = {reading.id: reading for reading in load(settings.collection) if reading.id not in withdrawn}
    return dict(sorted(({reading.id: reading for reading in store.resources()} | starter).items()))


def named(readings: Mapping[str, Resource], ids: Sequence[str]) -> list[Resource]:
    """The readings with these ids, each once. Raises UnknownReading."""
    for reading_id in ids:
        if reading_id not in readings:
            raise UnknownReading(
                f"No reading has the id {reading_id!r}. `python -m assistant search WORDS --json` shows ids."
            )
    return [readings[reading_id] for reading_id in dict.fromkeys(ids)]
