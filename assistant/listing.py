"""The readings that a request for readings is for: on its subject, of the kind that it wants."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from assistant.makers import made_by
from assistant.understanding import Understood
from corpus.filters import Filters
from embeddings.indexes import AnyIndex
from embeddings.search import Hit

HITS = 60
"""Passages that readings are taken from; an answer's sentences come from the first few."""

NEAR = 6
"""Works on a subject of which the newest come first, where the subject is none of the collection's topics."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A hit or more of each reading, in order; `sure` that they are those, None where the evidence tells."""

    hits: tuple[Hit, ...]
    sure: float | None = None


def readings_for(index: AnyIndex, understood: Understood, filters: Filters) -> Listed:
    """Readings on a subject. One of the collection's own topics, titles or makers is always answered."""
    question = understood.question
    subject = question.parts[0][0].strip("“”").casefold()
    own = frozenset(topic for topic in index.facets.values("topics") if topic.casefold() == subject)
    if own and not filters.topics:
        filters = replace(filters, topics=own)
    wanted = question.wanted.within(filters)
    hits = () if wanted is None else index.search(understood.query, HITS, wanted)
    if wanted is None or (not hits and wanted != filters):
        return Listed(index.search(understood.query, HITS, filters), 0.0)
    if made := made_by(index.resources.values(), question.wanted.by):
        of_makers = tuple(hit for hit in hits if hit.resource.id in made)
        if not of_makers or question.wanted.by.casefold() == subject:
            of_makers = _newest(index, wanted, made)
        return Listed(of_makers or hits, 1.0 if of_makers else 0.0)
    whole = bool(own) or question.without_subject
    if question.wanted.newest_first:
        hits = _newest(index, wanted) if whole else _newest_first(_first_works(hits))
    known = whole or any(hit.resource.title.casefold() == subject for hit in hits)
    return Listed(hits, 1.0 if known and hits else None)


def _newest_first(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: hit.resource.date or "", reverse=True))


def _first_works(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The first hit of each of the first works: those that are nearest to the subject."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.resource.work_id, hit)
    return tuple(first.values())[:NEAR]


def _newest(index: AnyIndex, filters: Filters, ids: Collection[str] | None = None) -> tuple[Hit, ...]:
    """The beginnings of the newest readings that pass the filters, of those with these ids."""
    rows = np.flatnonzero(index.facets.admitted(filters) & (index.lengths > 0))
    readings = [index.facets.resources[row] for row in rows.tolist()]
    if ids is not None:
        readings = [reading for reading in readings if reading.id in ids]
    newest = sorted(readings, key=lambda reading: reading.date or "", reverse=True)
    return index.openings(newest[:HITS])
