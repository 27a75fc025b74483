"""Find the passages that answer a query: vectors and words together, each question's scores on one scale.

The recipe and what each part adds is measured in docs/quality.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.filters import Filters
from corpus.resource import Passage, Resource
from embeddings.passage_table import PassageTable
from embeddings.query import Query, unit
from embeddings.terms import stems
from embeddings.texts import passage_text

if TYPE_CHECKING:
    from embeddings.index import Index

CANDIDATES = 300
"""Passages taken from the vectors, and as many from the words, before all signals are compared."""

SCALE_OVER = 100
"""A signal's mean and deviation are those of its best so many candidates."""

FEEDBACK_PASSAGES = 5
FEEDBACK_TERMS = 20
FEEDBACK_VECTOR = 0.3
FEEDBACK_WORDS = 0.35

PER_WORK = 3
"""More passages of one work than this stand behind those of other works."""

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, by its row in the index; `score` compares hits of one query only."""

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


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts for."""

    passage: float = 0.25
    sentence: float = 0.25
    words: float = 0.15
    pieces: float = 0.15
    coverage: float = 0.1
    sentence_coverage: float = 0.1


def search(index: Index, query: Query, k: int, filters: Filters | None = None) -> tuple[Hit, ...]:
    """At most `k` passages, best first; at most `PER_WORK` of one work while others are left."""
    allowed = _allowed(index, filters)
    word_scores = index.words.bm25(query.words)
    rows = _candidates(index, query, word_scores, allowed)
    if not len(rows):
        return ()
    met = _Met.of(index, query)
    widened = _with_feedback(index, query, rows, _fused(index, query, word_scores, met, rows))
    word_scores = index.words.bm25(widened.words)
    rows = _union(index, rows, _candidates(index, widened, word_scores, allowed))
    scores = _fused(index, widened, word_scores, met, rows)
    order = np.argsort(-scores, kind="stable")
    hits = (
        Hit(index.passages, row, score)
        for row, score in zip(rows[order].tolist(), scores[order].tolist(), strict=True)
    )
    return _spread_over_works(hits, k)


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


def _fused(
    index: Index, query: Query, word_scores: Floats, met: _Met, rows: Rows, weights: Weights = Weights()
) -> Floats:
    """The weighted sum of the signals, each as a z-score, for the passages in `rows`.

    `word_scores` are BM25 of every passage for the query's words.
    """
    sentences = index.passages.sentence_rows(rows)
    sentence_cosines = index.titled_vectors.scores(query.vector, sentences)
    signals = (
        (query.trust * weights.passage, index.vectors.scores(query.vector, rows)),
        (query.trust * weights.sentence, _best_sentence(index, rows, sentence_cosines)),
        (weights.words, word_scores[rows]),
        (weights.pieces, met.pieces[rows]),
        (weights.coverage, met.coverage[rows]),
        (weights.sentence_coverage, _best_sentence(index, rows, met.sentence_coverage[sentences])),
    )
    shares = np.asarray([share for share, _ in signals], np.float32)
    values = np.stack([value for _, value in signals])
    return np.asarray(shares @ _scaled(values) + _favour(index, query, rows), np.float32)


def _favour(index: Index, query: Query, rows: Rows) -> Floats:
    if not query.favoured:
        return np.zeros(len(rows), np.float32)
    added = (query.favoured.get(index.resource_of(row).id, 0.0) for row in rows.tolist())
    return np.fromiter(added, np.float32, len(rows))


def _best_sentence(index: Index, rows: Rows, values: Floats) -> Floats:
    lengths = index.first_sentence[rows + 1] - index.first_sentence[rows]
    return np.maximum.reduceat(values, np.cumsum(lengths) - lengths)


def _scaled(signals: Floats) -> Floats:
    """Z-scores of each row, (signals, passages), by the mean and deviation of its best `SCALE_OVER`."""
    count = min(SCALE_OVER, signals.shape[1])
    best = np.partition(signals, signals.shape[1] - count, axis=1)[:, signals.shape[1] - count :]
    scaled = (signals - best.mean(axis=1, keepdims=True)) / (best.std(axis=1, keepdims=True) + 1e-9)
    return np.asarray(scaled, np.float32)


def _with_feedback(index: Index, query: Query, rows: Rows, scores: Floats) -> Query:
    """The query moved towards the passages that it finds first, weighted by their scores.

    Rocchio's feedback for the vector; for the words the relevance model of Lavrenko and Croft, 2001,
    over BM25 weights.
    """
    best = np.argsort(-scores, kind="stable")[:FEEDBACK_PASSAGES]
    shares = np.exp(scores[best] - scores[best[0]])
    shares /= shares.sum()
    towards = shares @ index.vectors.reconstruct(rows[best])
    vector = unit((1 - FEEDBACK_VECTOR) * query.vector + FEEDBACK_VECTOR * towards)
    return replace(query, vector=vector, words=_with_feedback_terms(index, query.words, rows[best], shares))


def _with_feedback_terms(
    index: Index, words: Mapping[str, float], rows: Rows, shares: Floats
) -> dict[str, float]:
    mass: dict[str, float] = defaultdict(float)
    for row, share in zip(rows.tolist(), shares.tolist(), strict=True):
        text = passage_text(index.resource_of(row), index.passages[row])
        for term, weight in index.words.weights_of(_stems_of_passage(text)).items():
            mass[term] += share * weight
    best = sorted(mass.items(), key=lambda item: -item[1])[:FEEDBACK_TERMS]
    total = sum(weight for _, weight in best) or 1.0
    scale = FEEDBACK_WORDS * sum(words.values()) / total
    widened = {term: (1 - FEEDBACK_WORDS) * weight for term, weight in words.items()}
    for term, weight in best:
        widened[term] = widened.get(term, 0.0) + scale * weight
    return widened


@lru_cache(maxsize=5_000)
def _stems_of_passage(text: str) -> tuple[str, ...]:
    """The stems of a text that is found again and again: few passages are near most questions."""
    return tuple(stems(text))


def _spread_over_works(hits: Iterable[Hit], k: int) -> tuple[Hit, ...]:
    seen: Counter[str] = Counter()
    first: list[Hit] = []
    rest: list[Hit] = []
    for hit in hits:
        work = hit.resource.work_id
        seen[work] += 1
        (first if seen[work] <= PER_WORK else rest).append(hit)
        if len(first) == k:
            break
    return (*first, *rest)[:k]
