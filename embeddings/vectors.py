"""Nearest vectors to a query, by FAISS: of few every allowed one is compared, of many those that may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.vector_table import MOST_EXACT, VectorTable, blocks_of

COMPARED = 4
"""So many times the vectors that are wanted, if there are many, are compared by all their numbers.

They are those that are best by codes of 2 bits a number. It takes an eighth of the time of comparing all,
and leaves out one in 800 of the 300 best of 100,000 (docs/performance.md).
"""

LEAST_COMPARED = 1000

MOST_FOR_CENTRE = 1000
"""Vectors that are enough to tell where all of them lie."""

_CODES, _NUMBERS = "codes.faiss", "numbers"
_KINDS = (faiss.IndexFlatIP, faiss.IndexFlat, faiss.IndexPQFastScan)

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


class VectorIndex:
    """Vectors by row number, exact for up to `MOST_EXACT` of them. Made by `build` or `from_files`."""

    def __init__(self, index: Any, table: VectorTable | None) -> None:  # noqa: ANN401 - FAISS has no types
        self._index = index
        self._table = table

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """An index of float32 (n, d), n may be 0. Raises ValueError for a number that is none."""
        return cls.from_files(cls.files(vectors))

    @staticmethod
    def files(vectors: Vectors) -> dict[str, bytes | memoryview]:
        """What `from_files` makes the index of. Raises ValueError for a number that is none."""
        if not np.isfinite(vectors).all():
            raise ValueError("A vector holds a number that is not finite: encode its text again.")
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        many = len(vectors) > MOST_EXACT
        index: Any = _codes(vectors) if many else faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        numbers = VectorTable.pack(blocks_of(vectors), *vectors.shape) if many else b""
        return {_CODES: bytes(faiss.serialize_index(index).data), _NUMBERS: numbers}

    @classmethod
    def from_files(cls, files: Mapping[str, bytes | memoryview]) -> Self:
        """FAISS takes most flipped bytes for good: check a checksum first.

        Raises ValueError for bytes that FAISS does not read, or that are another kind of index.
        """
        try:
            index = faiss.deserialize_index(np.frombuffer(files[_CODES], dtype=np.uint8))
        except RuntimeError as error:
            raise ValueError("This is no FAISS index: build it again from the store.") from error
        if not isinstance(index, _KINDS):
            raise ValueError("This is another kind of FAISS index: build it again from the store.")
        many = isinstance(index, faiss.IndexPQFastScan)
        return cls(index, VectorTable(files[_NUMBERS], index.ntotal, index.d) if many else None)

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Floats, k: int, allowed: NDArray[np.bool_] | None = None) -> tuple[Floats, Rows]:
        """Inner products and rows of the k best, best first; fewer where fewer rows are allowed.

        `query` is float32 (d,), `allowed` is (n,): which rows may be found, all of them without it.
        Raises ValueError where either does not fit the index.
        """
        if query.shape != (self.dimensions,) or not np.isfinite(query).all():
            raise ValueError(f"A query is {self.dimensions} finite numbers; this is {query.shape}.")
        if allowed is not None and allowed.shape != (len(self),):
            raise ValueError(f"`allowed` says so for {allowed.shape} rows; the index has {len(self)}.")
        admitted = len(self) if allowed is None else int(np.count_nonzero(allowed))
        k = min(k, admitted)
        if k <= 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        query = query.astype(np.float32)
        if self._table is None:
            found, found_rows = self._index.search(query[None], k, params=_only(allowed))
            scores, rows = found[0], found_rows[0]
        else:
            rows = self._likely(query, k, allowed, admitted)
            scores = self._table.scores(query, rows)
        order = np.lexsort((rows, -scores))[:k]  # equal scores in the order of their rows
        return scores[order], rows[order]

    def _likely(self, query: Floats, k: int, allowed: NDArray[np.bool_] | None, admitted: int) -> Rows:
        """Rows that are allowed, the k best among them: few of all, or all where few are allowed."""
        wanted = max(COMPARED * k, LEAST_COMPARED)
        if wanted >= admitted:
            return np.arange(len(self)) if allowed is None else np.flatnonzero(allowed)
        _, found = self._index.search(query[None], wanted * len(self) // admitted)
        rows = np.asarray(found[0][found[0] >= 0], np.int64)  # -1 stands where FAISS has found no more
        if allowed is None:
            return rows
        rows = rows[allowed[rows]]
        return rows if 2 * len(rows) > wanted else np.flatnonzero(allowed)  # the nearest are not allowed

    def reconstruct(self, rows: Rows) -> Vectors:
        """The vectors in these rows, float32 (rows, d)."""
        if self._table is not None:
            return self._table[rows]
        return np.asarray(self._index.reconstruct_batch(rows), np.float32)

    def centre(self) -> Floats:
        """The mean, float32 (d,), of at most `MOST_FOR_CENTRE` vectors, evenly spread; noughts of none."""
        rows = np.arange(0, len(self), max(1, -(-len(self) // MOST_FOR_CENTRE)))
        return self.reconstruct(rows).mean(axis=0) if len(rows) else np.zeros(self.dimensions, np.float32)

    def scores(self, query: Floats, rows: Rows) -> Floats:
        """Inner product of the query with each of these rows, float32 (rows,)."""
        return self.reconstruct(rows) @ query if self._table is None else self._table.scores(query, rows)


def _codes(vectors: Vectors) -> Any:  # noqa: ANN401
    """Codes of 4 bits for each two numbers (each number where they are odd), for vectors like these."""
    dimensions = vectors.shape[1]
    together = 1 + (dimensions % 2 == 0)
    index: Any = faiss.IndexPQFastScan(dimensions, dimensions // together, 4, faiss.METRIC_INNER_PRODUCT)
    index.train(np.ascontiguousarray(vectors[:: len(vectors) // MOST_EXACT]))
    return index


def _only(allowed: NDArray[np.bool_] | None) -> Any:  # noqa: ANN401
    if allowed is None:
        return None
    library: Any = faiss  # its own types leave out what its Python layer adds
    return library.SearchParameters(sel=library.IDSelectorBitmap(np.packbits(allowed, bitorder="little")))
