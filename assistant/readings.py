"""Readings worth opening next: one entry per work, each with a reason that is true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from assistant import reasons
from assistant.answer import Reading
from assistant.candidates import Candidate
from corpus.errors import UnknownReading
from corpus.resource import Resource
from embeddings.indexes import AnyIndex
from embeddings.search import Hit

TOPIC = 0.05
PLACE = 0.05
PERSON = 0.1
"""What a shared topic, place or person adds to the cosine of two readings."""


def found(
    index: AnyIndex,
    hits: Iterable[Hit],
    k: int,
    sentences: Iterable[Candidate] = (),
    leave_out: Sequence[Resource] = (),
) -> tuple[Reading, ...]:
    """The works that the hits are from, in their order, without those to leave out; at most `k`.

    The reason is what a reading shares with the ones left out, which the answer cites, or what it says:
    the first of the `sentences`, best first, that is its own, or how the passage that was found begins.
    """
    said: dict[str, str] = {}
    for sentence in sentences:
        said.setdefault(sentence.hit.resource.id, sentence.text)
    seen = {resource.work_id for resource in leave_out}
    readings: list[Reading] = []
    for hit in hits:
        if hit.resource.work_id in seen or len(readings) == k:
            continue
        seen.add(hit.resource.work_id)
        says = said.get(hit.resource.id) or hit.passage.sentence_texts()[0]
        why = reasons.why(index, hit.resource, leave_out) or reasons.says(says)
        readings.append(Reading(hit.resource, why, hit.score, _editions(index, hit.resource)))
    return tuple(readings)


def by_id(index: AnyIndex, resource_id: str) -> Resource:
    """The reading with this id. Raises UnknownReading."""
    try:
        return index.whole(resource_id)
    except KeyError:
        raise UnknownReading(
            f"No reading has the id {resource_id!r}. `python -m assistant search WORDS --json` shows ids."
        ) from None


class Neighbours:
    """The readings of an index by their nearness. `vectors` are float32 (readings, d), of unit length.

    Row i is the mean of the passages of `resources[i]`; a reading without text has none.
    """

    def __init__(self, index: AnyIndex) -> None:
        self.index = index
        self.resources, self.vectors = index.reading_vectors()
        self._row = {resource.id: row for row, resource in enumerate(self.resources)}

    def of(self, resource_id: str, k: int) -> tuple[Reading, ...]:
        """At most `k` works nearest to this one, best first; none for one without text.

        Raises UnknownReading.
        """
        resource = by_id(self.index, resource_id)
        if resource_id not in self._row:
            return ()
        cosines = self.vectors @ self.vectors[self._row[resource_id]]
        scores = [
            cosine + _affinity(resource, other)
            for cosine, other in zip(cosines.tolist(), self.resources, strict=True)
        ]
        readings: list[Reading] = []
        seen = {resource.work_id}
        for row in sorted(range(len(scores)), key=lambda row: -scores[row]):
            other = self.resources[row]
            if other.work_id in seen or len(readings) == k:
                continue
            seen.add(other.work_id)
            other = self.index.whole(other.id)
            why = reasons.why(self.index, other, [resource]) or self._closest_words(resource, other)
            readings.append(Reading(other, why, scores[row], _editions(self.index, other)))
        return tuple(readings)

    def _closest_words(self, resource: Resource, other: Resource) -> str:
        """The other reading's sentence that is nearest to what the resource says."""
        ours, theirs = map(self.index.sentence_vectors_of, (resource, other))
        texts = [text for its in self.index.passages_of(other) for text in its.sentence_texts()]
        nearest = int(np.argmax((theirs @ ours.T).max(axis=1)))
        return f"says something near: {reasons.shortened(texts[nearest])}"


def _editions(index: AnyIndex, resource: Resource) -> tuple[Resource, ...]:
    return tuple(other for other in index.works[resource.work_id] if other.id != resource.id)


def _affinity(resource: Resource, other: Resource) -> float:
    places = set(resource.places) & set(other.places) - reasons.WIDE_PLACES
    topics = set(resource.topics) & set(other.topics)
    people = set(resource.people) & set(other.people)
    return TOPIC * min(len(topics), 3) + PLACE * min(len(places), 2) + PERSON * min(len(people), 1)
