"""What an index is made of, as the files of a snapshot: of older files, and of what has changed since.

A reading that is still the same keeps its vectors and its words; the store is asked for those of new and
changed readings alone. Without older files every reading is new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.passage_table import PassageTable
from embeddings.postings import Postings
from embeddings.snapshot import Files
from embeddings.stores import AnyStore
from embeddings.terms import grams, stems
from embeddings.texts import passage_text, sentence_texts, titled_sentence_texts, word_texts
from embeddings.vector_table import VectorTable
from embeddings.vectors import VectorIndex
from embeddings.words import WordIndex

Rows = NDArray[np.int64]


def build(store: AnyStore, passages: PassageTable, width: int, older: Files | None) -> dict[str, bytes]:
    """The files of an index of these passages, with vectors of `width` numbers; `older` are such files."""
    was, now = _Layout.of_files(older), _Layout.of(passages, store.fingerprints())
    in_readings, in_passages, in_sentences = now.moves_from(was)
    old = _Older(older, width)
    pairs = [(passages.resource_of(row), passages[row]) for row in in_passages.new.tolist()]
    texts = [passage_text(*pair) for pair in pairs]
    sentences = [text for pair in pairs for text in sentence_texts(*pair)]
    titled = [text for pair in pairs for text in titled_sentence_texts(*pair)]
    words = {reading: list[str]() for reading in in_readings.new.tolist()}
    for row, pair in zip(in_passages.new.tolist(), pairs, strict=True):
        words[int(passages.reading[row])] += word_texts(*pair)

    def vectors(new: Sequence[str], rows: Callable[[Rows], Vectors], moves: _Moves) -> Vectors:
        return moves.applied(rows, store.vectors(new), width)

    def postings(part: str, documents: Iterable[Sequence[str]], moves: _Moves) -> Postings:
        new = Postings.of(documents).moved(moves.new, moves.size)
        return old.postings(part).moved(moves.to, moves.size).joined(new)

    each_word = postings("each_word", [tuple(dict.fromkeys(its)) for its in words.values()], in_readings)
    of_words = _moves_of_words(old.postings("each_word").terms, each_word.terms)
    new_words = [each_word.terms[row] for row in of_words.new.tolist()]
    parts = {
        "vectors": VectorIndex.files(vectors(texts, old.passage_vectors, in_passages)),
        "words": WordIndex.files(postings("words", map(stems, texts), in_passages)),
        "pieces": WordIndex.files(postings("pieces", map(grams, texts), in_passages)),
        "sentence_words": WordIndex.files(postings("sentence_words", map(stems, sentences), in_sentences)),
        "each_word": each_word.to_files(),
    }
    tables = {
        "sentences": vectors(sentences, old.table("sentences", in_sentences), in_sentences),
        "titled": vectors(titled, old.table("titled", in_sentences), in_sentences),
        "each_word": vectors(new_words, old.table("each_word", of_words), of_words),
    }
    files = {f"{part}.{name}": data for part, its_files in parts.items() for name, data in its_files.items()}
    for name, table in tables.items():
        files[f"{name}.vectors"] = VectorTable.to_bytes(table)
    return {**files, "layout.json": now.to_json()}


def part(files: Files, name: str) -> Files:
    """Those of the files that belong to one part of the index, by their names in it."""
    prefix = f"{name}."
    return {name.removeprefix(prefix): data for name, data in files.items() if name.startswith(prefix)}


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

    def applied(self, older: Callable[[Rows], Vectors], new: Vectors, width: int) -> Vectors:
        """All vectors, float32 (size, width): of the older ones those that stay, and the new in order."""
        vectors = np.empty((self.size, width), np.float32)
        stay = np.flatnonzero(self.to >= 0)
        if len(stay):
            vectors[self.to[stay]] = older(stay)
        vectors[self.new] = new
        return vectors


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


def _moves_of_words(before: Sequence[str], now: Sequence[str]) -> _Moves:
    number = {word: row for row, word in enumerate(now)}
    return _Moves.of(np.asarray([number.get(word, -1) for word in before], np.int64), len(now))


class _Older:
    """What the older files hold, if there are any."""

    def __init__(self, files: Files | None, width: int) -> None:
        self._files = files
        self._width = width

    def passage_vectors(self, rows: Rows) -> Vectors:
        """The vectors of these passages."""
        return VectorIndex.from_files(part(self._files or {}, "vectors")).reconstruct(rows)

    def table(self, name: str, moves: _Moves) -> Callable[[Rows], Vectors]:
        """What gives the vectors in rows of a table that has as many as the moves have older rows."""
        return lambda rows: VectorTable((self._files or {})[f"{name}.vectors"], len(moves.to), self._width)[
            rows
        ]

    def postings(self, name: str) -> Postings:
        """Those of a part."""
        return Postings.from_files(part(self._files, name)) if self._files else Postings.of([])
