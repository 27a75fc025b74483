"""How telling each term is among all passages of a database, asked for once and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from embeddings import bm25
from embeddings.postgres.connections import Read
from embeddings.postgres.counted import WORDS
from embeddings.postgres.hashed import Floats, Texts, hashed

MOST_COUNTED = 5_000
"""Passages that are counted where they have several terms."""


class Statistics:
    """Of one kind of terms, as of one state of the database. Threads may share it."""

    def __init__(self, read: Read, kind: str) -> None:
        self._read = read
        self._kind = kind
        self._found_in: dict[int, int] = {}
        totals = read("SELECT texts, terms FROM totals WHERE kind = %s", kind)
        self.texts, terms = totals[0] if totals else (0, 0)
        self.mean_length = terms / self.texts if terms else 1.0

    def found_in(self, terms: Iterable[int]) -> list[int]:
        """In how many texts each of the terms stands."""
        terms = [*terms]
        if unknown := [term for term in terms if term not in self._found_in]:
            query = "SELECT term, found_in FROM terms WHERE kind = %s AND term = ANY(%s::integer[])"
            self._found_in.update(dict.fromkeys(unknown, 0) | dict(self._read(query, self._kind, unknown)))
        return [self._found_in[term] for term in terms]

    def idf(self, terms: Iterable[int]) -> Floats:
        """How telling each of the terms is, float32 (terms,)."""
        found_in = np.asarray(self.found_in(terms), np.float64)
        return bm25.idf(self.texts, found_in).astype(np.float32)

    def bm25(self, texts: Texts, query: Mapping[int, float]) -> Floats:
        """BM25 of each text for a query of weighted terms, float32 (texts,)."""
        weights = self.idf(query) * np.asarray([*query.values()], np.float32)
        lengths = (texts.lengths / self.mean_length).astype(np.float32)
        return np.asarray(bm25.saturated(texts.counts(query), lengths[:, None]) @ weights, np.float32)

    def coverage(self, texts: Texts, query: Mapping[int, float]) -> Floats:
        """The share of the weighted terms' idf that stands in each text, float32 (texts,)."""
        mass = self.idf(query) * np.asarray([*query.values()], np.float32)
        return np.asarray((texts.counts(query) > 0) @ mass / (mass.sum() or 1.0), np.float32)

    def weights_of(self, texts: Texts, text: int) -> dict[int, float]:
        """What each term of a text counts for in it."""
        terms, counts = np.unique(texts.of(text), return_counts=True)
        length = np.float32(texts.lengths[text] / self.mean_length)
        weights = self.idf(terms.tolist()) * bm25.saturated(counts.astype(np.float32), length)
        return dict(zip(terms.tolist(), weights.tolist(), strict=True))


class Stems:
    """The stems of all passages, one at a time."""

    def __init__(self, read: Read) -> None:
        self.statistics = Statistics(read, WORDS)
        self._read = read
        self._together: dict[tuple[int, ...], int] = {}

    def idf(self, term: str) -> float:
        """How telling a term is; one that stands nowhere is as telling as can be."""
        return float(self.statistics.idf([hashed(term)])[0])

    def knows(self, term: str) -> bool:
        """Whether any passage has the term."""
        return self.texts_with([term]) > 0

    def texts_with(self, terms: Iterable[str]) -> int:
        """How many passages have all of these terms; or, if many have the rarest, how many those are."""
        numbers = tuple(sorted({*map(hashed, terms)}))
        least = min(self.statistics.found_in(numbers), default=0)
        if len(numbers) < 2 or not 0 < least <= MOST_COUNTED:
            return least
        if numbers not in self._together:
            query = "SELECT count(*) FROM passages WHERE words @> %s::integer[]"
            ((self._together[numbers],),) = self._read(query, [*numbers])
        return self._together[numbers]
