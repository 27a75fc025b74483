"""What an index is made of, as the files of a snapshot: of older files, and of what has changed since.

A reading that is still the same keeps its vectors and its words; the store is asked for those of new and
changed readings alone. Without older files every reading is new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from corpus.resource import Passage, Resource
from embeddings.encoder import Progress, Vectors
from embeddings.passage_table import PassageTable
from embeddings.postings import Postings
from embeddings.snapshot import Files
from embeddings.stores import AnyStore
from embeddings.terms import grams, stems, written_words
from embeddings.texts import passage_text, sentence_texts, titled_sentence_texts, told_of, word_texts
from embeddings.vector_table import TOGETHER, VectorTable
from embeddings.vectors import VectorIndex
from embeddings.words import WordIndex

Rows = NDArray[np.int64]

TOLD_FROM = 10_000
"""Texts whose words take a second or so: of fewer no progress is told."""

TOLD_EACH = 1_000


def build(
    store: AnyStore,
    passages: PassageTable,
    width: int,
    older: Files | None = None,
    progress: Progress | None = None,
) -> Files:
    """The files of an index of these passages, with vectors of `width` numbers; `older` are such files.

    Texts and their vectors are taken some at a time: what it needs is little more than what comes out.
    """
    now = _Layout.of(passages, store.fingerprints())
    in_readings, in_passages, in_sentences = now.moves_from(_Layout.of_files(older))
    made = _Made(store, width, older)
    new = _New(passages, in_passages.new)
    telling = _Telling(progress, 2 * len(in_passages.new) + len(in_sentences.new))
    each_word = made.postings("each_word", _words_of_each(passages, in_readings.new), in_readings)
    written = (written_words(told_of(passages.resources[row])) for row in in_readings.new.tolist())
    in_words = made.moves_of_words(each_word.terms)
    new_words = (each_word.terms[row] for row in in_words.new.tolist())
    of_passages = telling.each(map(stems, new.texts(_passage_texts)))
    of_pieces = telling.each(map(grams, new.texts(_passage_texts)))
    of_sentences = telling.each(map(stems, new.texts(sentence_texts)))
    parts: dict[str, Files] = {
        "layout": {"json": now.to_json()},
        "vectors": VectorIndex.files(made.passage_vectors(new.texts(_passage_texts), in_passages)),
        "sentences": {"vectors": made.table("sentences", new.texts(sentence_texts), in_sentences)},
        "titled": {"vectors": made.table("titled", new.texts(titled_sentence_texts), in_sentences)},
        "each_word": {**each_word.to_files(), "vectors": made.table("each_word", new_words, in_words)},
        "written": made.postings("written", written, in_readings).to_files(),
        "words": WordIndex.files(made.postings("words", of_passages, in_passages)),
        "pieces": WordIndex.files(made.postings("pieces", of_pieces, in_passages)),
        "sentence_words": WordIndex.files(made.postings("sentence_words", of_sentences, in_sentences)),
    }
    return {f"{part}.{name}": data for part, files in parts.items() for name, data in files.items()}


def part(files: Files, name: str) -> Files:
    """Those of the files that belong to one part of the index, by their names in it."""
    prefix = f"{name}."
    return {name.removeprefix(prefix): data for name, data in files.items() if name.startswith(prefix)}


@dataclass(frozen=True, slots=True)
class _New:
    """The passages in some rows of a table."""

    passages: PassageTable
    rows: Rows

    def texts(self, texts_of: Callable[[Resource, Passage], Iterable[str]]) -> Iterator[str]:
        """What the function gives of each passage, one after the other."""
        for row in self.rows.tolist():
            yield from texts_of(self.passages.resource_of(row), self.passages[row])


def _passage_texts(resource: Resource, passage: Passage) -> tuple[str]:
    return (passage_text(resource, passage),)


def _words_of_each(passages: PassageTable, readings: Rows) -> Iterator[tuple[str, ...]]:
    """Each word of each of these readings once."""
    for reading in readings.tolist():
        resource = passages.resources[reading]
        its = (word_texts(resource, passages[row]) for row in passages.rows_of(resource))
        yield tuple(dict.fromkeys(chain.from_iterable(its)))


class _Telling:
    """Tells how many texts have been split into words."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress if total >= TOLD_FROM else None
        self._total = total
        self._done = 0

    def each(self, documents: Iterable[list[str]]) -> Iterator[list[str]]:
        """The same documents."""
        for document in documents:
            yield document
            self._done += 1
            if self._progress and (self._done % TOLD_EACH == 0 or self._done == self._total):
                self._progress(self._done, self._total)


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where older rows come to among `size` rows, -1 where they go away, and the rows that are new."""

    to: Rows
    new: Rows
    size: int

    @classmethod
    def of(cls, to: Rows, size: int) -> _Moves:
        """With all rows new that no older one comes to."""
        is_new = np.ones(size, np.bool_)
        is_new[to[to >= 0]] = False
        return cls(to, np.flatnonzero(is_new), size)

    def blocks(
        self, older: Callable[[Rows], Vectors], new: Callable[[int], Vectors], width: int
    ) -> Iterator[Vectors]:
        """All vectors, of `width` numbers, in order and some at a time.

        `older` gives those of older rows, `new` those of the next so many new rows.
        """
        came_from = np.full(self.size, -1)
        stay = np.flatnonzero(self.to >= 0)
        came_from[self.to[stay]] = stay
        for first in range(0, self.size, TOGETHER):
            its = came_from[first : first + TOGETHER]
            stays = its >= 0
            vectors = np.empty((len(its), width), np.float32)
            vectors[stays] = older(its[stays])
            vectors[~stays] = new(len(its) - int(stays.sum()))
            yield vectors


@dataclass(frozen=True, slots=True)
class _Layout:
    """The readings in their order, and where the passages and sentences of each begin and the last's end."""

    ids: tuple[str, ...]
    fingerprints: tuple[str, ...]
    passages: Rows
    sentences: Rows

    @classmethod
    def of(cls, passages: PassageTable, fingerprints: dict[str, str]) -> _Layout:
        ids = tuple(resource.id for resource in passages.resources)
        starts = np.searchsorted(passages.reading, np.arange(len(ids) + 1))
        return cls(ids, tuple(fingerprints[id_] for id_ in ids), starts, passages.first_sentence[starts])

    @classmethod
    def of_files(cls, files: Files | None) -> _Layout:
        if files is None:
            return cls((), (), np.zeros(1, np.int64), np.zeros(1, np.int64))
        ids, fingerprints, *starts = json.loads(bytes(files["layout.json"]))
        passages, sentences = (np.asarray(rows, np.int64) for rows in starts)
        return cls(tuple(ids), tuple(fingerprints), passages, sentences)

    def to_json(self) -> bytes:
        starts = (self.passages.tolist(), self.sentences.tolist())
        return json.dumps((self.ids, self.fingerprints, *starts), ensure_ascii=False).encode()

    def moves_from(self, was: _Layout) -> tuple[_Moves, _Moves, _Moves]:
        """Of the readings, of the passages and of the sentences."""
        number = {both: row for row, both in enumerate(zip(self.ids, self.fingerprints, strict=True))}
        both_then = zip(was.ids, was.fingerprints, strict=True)
        readings = np.asarray([number.get(both, -1) for both in both_then], np.int64)
        return (
            _Moves.of(readings, len(self.ids)),
            _moves_of_runs(readings, was.passages, self.passages),
            _moves_of_runs(readings, was.sentences, self.sentences),
        )


