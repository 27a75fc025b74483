"""Vectors by row, for those rows that are asked for: few are kept in memory, many are left on disk."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

IN_MEMORY = 100_000_000
"""Up to so many numbers are kept as 32 bits, which saves a little time at every question."""


class VectorTable:
    """float32 (rows, dimensions) to whoever asks, out of the 16 bits a number that are kept."""

    def __init__(self, data: memoryview | bytes, dimensions: int) -> None:
        """`data` is what `to_bytes` gave; where it is mapped from a file and long, it stays there."""
        kept: NDArray[np.float16] = np.frombuffer(data, np.float16).reshape(-1, dimensions)
        self._rows = kept.astype(np.float32) if kept.size <= IN_MEMORY else kept

    @staticmethod
    def to_bytes(vectors: Vectors) -> bytes:
        """Vectors as they are kept: as exact as the store keeps them."""
        return vectors.astype(np.float16).tobytes()

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, rows: NDArray[np.int64] | slice) -> Vectors:
        """The vectors in these rows, in their order."""
        found = self._rows[rows] if isinstance(rows, slice) else self._rows.take(rows, axis=0)
        return np.asarray(found, np.float32)
