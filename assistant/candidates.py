"""The sentences an answer can be made of: those of the best passages, each compared with the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.resource import Span
from embeddings.indexes import Excerpt
from embeddings.query import Query
from embeddings.search import Hit
from embeddings.terms import content_words

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of a passage that was found; `words` are its own, `before` those of the one before it."""

    hit: Hit
    span: Span
    words: tuple[str, ...]
    before: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence as it stands in the reading."""
        return self.hit.resource.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates with arrays of float32 (candidates,).

    `passage` is what the search gave the passage; the others are cosines with the question: of the sentence,
    of "Title: sentence", of the passage.
    """

    sentences: tuple[Candidate, ...]
    passage: Floats
    sentence_cosine: Floats
    titled_cosine: Floats
    passage_cosine: Floats


def candidates(excerpt: Excerpt, query: Query, hits: Sequence[Hit]) -> Candidates:
    """Every sentence of the hits, in their order."""
    rows = np.asarray([hit.row for hit in hits], np.int64)
    first, sentences = excerpt.passages.first_sentence, excerpt.passages.sentence_rows(rows)
    counts = first[rows + 1] - first[rows]
    return Candidates(
        sentences=tuple(candidate for hit in hits for candidate in _of(hit)),
        passage=np.repeat(np.asarray([hit.score for hit in hits], np.float32), counts),
        sentence_cosine=excerpt.sentence_vectors.scores(query.vector, sentences),
        titled_cosine=excerpt.titled_vectors.scores(query.vector, sentences),
        passage_cosine=np.repeat(excerpt.vectors.scores(query.vector, rows), counts),
    )


def _of(hit: Hit) -> list[Candidate]:
    found: list[Candidate] = []
    before, passage = _last_words(hit), hit.passage
    for span, text in zip(passage.sentences, passage.sentence_texts(), strict=True):
        words = distinct_words(text)
        found.append(Candidate(hit, span, words, before))
        before = words
    return found


def _last_words(hit: Hit) -> tuple[str, ...]:
    """The words of the sentence before the passage, in the same reading."""
    if hit.row == 0 or hit.passages.resource_of(hit.row - 1).id != hit.resource.id:
        return ()
    return distinct_words(hit.passages[hit.row - 1].sentence_texts()[-1])


@lru_cache(maxsize=10_000)
def distinct_words(text: str) -> tuple[str, ...]:
    """The words of a text without stop words, each once. Those of the last sentences are remembered."""
    return tuple(dict.fromkeys(content_words(text)))
