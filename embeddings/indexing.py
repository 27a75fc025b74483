"""Readings into the store. What has not changed costs nothing; a kill at any moment leaves whole readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.passages import split_passages
from corpus.resource import Passage, Resource
from embeddings.encoder import Encoder, Progress
from embeddings.reading_rows import Origin
from embeddings.rows import fingerprint
from embeddings.stores import AnyStore
from embeddings.texts import texts_of

BATCH_TEXTS = 256
"""About so many texts are encoded before the readings they belong to are kept."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Which readings, by id, were new, the same as before, changed, or taken out."""

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    resource: Resource
    passages: tuple[Passage, ...]
    texts: tuple[str, ...]


def index(
    store: AnyStore,
    encoder: Encoder,
    resources: Iterable[Resource],
    progress: Progress | None = None,
    origin: Origin = "user",
    together: int = BATCH_TEXTS,
) -> Summary:
    """Add or replace the readings, one transaction each. `progress` counts texts that need a vector.

    About `together` texts are encoded before the readings they belong to are kept.
    """
    known = store.fingerprints()
    added: list[str] = []
    unchanged: list[str] = []
    replaced: list[str] = []
    changed: list[_Reading] = []
    for resource in resources:
        passages = split_passages(resource)
        if known.get(resource.id) == fingerprint(resource, passages):
            unchanged.append(resource.id)
            continue
        (replaced if resource.id in known else added).append(resource.id)
        changed.append(_Reading(resource, passages, texts_of(resource, passages)))

    missing = frozenset(store.missing(text for reading in changed for text in reading.texts))
    done = 0
    for group in _groups(changed, missing, together):
        done += _keep(store, encoder, group, _from(done, len(missing), progress), origin)
    return Summary(tuple(added), tuple(unchanged), tuple(replaced))


def sync(
    store: AnyStore, encoder: Encoder, resources: Iterable[Resource], progress: Progress | None = None
) -> Summary:
    """Make the store's starter collection these readings.

    What left the collection leaves the store; what the user added or removed stays so, even under the
    id of a starter reading. Readings that wait since the store was renewed are indexed as well.
    """
    index(store, encoder, store.waiting("user"), progress, "user")
    kept = store.fingerprints("user").keys() | store.withdrawn()
    wanted = [resource for resource in resources if resource.id not in kept]
    summary = index(store, encoder, wanted, progress, "starter")
    left = sorted(store.fingerprints("starter").keys() - {resource.id for resource in wanted})
    removed = tuple(resource_id for resource_id in left if store.remove(resource_id, for_good=False))
    return replace(summary, removed=removed)


def _groups(readings: Iterable[_Reading], missing: frozenset[str], together: int) -> Iterator[list[_Reading]]:
    group: list[_Reading] = []
    texts: set[str] = set()
    for reading in readings:
        group.append(reading)
        texts |= missing.intersection(reading.texts)
        if len(texts) >= together:
            yield group
            group, texts = [], set()
    if group:
        yield group


def _keep(
    store: AnyStore, encoder: Encoder, group: Sequence[_Reading], progress: Progress | None, origin: Origin
) -> int:
    """Encode what the group needs, then put its readings; how many texts were encoded."""
    texts = list(dict.fromkeys(text for reading in group for text in reading.texts))
    with store.reading():
        missing = store.missing(texts)
        there = list(dict.fromkeys(texts).keys() - set(missing))
        # Another process may delete these with the last reading that used them: they are put again.
        vectors = dict(zip(there, store.vectors(there), strict=True))
    vectors.update(zip(missing, encoder.encode(missing, progress), strict=True))
    for reading in group:
        its_vectors = {text: vectors[text] for text in reading.texts}
        store.put(reading.resource, reading.passages, its_vectors, origin)
    return len(missing)


def _from(done: int, total: int, progress: Progress | None) -> Progress | None:
    """Progress within a group as progress in all."""
    if progress is None:
        return None
    return lambda within, _: progress(done + within, total)
