"""BM25 and coverage over the words of many texts: in which texts each term stands, and its weight there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Entries:
    """Row and weight of each term in each text that has it, term after term; term i ends before `ends[i]`."""

    rows: NDArray[np.int32]
    weights: Floats
    ends: NDArray[np.int64]


class WordIndex:
    """The terms of `size` texts. Made by `build` or `from_files`; it never changes afterwards."""

    def __init__(self, terms: Sequence[str], entries: _Entries, size: int, mean_length: float) -> None:
        self.terms = tuple(terms)
        self.size = size
        self._number = {term: number for number, term in enumerate(self.terms)}
        self._entries = entries
        self._mean_length = mean_length
        found_in = np.diff(entries.ends, prepend=0)
        # By the terms' numbers; the last one, number -1, is that of a term that stands nowhere.
        self._idf = np.append(_idf(self.size, found_in).astype(np.float32), _idf(self.size, np.zeros(1)))

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> WordIndex:
        """An index of documents given as lists of terms."""
        number: dict[str, int] = {}
        terms: list[int] = []
        counts: list[int] = []
        lengths: list[int] = []
        of_row: list[int] = []
        for row, document in enumerate(documents):
            lengths.append(len(document))
            for term, count in Counter(document).items():
                terms.append(number.setdefault(term, len(number)))
                counts.append(count)
                of_row.append(row)
        mean_length = sum(lengths) / len(lengths) if any(lengths) else 1.0
        relative_lengths = np.asarray(lengths, np.float32) / np.float32(mean_length)
        order = np.argsort(np.asarray(terms, np.int64), kind="stable")
        rows = np.asarray(of_row, np.int32)[order]
        found_in = np.bincount(np.asarray(terms, np.int64), minlength=len(number))
        idf = np.repeat(_idf(len(lengths), found_in), found_in)
        weights = idf * _saturated(np.asarray(counts, np.float32)[order], relative_lengths[rows])
        entries = _Entries(rows, weights.astype(np.float32), np.cumsum(found_in))
        return cls(tuple(number), entries, len(lengths), mean_length)

    def idf(self, term: str) -> float:
        """How telling a term is; one that stands nowhere is as telling as can be."""
        return float(self._idf[self._number.get(term, -1)])

    def knows(self, term: str) -> bool:
        """Whether any text has the term."""
        return term in self._number

    def bm25(self, query: Mapping[str, float]) -> Floats:
        """BM25 of every text, float32 (size,), for a query of weighted terms.

        Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009,
        with the idf ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
        """
        found = [(self._place(term), weight) for term, weight in query.items()]
        weights = [np.float32(weight) * self._entries.weights[place] for place, weight in found]
        return self._added([place for place, _ in found], weights)

    def coverage(self, query: Mapping[str, float]) -> Floats:
        """The share, float32 (size,), of the weighted terms' idf mass that stands in each text."""
        idf = {term: weight * self.idf(term) for term, weight in query.items()}
        mass = sum(idf.values())
        places = [self._place(term) for term in idf]
        shares = np.asarray(list(idf.values()), np.float32) / np.float32(mass or 1)
        lengths = [place.stop - place.start for place in places]
        return self._added(places, [np.repeat(shares, lengths)])

    def weights_of(self, document: Sequence[str]) -> dict[str, float]:
        """The BM25 weight of each term of a document, as `build` would give it."""
        counts = Counter(document)
        relative_length = np.float32(len(document) / self._mean_length)
        saturated = _saturated(np.asarray([*counts.values()], np.float32), relative_length)
        numbers = np.asarray([self._number.get(term, -1) for term in counts], np.int64)
        weights = self._idf[numbers] * saturated
        return dict(zip(counts, weights.tolist(), strict=True))

    def to_files(self) -> dict[str, bytes]:
        """The index as files: JSON for the terms, plain numbers for the rest."""
        about = {"terms": self.terms, "size": self.size, "mean_length": self._mean_length}
        return {
            "about.json": json.dumps(about, ensure_ascii=False).encode(),
            "rows.i32": self._entries.rows.tobytes(),
            "weights.f32": self._entries.weights.tobytes(),
            "ends.i64": self._entries.ends.tobytes(),
        }

    @classmethod
    def from_files(cls, files: Mapping[str, bytes | memoryview]) -> WordIndex:
        """The index that `to_files` wrote, over those very bytes, which the caller has checked."""
        about = json.loads(bytes(files["about.json"]))
        entries = _Entries(
            np.frombuffer(files["rows.i32"], np.int32),
            np.frombuffer(files["weights.f32"], np.float32),
            np.frombuffer(files["ends.i64"], np.int64),
        )
        return cls(about["terms"], entries, about["size"], about["mean_length"])

    def _place(self, term: str) -> slice:
        """Where the entries of a term stand."""
        number = self._number.get(term)
        if number is None:
            return slice(0, 0)
        ends = self._entries.ends
        return slice(int(ends[number - 1]) if number else 0, int(ends[number]))

    def _added(self, places: Sequence[slice], values: Sequence[Floats]) -> Floats:
        """For every text, float32 (size,), the sum of the values of its entries among those at the places."""
        if not places:
            return np.zeros(self.size, np.float32)
        rows = np.concatenate([self._entries.rows[place] for place in places])
        return np.bincount(rows, np.concatenate(values), self.size).astype(np.float32)


def _idf(size: int, found_in: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(np.log1p((size - found_in + 0.5) / (found_in + 0.5)), np.float64)


def _saturated(count: Any, relative_length: Any) -> Any:  # noqa: ANN401 - numbers or arrays alike
    return count * (K1 + 1) / (count + K1 * (1 - B + B * relative_length))
