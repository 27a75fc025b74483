"""The nearest vectors to a query: FAISS, in memory, every allowed row compared."""

from __future__ import annotations

from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

MOST_EXACT = 50_000
"""More vectors than this are kept as 8 bits a number: a quarter of the memory, and of the time to read it."""

_KINDS = (faiss.IndexFlatIP, faiss.IndexFlat, faiss.IndexScalarQuantizer)


class VectorIndex:
    """Vectors by row number, exact for up to `MOST_EXACT` of them."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - FAISS has no types
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """An index of float32 (n, d), n may be 0. Raises ValueError for a number that is none."""
        if not np.isfinite(vectors).all():
            raise ValueError("A vector holds a number that is not finite: encode its text again.")
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        index: Any = faiss.IndexFlatIP(vectors.shape[1])
        if len(vectors) > MOST_EXACT:
            index = faiss.IndexScalarQuantizer(
                vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
            )
            index.train(vectors[:: len(vectors) // MOST_EXACT])
        index.add(vectors)
        return cls(index)

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Inner products and rows of the k best, best first; fewer where fewer rows are allowed.

        `query` is float32 (d,), `allowed` is (n,): which rows may be found, all of them without it.
        Raises ValueError where either does not fit the index.
        """
        if query.shape != (self.dimensions,) or not np.isfinite(query).all():
            raise ValueError(f"A query is {self.dimensions} finite numbers; this is {query.shape}.")
        if allowed is not None and allowed.shape != (len(self),):
            raise ValueError(f"`allowed` says so for {allowed.shape} rows; the index has {len(self)}.")
        k = min(k, len(self) if allowed is None else int(np.count_nonzero(allowed)))
        if k <= 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        scores, rows = self._index.search(query[None].astype(np.float32), k, params=_only(allowed))
        order = np.lexsort((rows[0], -scores[0]))  # equal scores in the order of their rows
        return scores[0][order], rows[0][order]

    def reconstruct(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors in these rows, float32 (rows, d)."""
        return np.asarray(self._index.reconstruct_batch(rows), np.float32)

    def scores(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Inner product of the query with each of these rows, float32 (rows,)."""
        return self.reconstruct(rows) @ query

    def to_bytes(self) -> bytes:
        """The index as FAISS writes it."""
        return bytes(faiss.serialize_index(self._index).data)

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> Self:
        """What `to_bytes` gave. FAISS takes most flipped bytes for good: check a checksum first.

        Raises ValueError for bytes that FAISS does not read, or that are another kind of index.
        """
        try:
            index = faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
        except RuntimeError as error:
            raise ValueError("This is no FAISS index: build it again from the store.") from error
        if not isinstance(index, _KINDS):
            raise ValueError("This is another kind of FAISS index: build it again from the store.")
        return cls(index)


def _only(allowed: NDArray[np.bool_] | None) -> Any:  # noqa: ANN401
    if allowed is None:
        return None
    library: Any = faiss  # its own types leave out what its Python layer adds
    return library.SearchParameters(sel=library.IDSelectorBitmap(np.packbits(allowed, bitorder="little")))