def _moves_of_runs(readings: Rows, before: Rows, now: Rows) -> _Moves:
    """The moves of rows that stand together for each reading, from `before[i]` on, now from `now[j]` on."""
    runs = [
        np.arange(now[to], now[to + 1]) if to >= 0 else np.full(before[row + 1] - before[row], -1)
        for row, to in enumerate(readings.tolist())
    ]
    return _Moves.of(np.concatenate([np.empty(0, np.int64), *runs]), int(now[-1]))


class _Made:
    """The parts of an index: what stays of the older files, and what the store and the texts have anew."""

    def __init__(self, store: AnyStore, width: int, older: Files | None) -> None:
        self._store = store
        self._width = width
        self._older = older

    def passage_vectors(self, new: Iterator[str], moves: _Moves) -> Vectors:
        """float32 (passages, width), given the texts of the new passages."""
        nothing = VectorIndex.files(np.empty((0, self._width), np.float32))
        was = VectorIndex.from_files(part(self._older, "vectors") if self._older else nothing)
        vectors = np.empty((moves.size, self._width), np.float32)
        first = 0
        for block in moves.blocks(was.reconstruct, self._of_next(new), self._width):
            vectors[first : first + len(block)] = block
            first += len(block)
        return vectors

    def table(self, name: str, new: Iterator[str], moves: _Moves) -> memoryview:
        """A `VectorTable`, given the texts of the new rows."""
        kept = self._older[f"{name}.vectors"] if self._older else b""
        was = VectorTable(kept, len(moves.to), self._width)
        blocks = moves.blocks(was.__getitem__, self._of_next(new), self._width)
        return VectorTable.pack(blocks, moves.size, self._width)

    def postings(self, name: str, new: Iterable[Sequence[str]], moves: _Moves) -> Postings:
        """Given the terms of each new text."""
        made = Postings.of(new)
        if self._older is None:
            return made
        older = self._older_postings(name).moved(moves.to, moves.size)
        return older.joined(made.moved(moves.new, moves.size))

    def moves_of_words(self, now: Sequence[str]) -> _Moves:
        """Where the older words stand among these."""
        number = {word: row for row, word in enumerate(now)}
        to = [number.get(word, -1) for word in self._older_postings("each_word").terms]
        return _Moves.of(np.asarray(to, np.int64), len(now))

    def _of_next(self, texts: Iterator[str]) -> Callable[[int], Vectors]:
        """The vectors of the next so many of the texts."""
        return lambda count: self._store.vectors([*islice(texts, count)])

    def _older_postings(self, name: str) -> Postings:
        return Postings.from_files(part(self._older, name)) if self._older else Postings.of([])
