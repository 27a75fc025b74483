"""Confidence is a probability that grows with what speaks for an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.confidence import THRESHOLD, Evidence, confidence
from assistant.ranking import rank
from embeddings.query import make_query
from embeddings.search import search
from tests.fakes import FakeEncoder
from tests.readings import indexed

SHARE = st.floats(0, 1)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """The evidence for some answer."""
    index = indexed(tmp_path_factory.mktemp("confidence"))
    query = make_query(index, FakeEncoder(), [("When was Mondragon founded?", 1.0)])
    found = rank(index, query, "When was Mondragon founded?", (query.asked,), search(index, query, 10))
    assert found.evidence is not None
    return found.evidence


@pytest.mark.parametrize("foreign", [False, True])
def test_the_threshold_can_be_passed_and_missed(evidence: Evidence, foreign: bool) -> None:
    nothing = replace(evidence, closeness=0.0, context=0.0, titled=0.0, mass=0.0, held=0.0)
    everything = replace(evidence, closeness=1.9, context=1.0, titled=0.95, mass=20.0, number_missing=False)
    assert 0 < confidence(nothing, foreign=foreign) < THRESHOLD < confidence(everything, foreign=foreign) < 1


@given(
    st.floats(-2, 2),
    SHARE,
    st.floats(0, 1000),
    st.floats(-1, 1),
    st.booleans(),
    SHARE,
    st.booleans(),
    st.booleans(),
)
def test_it_is_always_a_probability(
    evidence: Evidence,
    closeness: float,
    context: float,
    mass: float,
    titled: float,
    asks: bool,
    held: float,
    missing: bool,
    foreign: bool,
) -> None:
    changed = replace(
        evidence,
        closeness=closeness,
        context=context,
        mass=mass,
        titled=titled,
        asks=asks,
        held=held,
        number_missing=missing,
    )
    assert 0 <= confidence(changed, foreign=foreign) <= 1


@pytest.mark.parametrize("field", ["closeness", "context", "titled", "subject"])
@given(low=SHARE, high=SHARE)
def test_more_evidence_is_never_less_sure(evidence: Evidence, field: str, low: float, high: float) -> None:
    less, more = ({field: value} for value in sorted((low, high)))
    assert confidence(_changed(evidence, less)) <= confidence(_changed(evidence, more))


def test_a_missing_number_makes_it_less_sure(evidence: Evidence) -> None:
    without = replace(evidence, number_missing=True)
    assert confidence(without) < confidence(replace(evidence, number_missing=False))


def test_what_follows_from_a_question_before_needs_to_be_met_in_fewer_words(evidence: Evidence) -> None:
    assert confidence(evidence) < confidence(evidence, follows=True)


def test_in_another_language_words_that_are_met_count_for_more_than_vectors(evidence: Evidence) -> None:
    by_vectors = replace(evidence, closeness=1.4, titled=0.7, context=0.2, mass=20.0, number_missing=False)
    by_words = replace(evidence, closeness=0.8, titled=0.3, context=0.8, mass=20.0, number_missing=False)
    assert confidence(by_vectors) > confidence(by_words)
    assert confidence(by_vectors, foreign=True) < confidence(by_words, foreign=True)


def test_an_answer_without_the_kind_of_thing_asked_for_is_less_sure(evidence: Evidence) -> None:
    asking = replace(evidence, asks=True)
    assert confidence(replace(asking, held=0.0)) < confidence(replace(asking, held=1.0))


def _changed(evidence: Evidence, fields: dict[str, Any]) -> Evidence:
    return replace(evidence, **fields)
