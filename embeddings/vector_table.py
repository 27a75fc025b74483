"""Vectors by row, for those rows that are asked for: few are kept in memory, many are left on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

MOST_EXACT = 50_000
"""Up to so many vectors are kept as exact as the store keeps them, and with 32 bits a number in memory.

Of more vectors 8 bits a number are kept, and are read as they lie in the file: in half the memory of 16 bits,
and a sixth of the time. A vector's cosine to what it was is above 0.9999.
"""

TOGETHER = 4096
"""Vectors in a block: a few megabytes of them, however many there are in all."""

_LARGEST = 127
_STEP = 4
_FEW = 256


class VectorTable:
    """float32 (rows, dimensions) to whoever asks, out of the 16 or 8 bits a number that are kept."""

    def __init__(self, data: memoryview | bytes, rows: int, dimensions: int) -> None:
        """`data` is what `pack` gave; where it is mapped from a file and long, it stays there."""
        self._steps: NDArray[np.float32] | None = None
        if rows <= MOST_EXACT:
            kept = np.frombuffer(data, np.float16).reshape(rows, dimensions)
            self._numbers: NDArray[np.float32] | NDArray[np.int8] = kept.astype(np.float32)
        else:
            self._steps = np.frombuffer(data, np.float32, rows)
            self._numbers = np.frombuffer(data, np.int8, offset=self._steps.nbytes).reshape(rows, dimensions)

    @staticmethod
    def pack(blocks: Iterable[Vectors], rows: int, dimensions: int) -> memoryview:
        """Vectors as they are kept, out of blocks of them with so many rows in all.

        Of many each is whole numbers from -127 to 127, and a step before all.
        """
        if rows <= MOST_EXACT:
            kept = np.empty((rows, dimensions), np.float16)
            for place, block in _placed(blocks):
                kept[place] = block
            return kept.reshape(-1).view(np.uint8).data
        packed = np.empty(rows * (_STEP + dimensions), np.uint8)
        steps = packed[: _STEP * rows].view(np.float32)
        numbers = packed[_STEP * rows :].view(np.int8).reshape(rows, dimensions)
        for place, block in _placed(blocks):
            largest = np.maximum(block.max(axis=1), -block.min(axis=1))
            steps[place] = largest / _LARGEST + 1e-12
            numbers[place] = np.rint(block / steps[place, None])
        return packed.data

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, rows: NDArray[np.int64] | slice) -> Vectors:
        """The vectors in these rows, in their order."""
        numbers = self._numbers[rows] if isinstance(rows, slice) else self._numbers.take(rows, axis=0)
        found = np.asarray(numbers, np.float32)
        return found if self._steps is None else found * self._steps[rows, None]

    def scores(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Inner product of the query, float32 (dimensions,), with each of these rows, float32 (rows,).

        Few are taken at a time: thousands would be megabytes at each question. FAISS can do it in place, but
        wakes a thread for each core, which is then busy for as long again.
        """
        scores = np.empty(len(rows), np.float32)
        for first in range(0, len(rows), _FEW):
            its = rows[first : first + _FEW]
            products = np.asarray(self._numbers.take(its, axis=0), np.float32) @ query
            scores[first : first + _FEW] = products if self._steps is None else products * self._steps[its]
        return scores


def blocks_of(vectors: Vectors) -> Iterator[Vectors]:
    """The same vectors, some at a time."""
    return (vectors[first : first + TOGETHER] for first in range(0, len(vectors), TOGETHER))


def _placed(blocks: Iterable[Vectors]) -> Iterator[tuple[slice, Vectors]]:
    """Each block, and the rows that are its."""
    first = 0
    for block in blocks:
        yield slice(first, first + len(block)), block
        first += len(block)
