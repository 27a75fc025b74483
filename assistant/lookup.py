"""What the collection holds on a question, and how surely that answers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from assistant.confidence import THRESHOLD, confidence
from assistant.ranking import Ranked, rank
from assistant.topic import all_that_is_named, names_in
from assistant.understanding import ENCODER_LANGUAGE, Understanding, Understood
from corpus.filters import EVERYTHING, Filters
from embeddings.index import Index
from embeddings.search import Hit, search
from embeddings.terms import fold

HITS = 60
"""Passages that readings are taken from; the answer's sentences come from the first few."""

ALL_MET = 0.9
"""A bare name, or a side of a comparison: where so much of it is met, the collection speaks of it."""

NEAR = 6
"""Works on a subject of which the newest come first, where the subject is none of the collection's topics."""

READINGS_THRESHOLD = 0.25
"""A list of readings claims less than an answer does."""


@dataclass(frozen=True, slots=True)
class Found:
    """Passages, and their sentences in order of how well they answer; `sides` are those of a comparison."""

    hits: tuple[Hit, ...]
    ranked: Ranked
    confidence: float
    answers: bool
    sides: tuple[Ranked, ...] = ()


def look_up(
    index: Index, understanding: Understanding, understood: Understood, filters: Filters = EVERYTHING
) -> Found:
    """Search for the question, and for each side of a comparison by itself."""
    if understood.question.intent == "readings":
        return _readings(index, understood, filters)
    hits, ranked = _ranked(index, understood, filters)
    sides = _sides(index, understanding, understood, filters)
    named = _is_a_name(understood.question.parts[0][0], ranked)
    sure = _spoken_of(ranked, understood) if named else _confidence(ranked, understood)
    if sides:
        sure = max(sure, min(_spoken_of(side, understood) for side in sides))
    return Found(hits, ranked, sure, sure >= THRESHOLD, sides)


def _readings(index: Index, understood: Understood, filters: Filters) -> Found:
    """Readings on a subject. One of the collection's own topics or titles is always answered."""
    question = understood.question
    subject = question.parts[0][0].strip("“”").casefold()
    topics = {topic for resource in index.resources.values() for topic in resource.topics}
    own = frozenset(topic for topic in topics if topic.casefold() == subject)
    if own and not filters.topics:
        filters = replace(filters, topics=own)
    wanted = question.wanted.within(filters)
    hits, ranked = _ranked(index, understood, wanted)
    if not hits and wanted != filters:
        return Found(*_ranked(index, understood, filters), 0.0, answers=False)
    any_of_them = own or question.without_subject
    known = any_of_them or any(hit.resource.title.casefold() == subject for hit in hits)
    sure = 1.0 if known and hits else _confidence(ranked, understood)
    if question.wanted.newest_first:
        among = _every_reading(index, wanted) if any_of_them else _first_works(hits)
        hits = tuple(sorted(among, key=lambda hit: hit.resource.date or "", reverse=True))[:HITS]
        ranked = _rank(index, understood, hits)
    return Found(hits, ranked, sure, sure >= READINGS_THRESHOLD)


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


def _sides(
    index: Index, understanding: Understanding, understood: Understood, filters: Filters
) -> tuple[Ranked, ...]:
    """What is found on each side of a comparison; nothing unless all sides are spoken of."""
    question = understood.question
    found: list[Ranked] = []
    for side in question.sides:
        alone = replace(question, understood_as=side, parts=((side, 1.0),), vector_parts=(), sides=())
        _, ranked = _ranked(index, understanding.search_for(alone), filters)
        if not ranked.sentences:
            return ()
        found.append(ranked)
    return tuple(found)


def _ranked(index: Index, understood: Understood, filters: Filters) -> tuple[tuple[Hit, ...], Ranked]:
    hits = search(index, understood.query, HITS, filters)
    return hits, _rank(index, understood, hits)


def _rank(index: Index, understood: Understood, hits: tuple[Hit, ...]) -> Ranked:
    return rank(index, understood.query, understood.text, understood.wordings, hits)


def _is_a_name(question: str, ranked: Ranked) -> bool:
    """Whether the question is a name alone: its capitals tell, or those of the sentence that is found."""
    named = all_that_is_named(question)
    if not named or not ranked.sentences:
        return False
    said = {fold(word) for name in names_in(ranked.sentences[0].text) for word in name.split()}
    shouted = question.isupper()
    return all((word[0].isupper() and not shouted) or fold(word) in said for word in named)


def _confidence(ranked: Ranked, understood: Understood) -> float:
    if ranked.evidence is None:
        return 0.0
    return confidence(ranked.evidence, foreign=understood.question.language != ENCODER_LANGUAGE)


def _spoken_of(ranked: Ranked, understood: Understood) -> float:
    """How sure it is that the collection speaks of a bare name, or of a side of a comparison."""
    met = ranked.evidence.context if ranked.evidence else 0.0
    return max(_confidence(ranked, understood), met if met >= ALL_MET else 0.0)
