"""Find passages in the database by the recipe of `embeddings.search`: it gives those that may be best, and
all signals of these are compared here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.encoder import Vectors
from embeddings.fusion import Signals, best_of, firsts, fused, moved, widened
from embeddings.postgres.connections import Connections
from embeddings.postgres.hashed import Floats, weights
from embeddings.postgres.near import Near, by_vector, by_words, near
from embeddings.postgres.statistics import Statistics
from embeddings.query import Query


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: in the readings with these numbers, or in all; `passages` is how many they have."""

    allowed: Sequence[int] | None
    passages: int
    most_exact: int


@dataclass(frozen=True, slots=True)
class Found:
    """Passages of one moment, and the score of each."""

    near: Near
    scores: Floats


@dataclass(frozen=True, slots=True)
class _Compared:
    """Passages, and how well each meets the question's own words, which feedback leaves as they are."""

    near: Near
    pieces: Floats
    coverage: Floats
    sentence_coverage: Floats

    def joined(self, others: _Compared) -> _Compared:
        return _Compared(
            self.near.joined(others.near),
            np.concatenate([self.pieces, others.pieces]),
            np.concatenate([self.coverage, others.coverage]),
            np.concatenate([self.sentence_coverage, others.sentence_coverage]),
        )


@dataclass(frozen=True, slots=True)
class Search:
    """How the database is searched: by its connections, and what it counts."""

    connections: Connections
    words: Statistics
    pieces: Statistics
    sentences: Statistics

    def find(self, query: Query, scope: Scope, favoured: Mapping[int, float]) -> Found | None:
        """The passages that may be best, with what they score; `favoured` adds to those of some readings."""
        words, vector = weights(query.words), query.vector
        with self.connections.reading():
            ids = self._ids(vector, words, scope)
            if not ids:
                return None
            found = self._compared(ids, query)
            best, shares = firsts(self._scores(found, query, vector, words, favoured))
            its_weights = (self.words.weights_of(found.near.words, row) for row in best.tolist())
            vector, words = (
                moved(vector, shares, found.near.vectors[best]),
                widened(words, shares, its_weights),
            )
            if more := self._ids(vector, words, scope) - ids:
                found = found.joined(self._compared(more, query))
        return Found(found.near, self._scores(found, query, vector, words, favoured))

    def _compared(self, ids: set[int], query: Query) -> _Compared:
        asked = weights(query.asked)
        its = near(self.connections.rows, ids, len(query.vector))
        return _Compared(
            its,
            pieces=self.pieces.bm25(its.pieces, weights(query.pieces)),
            coverage=self.words.coverage(its.words, asked),
            sentence_coverage=best_of(self.sentences.coverage(its.sentences, asked), its.first_sentence),
        )

    def _ids(self, vector: Vectors, words: Mapping[int, float], scope: Scope) -> set[int]:
        read = self.connections.rows
        return {
            *by_vector(read, vector, scope.allowed, scope.passages, scope.most_exact),
            *by_words(read, self.words, words, scope.allowed),
        }

    def _scores(
        self,
        found: _Compared,
        query: Query,
        vector: Vectors,
        words: Mapping[int, float],
        favoured: Mapping[int, float],
    ) -> Floats:
        its = found.near
        signals = Signals(
            passage=its.vectors @ vector,
            sentence=best_of(its.titled @ vector, its.first_sentence),
            words=self.words.bm25(its.words, words),
            pieces=found.pieces,
            coverage=found.coverage,
            sentence_coverage=found.sentence_coverage,
        )
        gains = [favoured.get(number, 0.0) for number in its.readings.tolist()]
        return fused(signals, query.trust) + np.asarray(gains, np.float32)
