"""Find the passages that answer a query: vectors and words together, each question's scores on one scale.

The recipe and what each part adds is measured in docs/quality.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.filters import Filters
from corpus.resource import Passage, Resource
from embeddings.fusion import Floats, Rows, Signals, best_of, firsts, fused, moved, spread_over_works, widened
from embeddings.passage_table import PassageTable
from embeddings.query import Query
from embeddings.terms import stems
from embeddings.texts import passage_text

if TYPE_CHECKING:
    from embeddings.index import Index

CANDIDATES = 300
"""Passages taken from the vectors, and as many from the words, before all signals are compared."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, by its row in the table; `score` compares hits of one query only."""

    passages: PassageTable
    row: int
    score: float

    @property
    def passage(self) -> Passage:
        """The passage itself, made anew each time: most hits are only looked at for their readings."""
        return self.passages[self.row]

    @property
    def resource(self) -> Resource:
        """The reading that it belongs to."""
        return self.passages.resource_of(self.row)


def search(index: Index, query: Query, k: int, filters: Filters | None = None) -> tuple[Hit, ...]:
    """At most `k` passages, best first; at most `PER_WORK` of one work while others are left."""
    allowed = _allowed(index, filters)
    word_scores = index.words.bm25(query.words)
    rows = _candidates(index, query, word_scores, allowed)
    if not len(rows):
        return ()
    met = _Met.of(index, query)
    wider = _with_feedback(index, query, rows, _scores(index, query, word_scores, met, rows))
    word_scores = index.words.bm25(wider.words)
    rows = _union(index, rows, _candidates(index, wider, word_scores, allowed))
    scores = _scores(index, wider, word_scores, met, rows)
    order = np.argsort(-scores, kind="stable")
    works = (index.resource_of(row).work_id for row in rows[order].tolist())
    best = order[spread_over_works(works, k)].tolist()
    return tuple(Hit(index.passages, int(rows[place]), float(scores[place])) for place in best)


def _allowed(index: Index, filters: Filters | None) -> NDArray[np.bool_] | None:
    if not filters:
        return None
    return np.asarray(index.facets.admitted(filters)[index.passages.reading])


def _candidates(index: Index, query: Query, word_scores: Floats, allowed: NDArray[np.bool_] | None) -> Rows:
    """The best rows by the vectors and by the words, in order; `word_scores` are BM25 of every passage."""
    _, by_vector = index.vectors.search(query.vector, CANDIDATES, allowed)
    if allowed is not None:
        word_scores = np.where(allowed, word_scores, np.float32(0))
    count = min(CANDIDATES, len(word_scores))
    by_words = np.argpartition(-word_scores, count - 1)[:count] if count else np.empty(0, np.int64)
    return _union(index, by_vector, by_words[word_scores[by_words] > 0])


def _union(index: Index, some: Rows, others: Rows) -> Rows:
    """The rows that are in one of both, in order: in a tenth of the time of `np.union1d`, which hashes."""
    there = np.zeros(len(index.passages), bool)
    there[some] = True
    there[others] = True
    return np.flatnonzero(there)


@dataclass(frozen=True, slots=True)
class _Met:
    """How well each text of the index meets the question's own words, which feedback leaves as they are.

    float32 (passages,) of the letter pieces' BM25 and of the words' coverage, (sentences,) of the latter.
    """

    pieces: Floats
    coverage: Floats
    sentence_coverage: Floats

    @classmethod
    def of(cls, index: Index, query: Query) -> _Met:
        return cls(
            index.pieces.bm25(query.pieces),
            index.words.coverage(query.asked),
            index.sentence_words.coverage(query.asked),
        )


def _scores(index: Index, query: Query, word_scores: Floats, met: _Met, rows: Rows) -> Floats:
    """Of the passages in `rows`; `word_scores` are BM25 of every passage for the query's words."""
    sentences = index.passages.sentence_rows(rows)
    lengths = index.first_sentence[rows + 1] - index.first_sentence[rows]
    first = np.cumsum(lengths) - lengths
    signals = Signals(
        passage=index.vectors.scores(query.vector, rows),
        sentence=best_of(index.titled_vectors.scores(query.vector, sentences), first),
        words=word_scores[rows],
        pieces=met.pieces[rows],
        coverage=met.coverage[rows],
        sentence_coverage=best_of(met.sentence_coverage[sentences], first),
    )
    scores = fused(signals, query.trust)
    if not query.favoured:
        return scores
    gains = [query.favoured.get(index.resource_of(row).id, 0.0) for row in rows.tolist()]
    return scores + np.asarray(gains, np.float32)


def _with_feedback(index: Index, query: Query, rows: Rows, scores: Floats) -> Query:
    """The query moved towards the passages that it finds first, weighted by their scores."""
    best, shares = firsts(scores)
    weights = (index.words.weights_of(_stems_of(index, row)) for row in rows[best].tolist())
    return replace(
        query,
        vector=moved(query.vector, shares, index.vectors.reconstruct(rows[best])),
        words=widened(query.words, shares, weights),
    )


def _stems_of(index: Index, row: int) -> tuple[str, ...]:
    return _stems_of_passage(passage_text(index.resource_of(row), index.passages[row]))


@lru_cache(maxsize=5_000)
def _stems_of_passage(text: str) -> tuple[str, ...]:
    """The stems of a text that is found again and again: few passages are near most questions."""
    return tuple(stems(text))
