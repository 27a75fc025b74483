"""What is searched for: texts as a vector and as weighted words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from embeddings.encoder import Encoder, Vectors
from embeddings.terms import content_words, grams, stem, stems

if TYPE_CHECKING:
    from embeddings.indexes import AnyIndex


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: a vector of unit length, and weighted stems and letter pieces.

    `asked` are the stems of the question itself, `meanings` the vectors of their words, each encoded alone,
    if they have letters of the Latin alphabet;
    `words` are the stems that BM25 looks for, which may be more.
    `trust` is what the vectors count for: less in a language that the encoder was not made for.
    `favoured` adds to the scores of readings, by their ids: those that the conversation is about.
    """

    vector: Vectors
    asked: Mapping[str, float]
    meanings: Mapping[str, Vectors]
    words: Mapping[str, float]
    pieces: Mapping[str, float]
    trust: float = 1.0
    favoured: Mapping[str, float] = field(default_factory=dict)


def make_query(
    index: AnyIndex,
    encoder: Encoder,
    parts: Sequence[tuple[str, float]],
    vector_parts: Sequence[tuple[str, float]] = (),
    word_parts: Sequence[tuple[str, float]] = (),
    *,
    trust: float = 1.0,
    favoured: Mapping[str, float] | None = None,
) -> Query:
    """A query of texts that count by their weights, in vectors and words alike, or in one of them only.

    A follow-up question is searched as itself with a share of what was asked before, a question on the
    field with a little of the other words for the same things.
    """
    spelled = {stem(word): word for text, _ in reversed(parts) for word in reversed(content_words(text))}
    spelled = {term: word for term, word in spelled.items() if word.isascii()}
    terms = [*spelled]
    places, known = index.known_words([*spelled.values()])
    meanings = dict(zip((terms[place] for place in places), known, strict=True))
    unknown = {term: word for term, word in spelled.items() if term not in meanings}
    mixed = (*parts, *vector_parts)
    vectors = encoder.encode([*(text for text, _ in mixed), *unknown.values()])
    vector = np.asarray([weight for _, weight in mixed], np.float32) @ vectors[: len(mixed)]
    meanings.update(zip(unknown, vectors[len(mixed) :], strict=True))
    in_words = (*parts, *word_parts)
    asked = weighted_stems(in_words)
    return Query(unit(vector), asked, meanings, asked, _weighted(in_words, grams), trust, favoured or {})


def weighted_stems(parts: Sequence[tuple[str, float]]) -> dict[str, float]:
    """The stems of weighted texts; one that stands twice counts twice."""
    return _weighted(parts, stems)


def _weighted(parts: Sequence[tuple[str, float]], terms_of: Callable[[str], list[str]]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for text, weight in parts:
        for term in terms_of(text):
            weights[term] += weight
    return dict(weights)


def unit(vector: Vectors) -> Vectors:
    """The vector with a length of 1; noughts stay so."""
    return np.asarray(vector / (np.linalg.norm(vector) + 1e-12), np.float32)
