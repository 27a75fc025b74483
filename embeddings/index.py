"""What a search looks into: every passage's words and vectors, in memory, derived from the store."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.filters import Filters
from corpus.resource import Passage, Resource
from embeddings import index_files, snapshot
from embeddings.encoder import Encoder, Progress, Vectors
from embeddings.facet_table import FacetTable
from embeddings.index_files import part
from embeddings.indexes import AnyIndex
from embeddings.passage_table import PassageTable
from embeddings.postings import Postings
from embeddings.query import Query
from embeddings.search import Hit, search
from embeddings.stores import AnyStore
from embeddings.vector_table import VectorTable
from embeddings.vectors import VectorIndex
from embeddings.words import WordIndex

FORMAT = "9"
"""Changes when what a snapshot holds changes, or how texts become words: an older one is then not used, and
nothing is kept of it.
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Index:
    """Row i of everything is `passages[i]`; its sentences are rows `first_sentence[i]` to the next one's.

    `sentence_vectors` are those of the bare sentences, `titled_vectors` of "Title: sentence". `word_vectors`
    has a row for each word of the collection encoded alone, numbered by `word_rows`. `works` are the
    resources by the id of the work that they are editions of; row i of `facets` is `passages.resources[i]`.
    `written` tells how often each word stands in the readings, in the forms that it has there. `centre`,
    float32 (dimensions,), is where the passages lie: the farther from nought, the more they have one subject.
    """

    state: str
    resources: Mapping[str, Resource]
    works: Mapping[str, tuple[Resource, ...]]
    passages: PassageTable
    facets: FacetTable
    vectors: VectorIndex
    sentence_vectors: VectorTable
    titled_vectors: VectorTable
    word_vectors: VectorTable
    word_rows: Mapping[str, int]
    words: WordIndex
    pieces: WordIndex
    sentence_words: WordIndex
    written: Mapping[str, int]
    centre: Vectors

    @property
    def first_sentence(self) -> NDArray[np.int64]:
        """Where each passage's sentences begin, and after the last one how many there are in all."""
        return self.passages.first_sentence

    @property
    def size(self) -> int:
        """How many passages can be found."""
        return len(self.passages)

    @property
    def is_built(self) -> bool:
        """It is, again after each change."""
        return True

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many passages each reading has, (readings,)."""
        return np.bincount(self.passages.reading, minlength=len(self.passages.resources))

    def writes(self, word: str) -> bool:  # noqa: ARG002 - one signature for all
        """Whether the readings have a word that `written` leaves out: it has them all."""
        return False

    def resource_of(self, row: int) -> Resource:
        """The resource that the passage in this row belongs to."""
        return self.passages.resource_of(row)

    def search(self, query: Query, k: int, filters: Filters | None = None) -> tuple[Hit, ...]:
        """At most `k` passages, best first."""
        return search(self, query, k, filters)

    def excerpt(self, hits: Sequence[Hit]) -> Index:  # noqa: ARG002 - one signature for all
        """What the sentences of the hits are compared by: all of it is here."""
        return self

    def openings(self, resources: Iterable[Resource]) -> tuple[Hit, ...]:
        """The first passage of each reading that has one."""
        rows = (self.passages.rows_of(resource) for resource in resources)
        return tuple(Hit(self.passages, its.start, 0.0) for its in rows if its)

    def whole(self, resource_id: str) -> Resource:
        """The reading with its text. Raises KeyError."""
        return self.resources[resource_id]

    def passages_of(self, resource: Resource) -> tuple[Passage, ...]:
        """The passages of a reading, in their order."""
        rows = self.passages.rows_of(resource)
        return self.passages[rows.start : rows.stop]

    def sentence_vectors_of(self, resource: Resource) -> Vectors:
        """Those of its bare sentences, float32 (sentences, dimensions)."""
        rows = self.passages.rows_of(resource)
        return self.sentence_vectors[slice(*self.first_sentence[[rows.start, rows.stop]].tolist())]

    def known_words(self, words: Sequence[str]) -> tuple[list[int], Vectors]:
        """The places of the words that the readings have, and their vectors, float32 (those, dimensions)."""
        places = [place for place, word in enumerate(words) if word in self.word_rows]
        rows = np.asarray([self.word_rows[words[place]] for place in places], np.int64)
        return places, self.word_vectors[rows]

    def reading_vectors(self) -> tuple[tuple[Resource, ...], Vectors]:
        """The readings that have a text, and each as the mean of its passages, of unit length."""
        numbers, first = np.unique(self.passages.reading, return_index=True)
        vectors = self.vectors.reconstruct(np.arange(self.size))
        sums = np.add.reduceat(vectors, first, axis=0) if len(first) else vectors
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        readings = tuple(self.passages.resources[number] for number in numbers.tolist())
        return readings, sums / np.maximum(lengths, np.finfo(np.float32).tiny)


def index_of(
    store: AnyStore,
    encoder: Encoder,
    home: Path,
    progress: Progress | None = None,
    older: AnyIndex | None = None,
) -> AnyIndex:
    """The index of a store that searches by itself, or else the one that is built of it (`open_index`).

    What has not changed since may be taken from an `older` one.
    """
    return store.own_index(older, progress) or open_index(store, encoder, home, progress)


def open_index(store: AnyStore, encoder: Encoder, home: Path, progress: Progress | None = None) -> Index:
    """The index of the store as it is now: from the snapshot in `home`, or built again and kept there.

    `progress` is told how many texts of a large one have been split into words.
    """
    with store.reading():
        return _open(store, encoder, home, progress)


def _open(store: AnyStore, encoder: Encoder, home: Path, progress: Progress | None) -> Index:
    state = store.state
    stamp = {"state": state, "encoder": encoder.name, "index": FORMAT}
    resources = {resource.id: resource for resource in store.resources()}
    passages = PassageTable([*resources.values()], store.passages())
    width, sentences = encoder.dimensions, int(passages.first_sentence[-1])
    files = snapshot.read(home, "index", stamp)
    if files is None:
        _log.info("Building the search index of %d passages.", len(passages))
        files = index_files.build(store, passages, width, _older(home, stamp), progress)
        files = snapshot.write(home, "index", files, stamp)
    each_word = Postings.from_files(part(files, "each_word")).terms
    vectors = VectorIndex.from_files(part(files, "vectors"))
    return Index(
        state=state,
        resources=resources,
        works=by_work(resources.values()),
        passages=passages,
        facets=FacetTable(passages.resources),
        vectors=vectors,
        sentence_vectors=VectorTable(files["sentences.vectors"], sentences, width),
        titled_vectors=VectorTable(files["titled.vectors"], sentences, width),
        word_vectors=VectorTable(files["each_word.vectors"], len(each_word), width),
        word_rows={word: row for row, word in enumerate(each_word)},
        words=WordIndex.from_files(part(files, "words")),
        pieces=WordIndex.from_files(part(files, "pieces")),
        sentence_words=WordIndex.from_files(part(files, "sentence_words")),
        written=Postings.from_files(part(files, "written")).occurrences,
        centre=vectors.centre(),
    )


def _older(home: Path, stamp: Mapping[str, str]) -> snapshot.Files | None:
    """The files of an index of another state of the store, made with this encoder by this program."""
    found = snapshot.stamp(home, "index")
    if found is None or found["state"] == stamp["state"]:  # which was tried
        return None
    return snapshot.read(home, "index", {**stamp, "state": found["state"]})


def by_work(resources: Iterable[Resource]) -> dict[str, tuple[Resource, ...]]:
    """The readings by the work that they are editions of."""
    works: defaultdict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        works[resource.work_id].append(resource)
    return {work: tuple(editions) for work, editions in works.items()}
