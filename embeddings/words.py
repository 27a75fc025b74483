"""BM25 and coverage over the words of many texts, as one sparse matrix of term weights."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

K1 = 1.2
B = 0.75

Floats = NDArray[np.float32]


class WordIndex:
    """The terms of `size` texts. Made by `build` or `from_files`; it never changes afterwards."""

    def __init__(self, terms: Sequence[str], weights: sparse.csc_matrix, mean_length: float) -> None:
        self.terms = tuple(terms)
        self.size: int = weights.shape[0]
        self._column = {term: number for number, term in enumerate(self.terms)}
        self._weights = weights
        self._mean_length = mean_length
        found_in = np.diff(weights.indptr)
        self._idf = _idf(self.size, found_in).astype(np.float32)
        self._idf_unknown = float(_idf(self.size, np.zeros(1))[0])

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> WordIndex:
        """An index of documents given as lists of terms."""
        column: dict[str, int] = {}
        columns: list[int] = []
        counts: list[int] = []
        row_ends = [0]
        for document in documents:
            for term, count in Counter(document).items():
                columns.append(column.setdefault(term, len(column)))
                counts.append(count)
            row_ends.append(len(columns))
        shape = (len(row_ends) - 1, len(column))
        matrix = sparse.csr_matrix((np.asarray(counts, np.float32), columns, row_ends), shape=shape)
        lengths = np.asarray(matrix.sum(axis=1), np.float32).ravel()
        mean_length = float(lengths.mean()) if len(lengths) and lengths.any() else 1.0
        return cls(tuple(column), _bm25_weights(matrix, lengths / mean_length), mean_length)

    def idf(self, term: str) -> float:
        """How telling a term is; one that stands nowhere is as telling as can be."""
        number = self._column.get(term)
        return self._idf_unknown if number is None else float(self._idf[number])

    def knows(self, term: str) -> bool:
        """Whether any text has the term."""
        return term in self._column

    def bm25(self, query: Mapping[str, float]) -> Floats:
        """BM25 of every text, float32 (size,), for a query of weighted terms.

        Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009,
        with the idf ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
        """
        scores = np.zeros(self.size, np.float32)
        for term, weight in query.items():
            rows, weights = self._entries(term)
            scores[rows] += np.float32(weight) * weights
        return scores

    def coverage(self, query: Mapping[str, float]) -> Floats:
        """The share, float32 (size,), of the weighted terms' idf mass that stands in each text."""
        scores = np.zeros(self.size, np.float32)
        mass = 0.0
        for term, weight in query.items():
            idf = weight * self.idf(term)
            mass += idf
            rows, _ = self._entries(term)
            scores[rows] += np.float32(idf)
        return scores / np.float32(mass) if mass else scores

    def weights_of(self, document: Sequence[str]) -> dict[str, float]:
        """The BM25 weight of each term of a document, as `build` would give it."""
        relative_length = len(document) / self._mean_length
        return {
            term: self.idf(term) * float(_saturated(np.float32(count), np.float32(relative_length)))
            for term, count in Counter(document).items()
        }

    def to_files(self) -> dict[str, bytes]:
        """The index as files: JSON for the terms, NumPy arrays for the rest."""
        arrays = io.BytesIO()
        np.savez(
            arrays,
            data=self._weights.data,
            indices=self._weights.indices,
            indptr=self._weights.indptr,
            size=np.int64(self.size),
            mean_length=np.float64(self._mean_length),
        )
        terms = json.dumps(self.terms, ensure_ascii=False).encode()
        return {"terms.json": terms, "weights.npz": arrays.getvalue()}

    @classmethod
    def from_files(cls, files: Mapping[str, bytes]) -> WordIndex:
        """The index that `to_files` wrote. The caller has checked that the files are what was written."""
        terms = json.loads(files["terms.json"])
        with np.load(io.BytesIO(files["weights.npz"]), allow_pickle=False) as arrays:
            parts = (arrays["data"], arrays["indices"], arrays["indptr"])
            weights = sparse.csc_matrix(parts, shape=(int(arrays["size"]), len(terms)))
            return cls(terms, weights, float(arrays["mean_length"]))

    def _entries(self, term: str) -> tuple[NDArray[np.int32], Floats]:
        number = self._column.get(term)
        start, end = (0, 0) if number is None else self._weights.indptr[number : number + 2]
        return self._weights.indices[start:end], self._weights.data[start:end]


def _idf(size: int, found_in: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(np.log1p((size - found_in + 0.5) / (found_in + 0.5)), np.float64)


def _saturated(count: Any, relative_length: Any) -> Any:  # noqa: ANN401 - numbers or arrays alike
    return count * (K1 + 1) / (count + K1 * (1 - B + B * relative_length))


def _bm25_weights(counts: sparse.csr_matrix, relative_lengths: Floats) -> sparse.csc_matrix:
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    idf = _idf(counts.shape[0], np.bincount(counts.indices, minlength=counts.shape[1]))
    weights = idf[counts.indices] * _saturated(counts.data, relative_lengths[rows])
    entries = (weights.astype(np.float32), counts.indices, counts.indptr)
    return sparse.csr_matrix(entries, shape=counts.shape).tocsc()
