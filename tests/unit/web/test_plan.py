"""The map is readable: every sign within it and apart, every name where its readings are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from assistant.points import Point
from assistant.web.plan import APART, GATHERED, HEIGHT, LETTER, LINE, NAMES, OTHER, SIGNS, WIDTH, plan_of
from corpus import STARTER, load
from tests.readings import MONDRAGON


def points(count: int, topics: int = 3, *, spread: float = 1.0) -> list[Point]:
    """Readings at random places, `topics` of them by turns."""
    random = np.random.default_rng(count)
    places = 0.5 + (random.random((count, 2)) - 0.5) * spread
    return [
        Point(replace(MONDRAGON, id=f"r{n}", topics=(f"topic {n % topics}",)), float(x), float(y))
        for n, (x, y) in enumerate(places)
    ]


def apart(count: int, spread: float) -> float:
    marks = plan_of(points(count, spread=spread)).marks
    return float(min(np.hypot(a.x - b.x, a.y - b.y) for a, b in combinations(marks, 2)))


@pytest.mark.parametrize("spread", [0.0, 0.1, 1.0])
def test_signs_do_not_cover_each_other(spread: float) -> None:
    assert apart(60, spread) > APART * 0.8


def test_every_reading_is_on_the_map() -> None:
    plan = plan_of(points(300))
    assert len({mark.resource.id for mark in plan.marks}) == 300
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in plan.marks)


def test_each_leading_topic_has_a_sign_of_its_own_and_the_others_share_one() -> None:
    plan = plan_of(points(120, topics=12))
    assert [sign for _, sign, _ in plan.legend] == list(SIGNS)
    signs = {mark.topic: mark.sign for mark in plan.marks}
    assert Counter(signs.values())[OTHER] == 12 - len(SIGNS)
    assert plan.others == sum(
        count for topic, count in Counter(m.topic for m in plan.marks).items() if signs[topic] == OTHER
    )


def test_names_do_not_cover_each_other() -> None:
    names = plan_of(points(200, topics=NAMES + 4)).names
    assert len(names) == NAMES
    for one, other in combinations(names, 2):
        beside = abs(one.x - other.x) >= (len(one.topic) + len(other.topic)) * LETTER / 2
        assert beside or abs(one.y - other.y) >= LINE


def test_a_name_stands_where_its_readings_are() -> None:
    here = [Point(replace(p.resource, topics=("here",)), 0.1 + p.x / 10, 0.1 + p.y / 10) for p in points(20)]
    there = [
        Point(replace(p.resource, topics=("there",)), 0.8 + p.x / 10, 0.8 + p.y / 10) for p in points(20)
    ]
    named = {name.topic: name for name in plan_of([*here, *there]).names}
    assert named["here"].x < WIDTH / 3
    assert named["there"].x > WIDTH * 2 / 3
    assert named["here"].y < HEIGHT / 2 < named["there"].y


def test_a_topic_of_few_readings_is_not_named() -> None:
    assert plan_of(points(GATHERED - 1, topics=1)).names == ()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_small_collection_has_a_map_too(count: int) -> None:
    assert len(plan_of(points(count)).marks) == count


def test_a_reading_without_topics_has_the_common_sign() -> None:
    (mark,) = plan_of([Point(replace(MONDRAGON, topics=()), 0.5, 0.5)]).marks
    assert (mark.topic, mark.sign) == ("", OTHER)


def test_on_the_starter_collection_no_two_signs_touch() -> None:
    random = np.random.default_rng(2)
    placed = [Point(resource, *map(float, random.random(2))) for resource in load(STARTER)]
    marks = plan_of(placed).marks
    closest = min(np.hypot(a.x - b.x, a.y - b.y) for a, b in combinations(marks, 2))
    assert closest > APART * 0.8
