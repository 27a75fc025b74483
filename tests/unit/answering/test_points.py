"""The map: readings that are near each other stand near each other, and stay there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.points import FEWEST, MOST, places, points
from assistant.readings import Neighbours
from embeddings.encoder import Vectors
from tests.readings import COLLECTION, indexed, reading


def clusters(sizes: tuple[int, ...], dimensions: int = 16) -> Vectors:
    """Vectors of unit length around as many directions as there are sizes."""
    random = np.random.default_rng(1)
    vectors = np.concatenate(
        [np.eye(dimensions)[n] + random.normal(0, 0.05, (size, dimensions)) for n, size in enumerate(sizes)]
    ).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_what_is_alike_stands_together() -> None:
    found = places(clusters((20, 20, 20)))
    groups = found.reshape(3, 20, 2)
    within = np.linalg.norm(groups - groups.mean(axis=1, keepdims=True), axis=2).max()
    middles = groups.mean(axis=1)
    between = min(np.linalg.norm(middles[a] - middles[b]) for a, b in ((0, 1), (0, 2), (1, 2)))
    assert between > within


@pytest.mark.parametrize("count", [0, 1, 2, 3, FEWEST, 30])
def test_every_reading_has_a_place_within_the_map(count: int) -> None:
    found = places(clusters((count,)))
    assert found.shape == (count, 2)
    assert np.isfinite(found).all()
    assert ((found >= 0) & (found <= 1)).all()


def test_readings_that_are_all_the_same_stand_in_the_middle() -> None:
    assert (places(np.repeat(clusters((1,)), 12, axis=0)) == 0.5).all()


def test_a_large_collection_is_placed_without_waiting() -> None:
    assert places(clusters((MOST, 1))).shape == (MOST + 1, 2)


def test_the_same_readings_stand_at_the_same_places() -> None:
    assert (places(clusters((10, 10))) == places(clusters((10, 10)))).all()


def test_the_map_is_drawn_once_and_again_when_the_readings_change(home: Path) -> None:
    near = Neighbours(indexed(home, COLLECTION))
    first = points(near, home)
    assert [point.resource for point in first] == list(near.resources)
    drawn = (home / "map.snapshot").stat().st_mtime_ns
    assert points(near, home) == first
    assert (home / "map.snapshot").stat().st_mtime_ns == drawn
    more = Neighbours(indexed(home, [*COLLECTION, replace(COLLECTION[0], id="another", work=None)]))
    assert len(points(more, home)) == len(first) + 1


def test_a_reading_without_text_is_not_on_the_map(home: Path) -> None:
    near = Neighbours(indexed(home, [*COLLECTION, reading("blank", " ")]))
    assert "blank" not in {point.resource.id for point in points(near, home)}
