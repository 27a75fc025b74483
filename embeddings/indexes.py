"""What questions are put to: an index of all passages in memory, or a database that searches by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.filters import Filters
from corpus.resource import Passage, Resource
from embeddings.encoder import Vectors
from embeddings.facet_table import FacetTable
from embeddings.passage_table import PassageTable
from embeddings.query import Query
from embeddings.search import Hit

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


class Terms(Protocol):
    """The terms of all passages."""

    def idf(self, term: str) -> float:
        """How telling a term is; one that stands nowhere is as telling as can be."""

    def knows(self, term: str) -> bool:
        """Whether any passage has the term."""

    def texts_with(self, terms: Iterable[str]) -> int:
        """How many passages have all of these terms, or a little more than that."""


class Scored(Protocol):
    """Vectors by row."""

    def scores(self, query: Floats, rows: Rows) -> Floats:
        """Inner product of the query, float32 (dimensions,), with each of these rows, float32 (rows,)."""


class Excerpt(Protocol):
    """Passages, with what their sentences are compared by; `embeddings.index.Index` says it in full."""

    @property
    def passages(self) -> PassageTable:
        """Each row is a passage."""

    @property
    def vectors(self) -> Scored:
        """Row i is that of `passages[i]`."""

    @property
    def sentence_vectors(self) -> Scored:
        """Of the bare sentences, numbered by `passages.first_sentence`."""

    @property
    def titled_vectors(self) -> Scored:
        """Of each "Title: sentence", numbered in the same way."""


class AnyIndex(Protocol):
    """What every index does; `embeddings.index.Index` says it in full."""

    @property
    def state(self) -> str:
        """The state of the store that it is of."""

    @property
    def size(self) -> int:
        """How many passages can be found."""

    @property
    def is_built(self) -> bool:
        """Whether it is built again after a change, which takes long for many passages."""

    @property
    def resources(self) -> Mapping[str, Resource]:
        """Every reading by its id. The text may be left out: `whole` has it."""

    @property
    def works(self) -> Mapping[str, tuple[Resource, ...]]:
        """The readings by the work that they are editions of."""

    @property
    def facets(self) -> FacetTable:
        """The readings by their values."""

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many passages each of `facets.resources` has."""

    @property
    def words(self) -> Terms:
        """The stems of all passages."""

    @property
    def written(self) -> Mapping[str, int]:
        """How often words stand in the readings, in the forms that they have there."""

    def writes(self, word: str) -> bool:
        """Whether the readings have a word that `written` leaves out, in lower case and without accents."""

    @property
    def centre(self) -> Vectors:
        """The mean of the passages' vectors, float32 (dimensions,)."""

    def search(self, query: Query, k: int, filters: Filters | None = None) -> tuple[Hit, ...]:
        """At most `k` passages, best first."""

    def excerpt(self, hits: Sequence[Hit]) -> Excerpt:
        """What the sentences of these hits, which are of one search, are compared by."""

    def openings(self, resources: Iterable[Resource]) -> tuple[Hit, ...]:
        """The first passage of each reading."""

    def whole(self, resource_id: str) -> Resource:
        """The reading with its text. Raises KeyError."""

    def passages_of(self, resource: Resource) -> Sequence[Passage]:
        """The passages of a reading, in their order."""

    def sentence_vectors_of(self, resource: Resource) -> Vectors:
        """Those of its bare sentences, float32 (sentences, dimensions)."""

    def known_words(self, words: Sequence[str]) -> tuple[list[int], Vectors]:
        """The places of the words that the readings have, and their vectors, float32 (those, dimensions)."""

    def reading_vectors(self) -> tuple[tuple[Resource, ...], Vectors]:
        """The readings that have a text, and each as the mean of its passages, of unit length."""
