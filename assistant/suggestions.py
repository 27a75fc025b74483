"""Questions near one that has no answer here, which do have one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from assistant.lookup import look_up
from assistant.question import ANYTHING
from assistant.understanding import Understanding, Understood
from corpus.errors import QuestionError
from embeddings.index import Index
from embeddings.search import Hit
from embeddings.terms import content_words, stem, words

SUGGESTIONS = 2

TRIED = 5
"""Suggestions that are asked to see whether they are answered, until two are."""


def suggest(
    index: Index, understanding: Understanding, understood: Understood, hits: Sequence[Hit]
) -> tuple[str, ...]:
    """One or two: the question without words that the collection lacks, and readings on what is nearest."""
    shorter = _without_unknown(index, understood.text)
    others = [shorter] if shorter and understood.question.language == "en" else []
    others += [f"Find readings about {subject}" for subject in _subjects(hits)]
    tried = list(dict.fromkeys(others))[:TRIED]
    answered = (other for other in tried if _is_answered(index, understanding, other))
    return tuple(islice(answered, SUGGESTIONS)) or (f"Find readings about {ANYTHING}",)


def _without_unknown(index: Index, question: str) -> str | None:
    """The question without words that stand nowhere in the collection; None if that leaves too little."""
    known = [word for word in question.split() if all(_known(index, term) for term in words(word))]
    left = " ".join(known)
    return left if left != question and len(content_words(left)) > 1 else None


def _known(index: Index, word: str) -> bool:
    return not content_words(word) or index.words.knows(stem(word))


def _is_answered(index: Index, understanding: Understanding, question: str) -> bool:
    try:
        understood = understanding.understand(question)
    except QuestionError:
        return False
    return look_up(index, understanding, understood).answers


def _subjects(hits: Sequence[Hit]) -> list[str]:
    """Topics of the nearest readings, or their titles where they have none."""
    return list(
        dict.fromkeys(
            hit.resource.topics[0] if hit.resource.topics else f"“{hit.resource.title}”" for hit in hits
        )
    )
