"""The passages of many readings as rows of numbers; each is made of its reading's text when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import overload

import numpy as np
from numpy.typing import NDArray

from corpus.resource import Passage, Resource, Span

Rows = NDArray[np.int64]


class PassageTable(Sequence[Passage]):
    """Row i is a passage: a fiftieth of the memory that so many `Passage` objects would take.

    `reading`, int32 (passages,), is the number of each row's reading in `resources`. The sentences of row i
    are those from `first_sentence[i]` to the next row's, int64 (passages + 1,).
    """

    def __init__(self, resources: Sequence[Resource], passages: Iterable[Passage]) -> None:
        """The passages are in the order of the resources, by where they start."""
        self.resources = tuple(resources)
        self._number = number = {resource.id: row for row, resource in enumerate(self.resources)}
        spans: list[tuple[int, int, int]] = []
        counts: list[int] = []
        sentences: list[int] = []
        for passage in passages:
            spans.append((number[passage.resource_id], passage.start, passage.end))
            counts.append(len(passage.sentences))
            sentences.extend(chain.from_iterable((span.start, span.end) for span in passage.sentences))
        table = np.asarray(spans, np.int32).reshape(-1, 3)
        self.reading, self._starts, self._ends = np.ascontiguousarray(table.T)
        self.first_sentence = np.cumsum([0, *counts], dtype=np.int64)
        self._sentences = np.asarray(sentences, np.int32).reshape(-1, 2)

    def __len__(self) -> int:
        return len(self.reading)

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, row: int | slice) -> Passage | tuple[Passage, ...]:
        """The passage in a row, or those in a slice of rows. Raises IndexError."""
        if isinstance(row, slice):
            return tuple(self[number] for number in range(*row.indices(len(self))))
        if not -len(self) <= row < len(self):
            raise IndexError(f"There are {len(self)} passages, and none in row {row}.")
        row %= len(self)
        resource = self.resource_of(row)
        start, end = int(self._starts[row]), int(self._ends[row])
        its = self._sentences[self.first_sentence[row] : self.first_sentence[row + 1]].tolist()
        spans = tuple(Span(first, last) for first, last in its)
        return Passage(resource.id, start, end, resource.text[start:end], resource.heading_at(start), spans)

    def __iter__(self) -> Iterator[Passage]:
        return (self[row] for row in range(len(self)))

    def resource_of(self, row: int) -> Resource:
        """The reading that the passage in this row belongs to."""
        return self.resources[int(self.reading[row])]

    def sentence_rows(self, rows: Rows) -> Rows:
        """The rows of all sentences of the passages in `rows`, one passage after the other."""
        starts, ends = self.first_sentence[rows], self.first_sentence[rows + 1]
        lengths = ends - starts
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return np.asarray(np.repeat(starts, lengths) + offsets, np.int64)

    def rows_of(self, resource: Resource) -> range:
        """The rows of a reading: they stand together. Raises KeyError."""
        number = self._number[resource.id]
        first, end = np.searchsorted(self.reading, (number, number + 1)).tolist()
        return range(first, end)
