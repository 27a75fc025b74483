"""The readings that a request for readings is for: on its subject, of the kind that it wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from assistant.makers import made_by
from assistant.understanding import Understood
from corpus.filters import Filters
from embeddings.index import Index
from embeddings.search import Hit, search

HITS = 60
"""Passages that readings are taken from; an answer's sentences come from the first few."""

NEAR = 6
"""Works on a subject of which the newest come first, where the subject is none of the collection's topics."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A hit or more of each reading, in order; `sure` that they are those, None where the evidence tells."""

    hits: tuple[Hit, ...]
    sure: float | None = None


def readings_for(index: Index, understood: Understood, filters: Filters) -> Listed:
    """Readings on a subject. One of the collection's own topics, titles or makers is always answered."""
    question = understood.question
    subject = question.parts[0][0].strip("“”").casefold()
    topics = {topic for resource in index.resources.values() for topic in resource.topics}
    own = frozenset(topic for topic in topics if topic.casefold() == subject)
    if own and not filters.topics:
        filters = replace(filters, topics=own)
    wanted = question.wanted.within(filters)
    hits = () if wanted is None else search(index, understood.query, HITS, wanted)
    if wanted is None or (not hits and wanted != filters):
        return Listed(search(index, understood.query, HITS, filters), 0.0)
    if made := made_by(index.resources.values(), question.wanted.by):
        of_makers = tuple(hit for hit in hits if hit.resource.id in made)
        if not of_makers or question.wanted.by.casefold() == subject:
            of_makers = _newest_first(h for h in _every_reading(index, wanted) if h.resource.id in made)
        return Listed(of_makers or hits, 1.0 if of_makers else 0.0)
    whole = bool(own) or question.without_subject
    if question.wanted.newest_first:
        hits = _newest_first(_every_reading(index, wanted) if whole else _first_works(hits))
    known = whole or any(hit.resource.title.casefold() == subject for hit in hits)
    return Listed(hits, 1.0 if known and hits else None)


def _newest_first(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: hit.resource.date or "", reverse=True))[:HITS]


def _first_works(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The first hit of each of the first works: those that are nearest to the subject."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.resource.work_id, hit)
    return tuple(first.values())[:NEAR]


def _every_reading(index: Index, filters: Filters) -> Iterator[Hit]:
    """The beginning of every reading that passes the filters."""
    numbers, rows = np.unique(index.passages.reading, return_index=True)
    admitted = index.facets.admitted(filters)[numbers]
    return (Hit(index.passages, row, 0.0) for row in rows[admitted].tolist())
