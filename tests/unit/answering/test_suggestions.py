"""What is suggested instead of an answer leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from corpus.filters import Filters
from tests.fakes import FakeEncoder
from tests.readings import COLLECTION, UNDATED
from tests.unit.answering.contract import assert_keeps_the_contract

NOT_ANSWERABLE = (
    "explain quantum entanglement",
    "how do I fix a flat bicycle tyre",
    "which minister signed the fishing treaty of Mozambique?",
    "¿cuál es la receta del gazpacho?",
)


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    with closing(Assistant.open(home, resources=COLLECTION, encoder=FakeEncoder())) as opened:
        yield opened


@pytest.mark.parametrize("question", NOT_ANSWERABLE)
def test_a_suggestion_is_a_request_for_readings_or_is_answered(
    quick_starter: Assistant, question: str
) -> None:
    answer = quick_starter.ask(question)
    assert not answer.answered
    assert 1 <= len(answer.suggestions) == len(set(answer.suggestions))
    for suggestion in answer.suggestions:
        asked = quick_starter.ask(suggestion)
        assert_keeps_the_contract(asked)
        assert asked.intent == "readings" or asked.answered


@pytest.mark.parametrize("question", NOT_ANSWERABLE)
def test_a_suggestion_is_never_what_was_asked(quick_starter: Assistant, question: str) -> None:
    assert question not in quick_starter.ask(question).suggestions


def test_even_a_collection_of_one_reading_without_topics_has_a_suggestion(home: Path) -> None:
    with closing(Assistant.open(home, resources=[UNDATED], encoder=FakeEncoder())) as assistant:
        answer = assistant.ask("explain quantum entanglement")
    assert not answer.answered
    assert any(UNDATED.title in suggestion for suggestion in answer.suggestions)


def test_an_empty_collection_has_one_too(home: Path) -> None:
    with closing(Assistant.open(home, resources=[], encoder=FakeEncoder())) as assistant:
        assert_keeps_the_contract(assistant.ask("explain quantum entanglement"))


def test_where_filters_admit_nothing_there_is_one_too(assistant: Assistant) -> None:
    answer = assistant.ask("explain quantum entanglement", filters=Filters(languages=frozenset({"xx"})))
    assert answer.suggestions
