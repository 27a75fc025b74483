"""How the index of passages' vectors grows: `python -m tests.benchmarks.nearest FOLDER [--vectors N …]`.

Vectors are given: each is made, as in `growth`, of those of five real sentences and a title. Questions are
those of the test collections in the folder. What is found is compared with the ten best of all vectors.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors, open_encoder
from embeddings.vectors import VectorIndex
from tests.benchmarks.growth import SENTENCES_TOGETHER, Material, questions_in, unit
from tests.benchmarks.performance_page import keep, percentiles, timed

VECTORS = (10_000, 100_000, 1_000_000)
WANTED = 300
"""So many candidates a question takes from the vectors."""

BEST = 10
ALLOWED = 0.1
"""The share of vectors that a filter lets through."""

BLOCK = 50_000

COLUMNS = (
    "vectors",
    "built",
    "kept",
    "p50",
    "p95",
    "of the best ten",
    "with a filter p50",
    "p95",
    "of the best ten",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size, and write the table into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder of test collections")
    parser.add_argument(
        "--vectors", type=int, nargs="+", default=VECTORS, help="sizes (default: %(default)s)"
    )
    asked = parser.parse_args(arguments)
    encoder = open_encoder()
    material = Material.of(asked.folder, encoder)
    queries = np.concatenate([encoder.encode([text]) for text in questions_in(asked.folder)])
    rows = [_measured(material, size, queries) for size in asked.vectors]
    sys.stdout.write(f"{keep('nearest', COLUMNS, rows, 'python -m tests.benchmarks.nearest FOLDER')}\n")
    return 0


def _measured(material: Material, size: int, queries: Vectors) -> tuple[str, ...]:
    vectors = _vectors(material, size)
    made: list[dict[str, bytes | memoryview]] = []
    built = timed(lambda: made.append(VectorIndex.files(vectors)))
    kept = sum(map(len, made[0].values())) / 1e6
    index = VectorIndex.from_files(made[0])
    allowed = np.random.default_rng(4).random(size) < ALLOWED
    free, filtered = _searched(index, vectors, queries, None), _searched(index, vectors, queries, allowed)
    return (f"{size:,}", f"{built.wall:.1f} s", f"{kept:,.0f} MB", *free, *filtered)


def _searched(
    index: VectorIndex, vectors: Vectors, queries: Vectors, allowed: NDArray[np.bool_] | None
) -> tuple[str, str, str]:
    """Milliseconds, and the share of the ten best that are among the ten first."""
    times, found = [], 0
    for query in queries:
        times.append(timed(partial(index.search, query, WANTED, allowed)).wall)
        _, rows = index.search(query, BEST, allowed)
        scores = vectors @ query
        best = np.argpartition(-(scores if allowed is None else np.where(allowed, scores, -1)), BEST)[:BEST]
        found += len(set(rows.tolist()) & set(best.tolist()))
    middle, high = percentiles(times)
    return f"{middle:.1f} ms", f"{high:.1f} ms", f"{found / len(queries) / BEST:.3f}"


def _vectors(material: Material, size: int) -> Vectors:
    """float32 (size, dimensions) of unit length."""
    chance = np.random.default_rng(2)
    sentences = np.stack([material.vectors[text] for text in material.sentences])
    titles = np.stack([material.vectors[text] for text in material.titles])
    vectors = np.empty((size, sentences.shape[1]), np.float32)
    for first in range(0, size, BLOCK):
        count = min(BLOCK, size - first)
        mean = (
            sum(sentences[chance.integers(len(sentences), size=count)] for _ in range(SENTENCES_TOGETHER))
            / SENTENCES_TOGETHER
        )
        vectors[first : first + count] = unit(mean + 0.25 * titles[chance.integers(len(titles), size=count)])
    return vectors


if __name__ == "__main__":
    sys.exit(main())
