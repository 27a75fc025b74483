"""Whatever is asked, every sentence of an answer stands word for word where its citation says."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Turn
from assistant.assistant import Assistant
from corpus.collection import STARTER, load
from corpus.errors import QuestionError
from corpus.filters import Filters
from tests.unit.answering.contract import assert_keeps_the_contract

_READINGS = load(STARTER)
_SENTENCES = sorted({line for resource in _READINGS for line in resource.text.split("\n") if line.strip()})
_WORDS = sorted({word for line in _SENTENCES for word in re.findall(r"\w+", line)})

BEGINNINGS = st.sampled_from(
    [
        "",
        "and ",
        "combien de ",
        "compare ",
        "find readings about ",
        "how many ",
        "list ",
        "what is the difference between ",
        "when did ",
        "who ",
        "why ",
        "¿cuándo se fundó ",
    ]
)
RANDOM_WORDS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8).map(" ".join)
QUESTIONS = st.one_of(
    st.builds(str.__add__, BEGINNINGS, st.one_of(RANDOM_WORDS, st.sampled_from(_SENTENCES))),
    st.builds("compare {} and {}".format, st.sampled_from(_WORDS), st.sampled_from(_WORDS)),
    st.text(max_size=80),
)
HISTORIES = st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), QUESTIONS), max_size=4).map(
    tuple
)
FILTERS = st.builds(
    Filters,
    languages=st.frozensets(st.sampled_from(["en", "fr", "es"]), max_size=1),
    kinds=st.frozensets(st.sampled_from(sorted({resource.kind for resource in _READINGS})), max_size=2),
    year_from=st.none() | st.integers(1990, 2022),
)


@settings(max_examples=80, deadline=None)
@given(question=QUESTIONS, history=HISTORIES, filters=FILTERS)
def test_every_answer_keeps_the_contract(
    quick_starter: Assistant, question: str, history: tuple[Turn, ...], filters: Filters
) -> None:
    try:
        answer = quick_starter.ask(question, history, filters)
    except QuestionError:
        return
    assert_keeps_the_contract(answer)
    assert all(filters.admit(citation.resource) for citation in answer.citations)
    assert all(filters.admit(reading.resource) for reading in answer.readings)


@settings(max_examples=40, deadline=None)
@given(sentence=st.sampled_from(_SENTENCES).filter(lambda line: 60 < len(line) < 400))
def test_a_question_in_a_readings_own_words_is_answered_from_it(
    quick_starter: Assistant, sentence: str
) -> None:
    answer = quick_starter.ask(sentence)
    assert_keeps_the_contract(answer)
    assert answer.intent == "readings" or sentence in [cited.text for cited in answer.sentences]
