"""Where the readings stand on a map of the collection: what is alike stands together, as far as it can."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.readings import Neighbours
from corpus.resource import Resource
from embeddings import snapshot
from embeddings.encoder import Vectors

FORMAT = "1"
"""Changes when the same readings would stand elsewhere, so that an older map is drawn again."""

FEWEST = 8
MOST = 2000
"""Fewer readings have no neighbourhoods, and for more they take minutes: these stand by their axes alone."""

NEIGHBOURHOOD = 15.0
"""How many neighbours of each reading count (t-SNE's perplexity)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A reading's place: `x` and `y` from 0 to 1."""

    resource: Resource
    x: float
    y: float


def points(near: Neighbours, home: Path) -> tuple[Point, ...]:
    """Every reading with a text on its place, worked out once for each state of the readings, and kept."""
    stamp = {"state": near.index.state, "map": FORMAT}
    files = snapshot.read(home, "map", stamp)
    if files is None:
        buffer = io.BytesIO()
        np.save(buffer, places(near.vectors), allow_pickle=False)
        files = {"places.npy": buffer.getvalue()}
        snapshot.write(home, "map", files, stamp)
    found = np.load(io.BytesIO(files["places.npy"]), allow_pickle=False)
    pairs = zip(near.resources, found.tolist(), strict=True)
    return tuple(Point(resource, x, y) for resource, (x, y) in pairs)


def places(vectors: Vectors) -> Vectors:
    """float32 (n, 2) between 0 and 1 for vectors of unit length, float32 (n, d); the same for the same ones.

    The two principal components, and from there t-SNE (van der Maaten and Hinton, 2008), which keeps half of
    everyone's ten neighbours where the components alone keep a fifth.
    """
    flat = _principal(vectors)
    if FEWEST <= len(vectors) <= MOST and flat.any():
        from sklearn.manifold import TSNE  # here, since it takes more than a second

        perplexity = min(NEIGHBOURHOOD, (len(vectors) - 1) / 3)
        start = flat / max(float(flat.std()), 1e-9) * 1e-2
        flat = TSNE(2, perplexity=perplexity, init=start, random_state=0).fit_transform(vectors)
    low, high = flat.min(axis=0, initial=np.inf), flat.max(axis=0, initial=-np.inf)
    span = np.where(high > low, high - low, 1)
    middle = np.where(high > low, 0, 0.5)
    return np.asarray((flat - low) / span + middle, np.float32)


def _principal(vectors: Vectors) -> Vectors:
    """The two principal components, float32 (n, 2); each points to where its largest part is positive."""
    centred = vectors - vectors.mean(axis=0) if len(vectors) else vectors
    _, axes = np.linalg.eigh(centred.T @ centred)
    first = axes[:, :-3:-1]
    signs = np.sign(first[np.abs(first).argmax(axis=0), (0, 1)])
    return np.asarray(centred @ (first * signs), np.float32)
