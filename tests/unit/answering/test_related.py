"""Related readings of the starter collection: those that belong together are found, for reasons that hold."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.assistant import Assistant
from tests.benchmarks.related import PAIRS, neighbours
from tests.unit.answering.truth import is_true


def test_sixty_pairs_over_thirty_readings_are_judged_with_a_reason(starter: Assistant) -> None:
    pairs = [json.loads(line) for line in Path(PAIRS).read_text("utf-8").splitlines()]
    assert len({(pair["reading"], pair["other"]) for pair in pairs}) == 60
    assert len({pair["reading"] for pair in pairs}) == 30
    assert all(pair["reason"] for pair in pairs)
    assert all(starter.resource(pair[side]) for pair in pairs for side in ("reading", "other"))


def test_most_readings_that_belong_together_are_among_the_ten_nearest(starter: Assistant) -> None:
    pairs = [json.loads(line) for line in Path(PAIRS).read_text("utf-8").splitlines()]
    related = [pair for pair in pairs if pair["related"]]
    found = sum(pair["other"] in neighbours(starter, pair["reading"]) for pair in related)
    assert found / len(related) >= 0.85


def test_the_reason_of_every_neighbour_of_every_reading_is_true(starter: Assistant) -> None:
    for resource in starter.resources:
        for near in starter.similar(resource.id, 10):
            assert is_true(near, [resource]), f"{near.resource.id} beside {resource.id}: {near.why}"
