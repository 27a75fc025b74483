"""The vector index finds what a plain matrix product finds."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings.encoder import Vectors
from embeddings.vector_table import MOST_EXACT
from embeddings.vectors import MOST_FOR_CENTRE, VectorIndex


def unit_rows(count: int, dimensions: int = 16, seed: int = 1) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


VECTORS, QUERIES = unit_rows(300), unit_rows(20, seed=2)


def test_the_best_rows_are_those_of_the_matrix_product() -> None:
    index = VectorIndex.build(VECTORS)
    for query in QUERIES:
        scores, rows = index.search(query, 10)
        expected = VECTORS @ query
        assert rows.tolist() == np.argsort(-expected)[:10].tolist()
        np.testing.assert_allclose(scores, expected[rows], atol=1e-6)


@pytest.mark.parametrize("share", [0.003, 0.1, 0.5, 1.0])
def test_only_allowed_rows_are_found_and_none_of_them_is_lost(share: float) -> None:
    allowed = np.random.default_rng(3).random(300) < share
    allowed[7] = True
    expected = np.where(allowed, VECTORS @ QUERIES[0], -np.inf)
    _, rows = VectorIndex.build(VECTORS).search(QUERIES[0], 5, allowed)
    assert rows.tolist() == np.argsort(-expected)[: min(5, allowed.sum())].tolist()


def test_the_centre_is_the_mean_of_all_vectors_or_of_some_of_many() -> None:
    np.testing.assert_allclose(VectorIndex.build(VECTORS).centre(), VECTORS.mean(axis=0), atol=1e-6)
    np.testing.assert_array_equal(VectorIndex.build(VECTORS[:0]).centre(), np.zeros(16, np.float32))
    many = unit_rows(2 * MOST_FOR_CENTRE + 1, seed=4)
    np.testing.assert_allclose(VectorIndex.build(many).centre(), many[::3].mean(axis=0), atol=1e-6)


def test_fewer_rows_than_asked_for_give_fewer_results() -> None:
    scores, rows = VectorIndex.build(VECTORS[:3]).search(QUERIES[0], 10)
    assert len(scores) == len(rows) == 3


def test_nothing_allowed_nothing_stored_or_nothing_asked_for_finds_nothing() -> None:
    index, empty = VectorIndex.build(VECTORS), VectorIndex.build(VECTORS[:0])
    assert index.search(QUERIES[0], 5, np.zeros(300, dtype=np.bool_))[1].tolist() == []
    assert empty.search(QUERIES[0], 5)[1].tolist() == []
    assert index.search(QUERIES[0], 0)[1].tolist() == []


@pytest.fixture(scope="module")
def many() -> Vectors:
    """More vectors than are kept exactly, in bunches, as those of texts are."""
    bunches = unit_rows(500, dimensions=64, seed=4)
    rows = np.repeat(bunches, MOST_EXACT // 500 + 2, axis=0) + unit_rows(MOST_EXACT + 1000, dimensions=64)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.mark.parametrize("share", [0.0001, 0.01, 0.2, 0.6, 1.0])
def test_of_many_vectors_next_to_none_of_the_best_is_lost(many: Vectors, share: float) -> None:
    index = VectorIndex.build(many)
    allowed = np.random.default_rng(3).random(len(many)) < share
    found = wanted = 0
    for query in many[::2500]:
        expected = np.where(allowed, many @ query, -np.inf)
        scores, rows = index.search(query, 10, allowed if share < 1 else None)
        best = np.argsort(-expected)[: min(10, np.count_nonzero(allowed))]
        wanted += len(best)
        found += len(set(rows.tolist()) & set(best.tolist()))
        assert allowed[rows].all()
        np.testing.assert_allclose(scores, expected[rows], atol=0.01)
    assert found / wanted >= 0.98


def test_many_vectors_whose_nearest_are_not_allowed_still_give_what_is(many: Vectors) -> None:
    query = many[7]
    expected = many @ query
    nearest = np.argsort(-expected)
    allowed = np.ones(len(many), np.bool_)
    allowed[nearest[:40_000]] = False
    _, rows = VectorIndex.build(many).search(query, 3, allowed)
    assert allowed[rows].all()
    np.testing.assert_allclose(expected[rows], expected[nearest[40_000:40_003]], atol=0.01)


def test_many_vectors_are_kept_in_a_third_of_the_room(many: Vectors) -> None:
    files = VectorIndex.files(many)
    assert sum(map(len, files.values())) < many.nbytes * 0.4
    again = VectorIndex.from_files(files)
    assert len(again) == len(many)
    np.testing.assert_allclose(again.reconstruct(np.asarray([3, 5])), many[[3, 5]], atol=0.005)


def test_equal_scores_come_in_the_order_of_their_rows() -> None:
    _, rows = VectorIndex.build(np.repeat(VECTORS[:1], 5, axis=0)).search(VECTORS[0], 5)
    assert rows.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    broken = VECTORS[:3].copy()
    broken[1, 1] = number
    with pytest.raises(ValueError, match="finite"):
        VectorIndex.build(broken)
    with pytest.raises(ValueError, match="finite"):
        VectorIndex.build(VECTORS).search(broken[1], 5)


def test_a_query_or_a_filter_of_another_length_is_refused() -> None:
    index = VectorIndex.build(VECTORS)
    with pytest.raises(ValueError, match="16 finite numbers"):
        index.search(QUERIES[0][:8], 5)
    with pytest.raises(ValueError, match="300"):
        index.search(QUERIES[0], 5, np.ones(299, dtype=np.bool_))


def test_an_index_comes_back_from_its_files() -> None:
    index = VectorIndex.build(VECTORS)
    again = VectorIndex.from_files(VectorIndex.files(VECTORS))
    assert len(again) == 300
    assert again.dimensions == 16
    assert again.search(QUERIES[0], 5)[1].tolist() == index.search(QUERIES[0], 5)[1].tolist()


@pytest.mark.parametrize("data", [b"", b"no index", VectorIndex.files(VECTORS)["codes.faiss"][:-9]])
def test_bytes_that_are_no_index_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="build it again"):
        VectorIndex.from_files({"codes.faiss": data, "numbers": b""})
