"""A table of vectors gives back what was put in, a little rounded."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings.encoder import Vectors
from embeddings.vector_table import MOST_EXACT, TOGETHER, VectorTable, blocks_of


def table_of(vectors: Vectors) -> VectorTable:
    return VectorTable(VectorTable.pack(blocks_of(vectors), *vectors.shape), *vectors.shape)


@pytest.mark.parametrize(
    ("count", "off"), [(0, 0.0), (9, 1e-3), (TOGETHER + 1, 1e-3), (MOST_EXACT, 1e-3), (MOST_EXACT + 1, 0.01)]
)
def test_rows_and_their_products_are_those_of_the_vectors(count: int, off: float) -> None:
    vectors = np.random.default_rng(1).normal(0, 0.3, (count, 8)).astype(np.float32)
    table, query = table_of(vectors), np.linspace(0, 1, 8, dtype=np.float32)
    rows = np.arange(0, count, 7)[::-1].copy()
    assert len(table) == count
    np.testing.assert_allclose(table[rows], vectors[rows], atol=off)
    np.testing.assert_allclose(table[2:5], vectors[2:5], atol=off)
    np.testing.assert_allclose(table.scores(query, rows), vectors[rows] @ query, atol=8 * off)


def test_a_vector_of_nothing_but_zeros_stays_so_among_many() -> None:
    vectors = np.zeros((MOST_EXACT + 1, 4), np.float32)
    assert not table_of(vectors)[:9].any()


@pytest.mark.parametrize("count", [9, MOST_EXACT + 1])
def test_a_row_that_is_not_there_is_refused(count: int) -> None:
    table = table_of(np.ones((count, 8), np.float32))
    with pytest.raises(IndexError):
        table.scores(np.ones(8, np.float32), np.asarray([3, count]))
