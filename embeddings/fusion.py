"""Several signals as one score, and a query moved towards what it finds first.

Weights and what each adds are in docs/quality.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.query import unit

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
Term = TypeVar("Term", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Signals:
    """How well each candidate meets the query, each float32 (candidates,).

    The cosine of the passage and of its best sentence; BM25 of its words and of their letter pieces; the
    share of the question's idf that stands in it, and in its best sentence.
    """

    passage: Floats
    sentence: Floats
    words: Floats
    pieces: Floats
    coverage: Floats
    sentence_coverage: Floats


WEIGHTS = np.asarray([0.25, 0.25, 0.15, 0.15, 0.1, 0.1], np.float32)
"""What each signal counts for, in their order."""


def fused(signals: Signals, trust: float) -> Floats:
    """The weighted sum of the signals, each as a z-score; `trust` is what the vectors count for."""
    trusted = np.asarray([trust, trust, 1, 1, 1, 1], np.float32)
    return np.asarray((WEIGHTS * trusted) @ _scaled(np.stack(astuple(signals))), np.float32)


def best_of(values: Floats, first: Rows) -> Floats:
    """The best value of each candidate; those of candidate i begin at `first[i]`, each has one at least."""
    return np.maximum.reduceat(values, first)


def firsts(scores: Floats) -> tuple[Rows, Floats]:
    """The candidates that the query is moved towards, best first, and the share of each."""
    best = np.argsort(-scores, kind="stable")[:FEEDBACK_PASSAGES]
    shares = np.exp(scores[best] - scores[best[0]])
    return best, shares / shares.sum()


def moved(vector: Vectors, shares: Floats, towards: Vectors) -> Vectors:
    """The query's vector moved towards those found first: Rocchio's feedback."""
    return unit((1 - FEEDBACK_VECTOR) * vector + FEEDBACK_VECTOR * (shares @ towards))


def widened(
    words: Mapping[Term, float], shares: Floats, weights: Iterable[Mapping[Term, float]]
) -> dict[Term, float]:
    """The query's terms and those that tell most of the passages found first.

    `weights` are what the terms of each passage count for in BM25: the relevance model of Lavrenko and
    Croft, 2001.
    """
    mass: dict[Term, float] = defaultdict(float)
    for share, its_weights in zip(shares.tolist(), weights, strict=True):
        for term, weight in its_weights.items():
            mass[term] += share * weight
    best = sorted(mass.items(), key=lambda item: -item[1])[:FEEDBACK_TERMS]
    total = sum(weight for _, weight in best) or 1.0
    scale = FEEDBACK_WORDS * sum(words.values()) / total
    found = {term: (1 - FEEDBACK_WORDS) * weight for term, weight in words.items()}
    for term, weight in best:
        found[term] = found.get(term, 0.0) + scale * weight
    return found


def spread_over_works(works: Iterable[str], k: int) -> list[int]:
    """The places of `k` candidates, given the work of each, best first: `PER_WORK` of one come first."""
    seen: Counter[str] = Counter()
    first: list[int] = []
    rest: list[int] = []
    for place, work in enumerate(works):
        seen[work] += 1
        (first if seen[work] <= PER_WORK else rest).append(place)
        if len(first) == k:
            break
    return [*first, *rest][:k]


def _scaled(signals: Floats) -> Floats:
    """Z-scores of each row, (signals, candidates), by the mean and deviation of its best `SCALE_OVER`."""
    count = min(SCALE_OVER, signals.shape[1])
    best = np.partition(signals, signals.shape[1] - count, axis=1)[:, signals.shape[1] - count :]
    scaled = (signals - best.mean(axis=1, keepdims=True)) / (best.std(axis=1, keepdims=True) + 1e-9)
    return np.asarray(scaled, np.float32)
