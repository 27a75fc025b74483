"""Which terms stand in which texts, and how often: what an index of words is worked out from."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_COUNTED = 65_535
"""A term that stands in a text more often counts no more."""


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
        numbers, rows, counts, lengths = (array("i") for _ in range(4))
        for row, document in enumerate(documents):
            lengths.append(len(document))
            for term, count in Counter(document).items():
                numbers.append(number.setdefault(term, len(number)))
                counts.append(min(count, MOST_COUNTED))
                rows.append(row)
        its_numbers = np.asarray(numbers, np.int64)
        order = np.argsort(its_numbers, kind="stable")
        return cls(
            tuple(number),
            np.asarray(rows, np.int32)[order],
            np.asarray(counts, np.uint16)[order],
            np.cumsum(np.bincount(its_numbers, minlength=len(number))),
            np.asarray(lengths, np.int32),
        )

    @property
    def found_in(self) -> NDArray[np.int64]:
        """In how many texts each term stands, (terms,)."""
        return np.diff(self.ends, prepend=0)

    def moved(self, to: NDArray[np.int64], size: int) -> Postings:
        """The texts in other rows of `size`: row i comes to `to[i]`, or is left out where that is negative.

        Those that stay keep their order. A row that no text comes to is one without terms.
        """
        rows = to.astype(np.int32)[self.rows]
        stays = rows >= 0
        found_in = np.bincount(self._numbers()[stays], minlength=len(self.terms))
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
        size = len(self.lengths)
        number = {term: row for row, term in enumerate(self.terms)}
        theirs = np.asarray([number.setdefault(term, len(number)) for term in other.terms], np.int64)
        keys = np.concatenate(
            [self._numbers() * size + self.rows, np.repeat(theirs, other.found_in) * size + other.rows]
        )
        order = np.argsort(keys, kind="stable")  # quick for what is mostly in order
        numbers, rows = np.divmod(keys[order], size)
        return Postings(
            tuple(number),
            rows.astype(np.int32),
            np.concatenate([self.counts, other.counts])[order],
            np.cumsum(np.bincount(numbers, minlength=len(number))),
            self.lengths + other.lengths,
        )

    def to_files(self) -> dict[str, bytes]:
        """JSON for the terms, plain numbers for the rest."""
        return {
            "terms.json": json.dumps(self.terms, ensure_ascii=False).encode(),
            "rows.i32": self.rows.tobytes(),
            "counts.u16": self.counts.tobytes(),
            "ends.i64": self.ends.astype(np.int64).tobytes(),
            "lengths.i32": self.lengths.tobytes(),
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

    def _numbers(self) -> NDArray[np.int64]:
        """The number of each entry's term."""
        return np.repeat(np.arange(len(self.terms)), self.found_in)
