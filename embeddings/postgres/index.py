"""A database that is searched where it is: a process holds what is known about the readings, not their texts.

It finds what an index in memory finds (`embeddings.search`), except that of many passages only those are
compared that the database's own indexes give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.filters import Filters
from corpus.resource import Passage, Resource
from embeddings.encoder import Vectors
from embeddings.facet_table import FacetTable
from embeddings.fusion import spread_over_works
from embeddings.index import by_work
from embeddings.passage_table import PassageTable
from embeddings.postgres import schema, vector_rows
from embeddings.postgres.connections import Connections
from embeddings.postgres.counted import PIECES, SENTENCES
from embeddings.postgres.excerpt import Excerpt
from embeddings.postgres.near import MOST_EXACT
from embeddings.postgres.search import Found, Scope, Search
from embeddings.postgres.statistics import Statistics, Stems
from embeddings.postgres.wholes import Wholes
from embeddings.query import Query
from embeddings.rows import resource_from_row
from embeddings.search import Hit
from embeddings.texts import sentence_texts

MOST_WRITTEN = 50_000
"""Words that are kept as they are written: those that a misspelled one may have been."""

MOST_FOR_CENTRE = 1000
"""Readings whose means tell where all passages lie."""

Rows = NDArray[np.int64]


class PostgresIndex:
    """As of one state of the database. `open` makes it; threads may share it."""

    is_built = False

    def __init__(
        self,
        connections: Connections,
        meta: schema.Meta,
        known: Mapping[int, Resource],
        lengths: Mapping[int, int],
        wholes: Wholes,
        most_exact: int,
    ) -> None:
        """`known` are the readings without their texts, `lengths` how many passages they have, by number."""
        read = connections.rows
        self._connections = connections
        self._known = dict(sorted(known.items(), key=lambda item: item[1].id))
        self._wholes = wholes
        self._most_exact = most_exact
        self._dimensions = meta.dimensions
        self._numbers = np.asarray([*self._known], np.int64)
        self._row_of = {number: row for row, number in enumerate(self._known)}
        self._number_of = {resource.id: number for number, resource in self._known.items()}
        self.words = Stems(read)
        self._search = Search(
            connections, self.words.statistics, Statistics(read, PIECES), Statistics(read, SENTENCES)
        )
        self.state = meta.state
        self.resources = {resource.id: resource for resource in self._known.values()}
        self.works = by_work(self._known.values())
        self.facets = FacetTable([*self._known.values()])
        self.lengths = np.asarray([lengths[number] for number in self._known], np.int64)
        self.size = int(self.lengths.sum())
        written = "SELECT word, times FROM written WHERE times > 0 ORDER BY times DESC, word LIMIT %s"
        self.written: Mapping[str, int] = dict(read(written, MOST_WRITTEN))

    @classmethod
    def open(
        cls, connections: Connections, older: PostgresIndex | None = None, most_exact: int = MOST_EXACT
    ) -> Self:
        """The index of the database as it is now, which has been prepared to be searched.

        What has not changed is taken from an older one.
        """
        return connections.read(lambda: cls._as_of_now(connections, older, most_exact))

    @classmethod
    def _as_of_now(cls, connections: Connections, older: PostgresIndex | None, most_exact: int) -> Self:
        read, its = connections.rows, schema.meta(connections)
        lengths: dict[int, int] = dict(read("SELECT number, passages FROM readings"))
        known = {number: one for number, one in older._known.items() if number in lengths} if older else {}
        new = [number for number in lengths if number not in known]
        about = read("SELECT number, about FROM readings WHERE number = ANY(%s::bigint[])", new)
        known |= {number: resource_from_row(row) for number, row in about}
        wholes = older._wholes if older else Wholes(connections)
        return cls(connections, its, known, lengths, wholes, most_exact)

    @cached_property
    def centre(self) -> Vectors:
        """The mean, float32 (dimensions,), of the passages of readings that are evenly spread."""
        step = max(1, -(-len(self._numbers) // MOST_FOR_CENTRE))
        numbers, vectors = self._means(self._numbers[::step])
        weights = self.lengths[[self._row_of[number] for number in numbers]]
        return np.asarray(weights @ vectors / max(weights.sum(), 1), np.float32)

    def writes(self, word: str) -> bool:
        """Whether the readings have a word, given in lower case and without accents."""
        return bool(
            self._connections.rows("SELECT FROM written WHERE folded = %s AND times > 0 LIMIT 1", word)
        )

    def search(self, query: Query, k: int, filters: Filters | None = None) -> tuple[Hit, ...]:
        """At most `k` passages, best first; at most `PER_WORK` of one work while others are left."""
        scope = self._scope(filters)
        favoured = {
            self._number_of[resource_id]: gain
            for resource_id, gain in query.favoured.items()
            if resource_id in self._number_of
        }

        def find() -> tuple[Hit, ...]:
            found = self._search.find(query, scope, favoured) if scope.passages else None
            return () if found is None else self._best(found, k)

        return self._connections.read(find)

    def _best(self, found: Found, k: int) -> tuple[Hit, ...]:
        rows = self._in_order(found)
        numbers, places = found.near.readings.tolist(), found.near.places.tolist()
        works = (self._known[numbers[row]].work_id for row in rows)
        best = [rows[place] for place in spread_over_works(works, k)]
        return self._hits([(numbers[row], places[row]) for row in best], found.scores[best].tolist())

    def _in_order(self, found: Found) -> list[int]:
        """The rows of the passages found, best first, without readings that came after this state.

        Equal ones are in the order of the readings, as in an index in memory.
        """
        readings = [self._row_of.get(number, -1) for number in found.near.readings.tolist()]
        order = np.lexsort((found.near.places, np.asarray(readings), -found.scores))
        return [row for row in order.tolist() if readings[row] >= 0]

    def excerpt(self, hits: Sequence[Hit]) -> Excerpt:
        """What the sentences of the hits are compared by; other passages of their table have noughts."""
        return Excerpt.of(self._connections.rows, hits, self._dimensions)

    def openings(self, resources: Iterable[Resource]) -> tuple[Hit, ...]:
        """The first passage of each reading that has one."""
        numbers = [self._number_of[resource.id] for resource in resources]
        return self._hits([(number, 0) for number in numbers], [0.0] * len(numbers))

    def whole(self, resource_id: str) -> Resource:
        """The reading with its text. Raises KeyError."""
        number = self._number_of[resource_id]
        return self._wholes.of([number])[number].resource

    def passages_of(self, resource: Resource) -> tuple[Passage, ...]:
        """The passages of a reading, in their order."""
        number = self._number_of[resource.id]
        return self._wholes.of([number])[number].passages

    def sentence_vectors_of(self, resource: Resource) -> Vectors:
        """Those of its bare sentences, float32 (sentences, dimensions)."""
        texts = [text for its in self.passages_of(resource) for text in sentence_texts(resource, its)]
        return vector_rows.vectors(self._connections, texts, self._dimensions)

    def known_words(self, words: Sequence[str]) -> tuple[list[int], Vectors]:
        """The places of the words that the readings have, and their vectors, float32 (those, dimensions)."""
        found = vector_rows.found(self._connections.rows, words)
        places = [place for place, word in enumerate(words) if word in found]
        vectors = np.empty((len(places), self._dimensions), np.float32)
        for row, place in enumerate(places):
            vectors[row] = found[words[place]]
        return places, vectors

    def reading_vectors(self) -> tuple[tuple[Resource, ...], Vectors]:
        """The readings that have a text, and each as the mean of its passages, of unit length."""
        numbers, vectors = self._means(self._numbers)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return tuple(self._known[number] for number in numbers), vectors / np.maximum(lengths, 1e-12)

    def _scope(self, filters: Filters | None) -> Scope:
        if not filters:
            return Scope(None, self.size, self._most_exact)
        admitted = self.facets.admitted(filters)
        return Scope(self._numbers[admitted].tolist(), int(self.lengths[admitted].sum()), self._most_exact)

    def _means(self, numbers: Rows) -> tuple[list[int], Vectors]:
        """Those of the readings that have a text, in the same order, and the mean of the passages of each."""
        which = "mean IS NOT NULL AND number = ANY(%s::bigint[])"
        query = f"SELECT number, halfvec_send(mean) FROM readings WHERE {which}"  # noqa: S608
        found: dict[int, bytes] = dict(self._connections.rows(query, numbers.tolist()))
        its = [number for number in numbers.tolist() if number in found]
        return its, vector_rows.unpacked([found[number] for number in its], self._dimensions)

    def _hits(self, places: Sequence[tuple[int, int]], scores: Sequence[float]) -> tuple[Hit, ...]:
        """The passages at these places: the number of a reading, and which passage of it.

        Their table has the passage before each as well. Readings that are gone meanwhile are left out.
        """
        wholes = self._wholes.of(number for number, _ in places)
        there = [(place, score) for place, score in zip(places, scores, strict=True) if place[0] in wholes]
        before = {(number, place - 1) for (number, place), _ in there if place}
        wanted = sorted(
            {place for place, _ in there} | before, key=lambda place: (self._known[place[0]].id, place[1])
        )
        row_of = {place: row for row, place in enumerate(wanted)}
        resources = dict.fromkeys(number for number, _ in wanted)
        table = PassageTable(
            [wholes[number].resource for number in resources],
            (wholes[number].passages[place] for number, place in wanted),
        )
        return tuple(Hit(table, row_of[place], score) for place, score in there)
