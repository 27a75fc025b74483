"""Questions near one that has no answer here, which do have one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lookup import look_up
from assistant.question import ANYTHING
from assistant.understanding import Understanding, Understood
from corpus.errors import QuestionError
from embeddings.indexes import AnyIndex
from embeddings.search import Hit
from embeddings.terms import content_words, stem, stems, words

SUGGESTIONS = 2

TELLING = 2.0
"""Idf from which on a word of a topic tells that a question is about it: "cooperatives" does not."""


def suggest(
    index: AnyIndex, understanding: Understanding, understood: Understood, hits: Sequence[Hit]
) -> tuple[str, ...]:
    """One or two: the question without an end that the collection lacks, and readings on a topic of it or
    on what is nearest.
    """
    found: list[str] = []
    if understood.question.language == "en":
        shorter = _without_unknown(index, understood.text)
        found = [shorter] if shorter and _is_answered(index, understanding, shorter) else []
    subjects = dict.fromkeys((*_topics_named(index, understood.text, hits), *_subjects(hits)))
    found += [f"Find readings about {subject}" for subject in subjects]
    return tuple(found[:SUGGESTIONS]) or (f"Find readings about {ANYTHING}",)


def _without_unknown(index: AnyIndex, question: str) -> str | None:
    """The question without words at its end that stand nowhere in the collection: "… law of Mozambique".

    None if there are none, or others before them, or if that leaves too little.
    """
    left = question.rstrip(" ?").split()
    typed = len(left)
    while left and not _known(index, left[-1]):
        left.pop()
    if len(left) == typed or not all(_known(index, word) for word in left):
        return None
    while left and not content_words(left[-1]):
        left.pop()
    if len(content_words(" ".join(left))) < 2:
        return None
    return " ".join(left) + ("?" if question.endswith("?") else "")


def _known(index: AnyIndex, typed: str) -> bool:
    return all(not content_words(word) or index.words.knows(stem(word)) for word in words(typed))


def _is_answered(index: AnyIndex, understanding: Understanding, question: str) -> bool:
    try:
        understood = understanding.understand(question)
    except QuestionError:
        return False
    return look_up(index, understanding, understood).answers


def _topics_named(index: AnyIndex, question: str, hits: Sequence[Hit]) -> list[str]:
    """Topics of the readings found that the question has a telling word of, the most telling first."""
    asked = frozenset(stems(question))
    topics = {topic for hit in hits for topic in hit.resource.topics}
    told = {
        topic: max((index.words.idf(term) for term in asked & {*stems(topic)}), default=0) for topic in topics
    }
    return sorted(
        (topic for topic in topics if told[topic] >= TELLING), key=lambda topic: (-told[topic], topic)
    )


def _subjects(hits: Sequence[Hit]) -> list[str]:
    """Topics of the nearest readings, or their titles where they have none."""
    return [hit.resource.topics[0] if hit.resource.topics else f"“{hit.resource.title}”" for hit in hits]
