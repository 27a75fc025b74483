"""The map as it is drawn, in map units: a sign for every reading, and names where topics gather."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.points import Point
from corpus.resource import Resource
from embeddings.encoder import Vectors

WIDTH, HEIGHT, MARGIN = 1000, 560, 30

SIGNS = ("circle", "square", "triangle", "diamond", "pentagon", "wedge", "cross", "star")
"""Each leading topic has a shape and a colour of its own; all other topics share the ring."""

OTHER = "ring"

APART = 15.0
"""Two signs are at least so far from each other, as long as there is room."""

ROUNDS = 60
CROWD = 1500
"""More signs than this are left where they stand: there is no room to move them, and no time."""

NAMES, GATHERED = 16, 5
"""At most so many topics are named, each the first one of at least so many readings."""

LINE, LETTER = 18.0, 8.2
"""The height of a name on the map, and the mean width of its letters."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One reading on the map. `topic` is its first one, `sign` the shape that stands for it."""

    resource: Resource
    x: float
    y: float
    topic: str
    sign: str


@dataclass(frozen=True, slots=True)
class Name:
    """A topic's name over the place where most of its readings are; `leading` has a sign of its own."""

    topic: str
    x: float
    y: float
    leading: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn. `legend` are the leading topics with their signs and how many readings have each."""

    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    legend: tuple[tuple[str, str, int], ...]
    others: int


def plan_of(points: Sequence[Point]) -> Plan:
    """The plan of these points, from top to bottom as a reader goes through them."""
    firsts = [point.resource.topics[0] if point.resource.topics else "" for point in points]
    counts = Counter(topic for topic in firsts if topic)
    named = [topic for topic, readings in counts.most_common(NAMES) if readings >= GATHERED]
    leading = [topic for topic, _ in counts.most_common(len(SIGNS))]
    sign_of = dict(zip(leading, SIGNS, strict=False))
    places = _spread(np.array([(point.x, point.y) for point in points], np.float32).reshape(-1, 2))
    marks = [
        Mark(point.resource, round(float(x), 1), round(float(y), 1), topic, sign_of.get(topic, OTHER))
        for point, (x, y), topic in zip(points, places, firsts, strict=True)
    ]
    marks.sort(key=lambda mark: (mark.y, mark.x))
    return Plan(
        marks=tuple(marks),
        names=tuple(_names(marks, named, leading)),
        legend=tuple((topic, sign_of[topic], counts[topic]) for topic in leading),
        others=sum(mark.sign == OTHER for mark in marks),
    )


def _spread(places: Vectors) -> Vectors:
    """Places between 0 and 1 as map units, float32 (n, 2), pushed apart where they cover each other."""
    low, size = np.array((MARGIN, MARGIN)), np.array((WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN))
    at = low + places.astype(np.float64) * size
    if len(at) < 2 or len(at) > CROWD:
        return np.asarray(at, np.float32)
    # Those at the very same place need a direction each: around the clock, by the golden angle.
    turns = np.arange(len(at)) * 2.399963
    at += 0.01 * np.stack((np.cos(turns), np.sin(turns)), axis=1)
    for _ in range(ROUNDS):
        between = at[:, None] - at[None]
        distance = np.sqrt((between**2).sum(axis=2)) + np.eye(len(at)) * APART
        push = np.maximum(APART - distance, 0) / np.maximum(distance, 1e-6) / 2
        if not push.any():
            break
        at = np.clip(at + (between * push[:, :, None]).sum(axis=1), low, low + size)
    return np.asarray(at, np.float32)


def _names(marks: Sequence[Mark], topics: Sequence[str], leading: Sequence[str]) -> list[Name]:
    """Each topic's name by its densest place, where it covers no other name and the fewest signs."""
    signs = np.array([(mark.x, mark.y) for mark in marks]).reshape(-1, 2)
    names: list[Name] = []
    for topic in topics:
        at = np.array([(mark.x, mark.y) for mark in marks if mark.topic == topic])
        between = ((at[:, None] - at[None]) ** 2).sum(axis=2)
        x, y = at[np.exp(-between / (2 * 60.0**2)).sum(axis=1).argmax()]
        half = len(topic) * LETTER / 2
        tries = [
            (float(np.clip(x + aside * LINE, half, WIDTH - half)), float(y) + step * LINE / 2)
            for step in range(-6, 9)
            for aside in range(-4, 5, 2)
            if LINE < y + step * LINE / 2 < HEIGHT - 4
        ]
        best = min(tries, key=lambda place: _cost(place, (x, y), half, signs, names))
        names.append(Name(topic, round(best[0], 1), round(best[1], 1), topic in leading))
    return names


def _cost(
    place: tuple[float, float],
    wanted: tuple[float, float],
    half: float,
    signs: Vectors,
    names: Sequence[Name],
) -> float:
    """What a name of this half width would cover at a place, and how far it is from where it is wanted."""
    x, y = place
    covered = (np.abs(signs[:, 0] - x) < half + 5) & (np.abs(signs[:, 1] - (y - 5)) < LINE / 2 + 3)
    others = sum(
        abs(name.y - y) < LINE and abs(name.x - x) < half + len(name.topic) * LETTER / 2 + 6 for name in names
    )
    away = abs(y - wanted[1]) / LINE + abs(x - wanted[0]) / (4 * LINE)
    return 50 * others + float(covered.sum()) + 0.5 * away
