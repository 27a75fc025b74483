"""What the collection holds on a question, and how surely that answers it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.confidence import THRESHOLD, confidence
from assistant.listing import HITS, readings_for
from assistant.ranking import Ranked, rank
from assistant.topic import all_that_is_named, names_in
from assistant.understanding import ENCODER_LANGUAGE, Understanding, Understood
from corpus.filters import EVERYTHING, Filters
from embeddings.indexes import AnyIndex
from embeddings.search import Hit
from embeddings.terms import fold

ALL_MET = 0.9
"""A bare name, or a side of a comparison: where so much of it is met, the collection speaks of it."""

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
    index: AnyIndex, understanding: Understanding, understood: Understood, filters: Filters = EVERYTHING
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


def _readings(index: AnyIndex, understood: Understood, filters: Filters) -> Found:
    """The readings that are asked for."""
    listed = readings_for(index, understood, filters)
    ranked = _rank(index, understood, listed.hits)
    sure = _confidence(ranked, understood) if listed.sure is None else listed.sure
    return Found(listed.hits, ranked, sure, sure >= READINGS_THRESHOLD)


def _sides(
    index: AnyIndex, understanding: Understanding, understood: Understood, filters: Filters
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


def _ranked(index: AnyIndex, understood: Understood, filters: Filters) -> tuple[tuple[Hit, ...], Ranked]:
    hits = index.search(understood.query, HITS, filters)
    return hits, _rank(index, understood, hits)


def _rank(index: AnyIndex, understood: Understood, hits: tuple[Hit, ...]) -> Ranked:
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
    question = understood.question
    return confidence(
        ranked.evidence, follows=question.follows, foreign=question.language != ENCODER_LANGUAGE
    )


def _spoken_of(ranked: Ranked, understood: Understood) -> float:
    """How sure it is that the collection speaks of a bare name, or of a side of a comparison."""
    met = ranked.evidence.context if ranked.evidence else 0.0
    return max(_confidence(ranked, understood), met if met >= ALL_MET else 0.0)
