"""The measures against ir-measures, an implementation by others."""

from __future__ import annotations

import random

import ir_measures
import pytest
from ir_measures import RR, R, nDCG

from assistant.evaluation.metrics import auroc, holds_words, ndcg, recall, reciprocal_rank


def _rankings() -> list[tuple[list[str], dict[str, int]]]:
    chance = random.Random(7)
    documents = [str(number) for number in range(200)]
    return [
        (
            chance.sample(documents, chance.choice([3, 9, 10, 50, 150])),
            {one: chance.randint(1, 4) for one in chance.sample(documents, chance.choice([1, 2, 30, 120]))},
        )
        for _ in range(40)
    ]


def test_rankings_are_measured_as_ir_measures_does() -> None:
    for ranking, relevant in _rankings():
        run = {"q": {document: -float(rank) for rank, document in enumerate(ranking)}}
        theirs = ir_measures.calc_aggregate([nDCG @ 10, R @ 10, R @ 100, RR @ 10], {"q": relevant}, run)
        assert ndcg(ranking, relevant, 10) == pytest.approx(theirs[nDCG @ 10])
        assert recall(ranking, relevant, 10) == pytest.approx(theirs[R @ 10])
        assert recall(ranking, relevant, 100) == pytest.approx(theirs[R @ 100])
        assert reciprocal_rank(ranking, relevant, 10) == pytest.approx(theirs[RR @ 10])


def test_auroc_is_the_chance_to_rank_a_positive_above_a_negative() -> None:
    positives, negatives = [0.9, 0.5, 0.5, 0.1], [0.5, 0.2]
    pairs = [(p > n) + (p == n) / 2 for p in positives for n in negatives]
    assert auroc(positives, negatives) == pytest.approx(sum(pairs) / len(pairs))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It began in October 1973, they say.", "october 1973"),
        ("Oil rose to nearly $12.", "nearly $12"),
        ("the U.S. Congress", "U.S."),
        ("他以 136 次擒杀成为领袖", "136 次"),
        ("黑豹队的防守只丢了308分。", "308"),
        ("su lema fue «¿Qué sé yo?»", "Qué sé yo"),
    ],
)
def test_words_are_found_whatever_their_case_and_punctuation(text: str, words: str) -> None:
    assert holds_words(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("19735 barrels", "1973"),
        ("the workers", "worker"),
        ("in 1974", "in 1973"),
        ("anything", "%"),
        ("a", ""),
    ],
)
def test_parts_of_words_and_nothing_are_not_found(text: str, words: str) -> None:
    assert not holds_words(text, words)
