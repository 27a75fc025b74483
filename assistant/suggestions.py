"""Questions near one that has no answer here, which do have one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lookup import look_up
from assistant.question import ANYTHING
from assistant.understanding import Understanding, Understood
from corpus.errors import QuestionError
from embeddings.index import Index
from embeddings.search import Hit
from embeddings.terms import content_words, stem, words

SUGGESTIONS = 2


def suggest(
    index: Index, understanding: Understanding, understood: Understood, hits: Sequence[Hit]
) -> tuple[str, ...]:
    """One or two: the question without words that the collection lacks, and readings on what is nearest."""
    found: list[str] = []
    if understood.question.language == "en":
        shorter = _without_unknown(index, understood.text)
        found = [shorter] if shorter and _is_answered(index, understanding, shorter) else []
    found += [f"Find readings about {subject}" for subject in _subjects(hits)[:SUGGESTIONS]]
    return tuple(found[:SUGGESTIONS]) or (f"Find readings about {ANYTHING}",)


def _without_unknown(index: Index, question: str) -> str | None:
    """The question without words that stand nowhere in the collection; None if that leaves too little."""
    known = [word for word in question.split() if all(_known(index, term) for term in words(word))]
    while known and not content_words(known[-1]):
        known.pop()  # "… law of" for "… law of Mozambique"
    left = " ".join(known)
    if left == question or len(content_words(left)) < 2:
        return None
    return left.rstrip("?") + ("?" if question.endswith("?") else "")


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
