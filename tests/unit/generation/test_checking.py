"""Lies that are written by hand are marked, though seven other passages are there to back them."""

from __future__ import annotations

import random
from functools import cache

import pytest

from corpus.collection import STARTER, load
from corpus.passages import split_passages
from corpus.resource import Passage
from tests.benchmarks.support import PARAPHRASE, Pair, written_pairs
from tests.benchmarks.writers import unsupported

PAIRS = [pair for pair in written_pairs() if pair.split == "tuning"]
LIES = [pair for pair in PAIRS if pair.kind != PARAPHRASE]
TRUE = [pair for pair in PAIRS if pair.kind == PARAPHRASE]

KEPT = 0.75
"""Of what is told in other words, so much has to be kept."""


@cache
def passages() -> list[Passage]:
    return [passage for resource in load(STARTER) for passage in split_passages(resource)]


@pytest.mark.parametrize("lie", LIES, ids=lambda pair: pair.kind)
def test_a_lie_is_marked(lie: Pair) -> None:
    assert unsupported(lie, passages(), random.Random(1))


def test_most_of_what_is_told_in_other_words_is_kept() -> None:
    kept = sum(not unsupported(pair, passages(), random.Random(1)) for pair in TRUE)

    assert kept >= KEPT * len(TRUE)
