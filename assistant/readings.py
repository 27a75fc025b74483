"""Readings worth opening next: one entry per work, each with a reason that is true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from assistant.answer import Reading
from corpus.errors import UnknownReading
from corpus.resource import Resource
from embeddings.encoder import Vectors
from embeddings.index import Index
from embeddings.search import Hit

TOPIC = 0.05
PLACE = 0.05
PERSON = 0.1
"""What a shared topic, place or person adds to the cosine of two readings."""

WIDE_PLACES = frozenset({"Global"})
"""Said of a reading that is about no place more than another."""

LONGEST_REASON = 160


def found(
    index: Index, hits: Iterable[Hit], k: int, leave_out: Sequence[Resource] = ()
) -> tuple[Reading, ...]:
    """The works that the hits are from, in their order, without those to leave out; at most `k`.

    The reason is what a reading shares with the ones left out, which the answer cites, or what it says.
    """
    seen = {resource.work_id for resource in leave_out}
    readings: list[Reading] = []
    for hit in hits:
        if hit.resource.work_id in seen or len(readings) == k:
            continue
        seen.add(hit.resource.work_id)
        why = shared(hit.resource, leave_out) or _says(hit)
        readings.append(Reading(hit.resource, why, hit.score, _editions(index, hit.resource)))
    return tuple(readings)


def similar(index: Index, resource_id: str, k: int) -> tuple[Reading, ...]:
    """The readings nearest to this one, best first; none for one without text. Raises UnknownReading."""
    resource = by_id(index, resource_id)
    vectors = _resource_vectors(index)
    if resource_id not in vectors:
        return ()
    others = [
        other
        for other in index.resources.values()
        if other.work_id != resource.work_id and other.id in vectors
    ]
    cosines = {other.id: float(vectors[other.id] @ vectors[resource_id]) for other in others}
    scores = {other.id: cosines[other.id] + _affinity(resource, other) for other in others}
    readings: list[Reading] = []
    seen: set[str] = set()
    for other in sorted(others, key=lambda other: -scores[other.id]):
        if other.work_id in seen or len(readings) == k:
            continue
        seen.add(other.work_id)
        why = shared(other, [resource]) or _closest_words(index, resource, other)
        readings.append(Reading(other, why, scores[other.id], _editions(index, other)))
    return tuple(readings)


def by_id(index: Index, resource_id: str) -> Resource:
    """The reading with this id. Raises UnknownReading."""
    if resource_id not in index.resources:
        raise UnknownReading(
            f"No reading has the id {resource_id!r}. `python -m assistant search WORDS --json` shows ids."
        )
    return index.resources[resource_id]


def shared(resource: Resource, others: Sequence[Resource]) -> str:
    """What the reading has in common with the first of the others that it shares something with, or ''."""
    for other in others:
        people = _common(resource.people, other.people)
        topics = _common(resource.topics, other.topics)
        places = [place for place in _common(resource.places, other.places) if place not in WIDE_PLACES]
        about = [
            f"also with {_listed(people)}" if people else "",
            f"also on {_listed(topics[:2])}" if topics else "",
            f"also {_where(places[:2])}" if places else "",
        ]
        if any(about):
            return "; ".join(filter(None, about))
    return ""


def _where(places: Sequence[str]) -> str:
    return f"in {_listed(places)}"


def _listed(items: Sequence[str]) -> str:
    return " and ".join(items) if len(items) < 3 else f"{', '.join(items[:-1])} and {items[-1]}"


def _common(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    return [item for item in ours if item in theirs]


def _says(hit: Hit) -> str:
    return f"says: {_shortened(hit.passage.sentence_texts()[0])}"


def _closest_words(index: Index, resource: Resource, other: Resource) -> str:
    """The other reading's sentence that is nearest to what the resource says."""
    ours = _sentence_vectors(index, resource)
    theirs = _sentence_vectors(index, other)
    texts = [text for row in _rows(index, other) for text in index.passages[row].sentence_texts()]
    nearest = int(np.argmax((theirs @ ours.T).max(axis=1)))
    return f"says something near: {_shortened(texts[nearest])}"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_REASON:
        return text
    return text[:LONGEST_REASON].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _editions(index: Index, resource: Resource) -> tuple[Resource, ...]:
    return tuple(
        other
        for other in index.resources.values()
        if other.work_id == resource.work_id and other.id != resource.id
    )


def _affinity(resource: Resource, other: Resource) -> float:
    places = [place for place in _common(resource.places, other.places) if place not in WIDE_PLACES]
    topics = _common(resource.topics, other.topics)
    people = _common(resource.people, other.people)
    return TOPIC * min(len(topics), 3) + PLACE * min(len(places), 2) + PERSON * min(len(people), 1)


def _rows(index: Index, resource: Resource) -> list[int]:
    return [row for row, passage in enumerate(index.passages) if passage.resource_id == resource.id]


def _sentence_vectors(index: Index, resource: Resource) -> Vectors:
    rows = _rows(index, resource)
    return index.sentence_vectors[index.first_sentence[rows[0]] : index.first_sentence[rows[-1] + 1]]


def _resource_vectors(index: Index) -> dict[str, Vectors]:
    """Each reading as the mean of its passages, of unit length."""
    vectors = index.vectors.reconstruct(np.arange(len(index.passages)))
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(index.passages):
        rows.setdefault(passage.resource_id, []).append(row)
    means = {resource_id: vectors[its_rows].mean(axis=0) for resource_id, its_rows in rows.items()}
    return {resource_id: mean / np.linalg.norm(mean) for resource_id, mean in means.items()}
