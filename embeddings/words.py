"""BM25 and coverage over the words of many texts: in which texts each term stands, and its weight there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from embeddings import bm25
from embeddings.postings import Postings, as_bytes

_TOGETHER = 1_000_000
"""Entries whose weights are worked out at once: what is worked with takes five times their memory."""

Floats = NDArray[np.float32]


class WordIndex:
    """The terms of `size` texts. Made by `build` or `from_files`; it never changes afterwards."""

    def __init__(self, postings: Postings, weights: Floats) -> None:
        """`weights` are what each entry counts for in BM25: what `weights_in` gives."""
        self.terms = postings.terms
        self.size = len(postings.lengths)
        self._number = {term: number for number, term in enumerate(self.terms)}
        self._rows, self._ends, self._weights = postings.rows, postings.ends, weights
        self._mean_length = _mean(postings.lengths)
        found_in = postings.found_in
        # By the terms' numbers; the last one, number -1, is that of a term that stands nowhere.
        self._idf = np.append(
            bm25.idf(self.size, found_in).astype(np.float32), bm25.idf(self.size, np.zeros(1))
        )

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> WordIndex:
        """An index of documents given as lists of terms."""
        return cls.from_files(cls.files(Postings.of(documents)))

    @staticmethod
    def files(postings: Postings) -> dict[str, bytes | memoryview]:
        """What `from_files` makes the index of: the postings, and what each entry counts for."""
        return {**postings.to_files(), "weights.f32": as_bytes(weights_in(postings))}

    @classmethod
    def from_files(cls, files: Mapping[str, bytes | memoryview]) -> WordIndex:
        """The index over those very bytes, which the caller has checked."""
        return cls(Postings.from_files(files), np.frombuffer(files["weights.f32"], np.float32))

    def idf(self, term: str) -> float:
        """How telling a term is; one that stands nowhere is as telling as can be."""
        return float(self._idf[self._number.get(term, -1)])

    def knows(self, term: str) -> bool:
        """Whether any text has the term."""
        return term in self._number

    def texts_with(self, terms: Iterable[str]) -> int:
        """How many texts have all of these terms; none where there are no terms."""
        rows = [self._rows[self._place(term)] for term in set(terms)]
        return len(reduce(np.intersect1d, rows)) if rows else 0

    def bm25(self, query: Mapping[str, float]) -> Floats:
        """BM25 of every text, float32 (size,), for a query of weighted terms.

        Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009,
        with the idf ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
        """
        scores = np.zeros(self.size, np.float32)
        for term, weight in query.items():
            place = self._place(term)
            np.add.at(scores, self._rows[place], np.float32(weight) * self._weights[place])
        return scores

    def coverage(self, query: Mapping[str, float]) -> Floats:
        """The share, float32 (size,), of the weighted terms' idf mass that stands in each text."""
        idf = {term: weight * self.idf(term) for term, weight in query.items()}
        mass = sum(idf.values()) or 1.0
        shares = np.zeros(self.size, np.float32)
        for term, share in idf.items():
            np.add.at(shares, self._rows[self._place(term)], np.float32(share / mass))
        return shares

    def weights_of(self, document: Sequence[str]) -> dict[str, float]:
        """The BM25 weight of each term of a document, as `build` would give it."""
        counts = Counter(document)
        relative_length = np.float32(len(document) / self._mean_length)
        saturated = bm25.saturated(np.asarray([*counts.values()], np.float32), relative_length)
        numbers = np.asarray([self._number.get(term, -1) for term in counts], np.int64)
        weights = self._idf[numbers] * saturated
        return dict(zip(counts, weights.tolist(), strict=True))

    def _place(self, term: str) -> slice:
        """Where the entries of a term stand."""
        number = self._number.get(term)
        if number is None:
            return slice(0, 0)
        return slice(int(self._ends[number - 1]) if number else 0, int(self._ends[number]))


def weights_in(postings: Postings) -> Floats:
    """What each entry counts for in BM25, float32 (entries,)."""
    relative_lengths = postings.lengths.astype(np.float32) / np.float32(_mean(postings.lengths))
    idf = bm25.idf(len(postings.lengths), postings.found_in)
    weights = np.empty(len(postings.rows), np.float32)
    for first in range(0, len(weights), _TOGETHER):
        its = slice(first, min(first + _TOGETHER, len(weights)))
        terms = np.searchsorted(postings.ends, np.arange(its.start, its.stop), side="right")
        lengths = relative_lengths[postings.rows[its]]
        weights[its] = idf[terms] * bm25.saturated(postings.counts[its].astype(np.float32), lengths)
    return weights


def _mean(lengths: NDArray[np.int32]) -> float:
    return float(lengths.mean(dtype=np.float64)) if lengths.any() else 1.0
