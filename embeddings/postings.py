"""Which terms stand in which texts, and how often: what an index of words is worked out from."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_COUNTED = 65_535
"""A term that stands in a text more often counts no more."""

TOGETHER = 4096
"""Texts whose entries are sorted at once: all of a million would take more memory than what they become."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Entries, term after term: the rows of the texts that have it, in order, and how often each has it.

    Those of term i end before `ends[i]`. `rows` are int32, `counts` uint16, both (entries,); `lengths`,
    int32 (texts,), tells how many terms each text has.
    """

    terms: tuple[str, ...]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]
    ends: NDArray[np.int64]
    lengths: NDArray[np.int32]

    @classmethod
    def of(cls, documents: Iterable[Sequence[str]]) -> Postings:
        """Of texts given as lists of terms: the first is row 0."""
        number: dict[str, int] = {}
        numbers, entries, lengths, counts = array("i"), array("i"), array("i"), array("H")
        for document in documents:
            lengths.append(len(document))
            counted = Counter(document)
            entries.append(len(counted))
            for term, count in counted.items():
                numbers.append(number.setdefault(term, len(number)))
                counts.append(min(count, MOST_COUNTED))
        of_texts = _OfTexts(np.asarray(numbers), np.asarray(counts), np.asarray(entries))
        return cls(tuple(number), *of_texts.by_term(len(number)), np.asarray(lengths, np.int32))

    @property
    def found_in(self) -> NDArray[np.int64]:
        """In how many texts each term stands, (terms,)."""
        return np.diff(self.ends, prepend=0)

    @property
    def occurrences(self) -> dict[str, int]:
        """How often each term stands in all texts together."""
        starts = self.ends - self.found_in
        totals = np.add.reduceat(self.counts, starts, dtype=np.int64) if len(starts) else starts
        return dict(zip(self.terms, totals.tolist(), strict=True))

    def moved(self, to: NDArray[np.int64], size: int) -> Postings:
        """The texts in other rows of `size`: row i comes to `to[i]`, or is left out where that is negative.

        Those that stay keep their order. A row that no text comes to is one without terms.
        """
        rows = to.astype(np.int32)[self.rows]
        stays = rows >= 0
        found_in = (
            np.add.reduceat(stays, self.ends - self.found_in, dtype=np.int64) if len(rows) else self.ends
        )
        lengths = np.zeros(size, np.int32)
        lengths[to[to >= 0]] = self.lengths[to >= 0]
        return Postings(
            tuple(term for term, found in zip(self.terms, found_in.tolist(), strict=True) if found),
            rows[stays],
            self.counts[stays],
            np.cumsum(found_in[found_in > 0]),
            lengths,
        )

    def joined(self, other: Postings) -> Postings:
        """Both, over the same rows: each row's text is in one of the two."""
        if not len(self.rows) or not len(other.rows):
            return self if len(self.rows) else other
        number = {term: row for row, term in enumerate(self.terms)}
        theirs = np.asarray([number.setdefault(term, len(number)) for term in other.terms], np.int64)
        found_in = np.append(self.found_in, np.zeros(len(number) - len(self.terms), np.int64))
        found_in[theirs] += other.found_in
        order = np.argsort(np.repeat(theirs, other.found_in), kind="stable")
        before = self._places(other)[order]
        return Postings(
            tuple(number),
            np.insert(self.rows, before, other.rows[order]),
            np.insert(self.counts, before, other.counts[order]),
            np.cumsum(found_in),
            self.lengths + other.lengths,
        )

    def to_files(self) -> dict[str, bytes | memoryview]:
        """JSON for the terms, plain numbers for the rest: those very numbers, not a copy."""
        return {
            "terms.json": json.dumps(self.terms, ensure_ascii=False).encode(),
            "rows.i32": as_bytes(self.rows),
            "counts.u16": as_bytes(self.counts),
            "ends.i64": as_bytes(self.ends),
            "lengths.i32": as_bytes(self.lengths),
        }

    @classmethod
    def from_files(cls, files: Mapping[str, bytes | memoryview]) -> Postings:
        """What `to_files` wrote, over those very bytes, which the caller has checked."""
        return cls(
            tuple(json.loads(bytes(files["terms.json"]))),
            np.frombuffer(files["rows.i32"], np.int32),
            np.frombuffer(files["counts.u16"], np.uint16),
            np.frombuffer(files["ends.i64"], np.int64),
            np.frombuffer(files["lengths.i32"], np.int32),
        )

    def _places(self, other: Postings) -> NDArray[np.int64]:
        """Before which entry each of the other's entries comes, (entries of the other,)."""
        number = {term: row for row, term in enumerate(self.terms)}
        ends, starts = self.ends, self.ends - self.found_in
        places = np.full(len(other.rows), len(self.rows), np.int64)
        start = 0
        for term, end in zip(other.terms, other.ends.tolist(), strict=True):
            if (mine := number.get(term)) is not None:
                rows = self.rows[starts[mine] : ends[mine]]
                places[start:end] = starts[mine] + np.searchsorted(rows, other.rows[start:end])
            start = end
        return places


@dataclass(frozen=True, slots=True)
class _OfTexts:
    """Entries, text after text: the number of each one's term, and its count.

    `entries`, int32 (texts,), tells how many of them each text has.
    """

    numbers: NDArray[np.int32]
    counts: NDArray[np.uint16]
    entries: NDArray[np.int32]

    def by_term(self, terms: int) -> tuple[NDArray[np.int32], NDArray[np.uint16], NDArray[np.int64]]:
        """The same, term after term: rows and counts of the entries, and where those of each term end.

        Sorted by counting: where a term's next entry goes is known, for it is known how many are before.
        """
        rows, counts = np.empty(len(self.numbers), np.int32), np.empty(len(self.numbers), np.uint16)
        ends = np.cumsum(
            sum((self._found(its, terms) for _, its in self._together()), np.zeros(terms, np.int64))
        )
        free = np.append(0, ends)[:-1]
        for texts, its in self._together():
            numbers, found = self.numbers[its], self._found(its, terms)
            order = np.argsort(numbers, kind="stable")
            numbers = numbers[order]
            places = (free - np.cumsum(found) + found)[numbers] + np.arange(len(numbers))
            rows[places] = np.repeat(texts, self.entries[texts])[order]
            counts[places] = self.counts[its][order]
            free += found
        return rows, counts, ends

    def _found(self, entries: slice, terms: int) -> NDArray[np.int64]:
        """In how many of these texts each term stands, (terms,)."""
        return np.bincount(self.numbers[entries], minlength=terms)

    def _together(self) -> Iterator[tuple[NDArray[np.int32], slice]]:
        """Some texts, and where their entries stand."""
        ends = np.append(0, np.cumsum(self.entries, dtype=np.int64)).tolist()
        for first in range(0, len(self.entries), TOGETHER):
            texts = np.arange(first, min(first + TOGETHER, len(self.entries)), dtype=np.int32)
            yield texts, slice(ends[first], ends[first + len(texts)])


def as_bytes(numbers: NDArray[Any]) -> memoryview:
    """The memory of an array, as a file is written of it."""
    return np.ascontiguousarray(numbers).reshape(-1).view(np.uint8).data
