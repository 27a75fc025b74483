"""What kind of thing a question asks for, and whether a sentence holds one that the question has not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asked_for import Kind, counted, holds, kind_asked
from embeddings.terms import stem, words

KINDS: tuple[Kind, ...] = ("date", "number", "person", "place", "reason", "name", "other")


def held(kind: Kind, sentence: str, question: str = "") -> float:
    return holds(kind, sentence, frozenset(words(question)))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was Mondragon founded?", "date"),
        ("In which year did the law pass?", "date"),
        ("Quand la loi a-t-elle été adoptée ?", "date"),
        ("¿En qué año se aprobó la ley?", "date"),
        ("¿Cuándo se fundó?", "date"),
        ("How many workers does it have?", "number"),
        ("What percentage is put in reserve?", "number"),
        ("Combien de salariés y a-t-il ?", "number"),
        ("¿Cuántas cooperativas hay en Uruguay?", "number"),
        ("Who founded it?", "person"),
        ("Qui détient le pouvoir dans une Scop ?", "person"),
        ("¿Quién lo fundó?", "person"),
        ("Where is the federation?", "place"),
        ("In which country did it start?", "place"),
        ("Où est le siège ?", "place"),
        ("Why do firms convert?", "reason"),
        ("Pourquoi convertir une entreprise ?", "reason"),
        ("¿Por qué fracasan?", "reason"),
        ("What is the name of the bank?", "name"),
        ("Which federation was the first?", "name"),
        ("Tell me about surplus", "other"),
        ("", "other"),
    ],
)
def test_the_kind_of_thing_that_is_asked_for(question: str, kind: Kind) -> None:
    assert kind_asked(question) == kind


def test_why_something_costs_more_asks_for_a_reason() -> None:
    assert kind_asked("Why does a conversion cost so much?") == "reason"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("date", "It was founded in 1956."),
        ("date", "They began in the 1970s."),
        ("date", "The law passed in December."),
        ("date", "La loi fut adoptée en août."),
        ("number", "It has 80,000 workers."),
        ("number", "Seven bakeries take part."),
        ("number", "The members are seven, and all vote."),
        ("person", "The bank was founded by José María Arizmendiarrieta."),
        ("place", "The group has its seat in Bilbao."),
        ("name", "It is called Caja Laboral."),
        ("reason", "They did it because the firm was closing."),
        ("reason", "Elles l'ont fait parce que l'usine fermait."),
    ],
)
def test_a_sentence_that_holds_such_a_thing(kind: Kind, sentence: str) -> None:
    assert held(kind, sentence) > 0


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("date", "It was founded long ago."),
        ("number", "It has many workers."),
        ("person", "The founders were young."),
        ("place", "It is in the hills."),
        ("reason", "It was a firm."),
        ("other", "In 1956 five engineers of Mondragon began, because of a priest."),
        ("name", "On y a également créé une école."),
    ],
)
def test_a_sentence_that_holds_no_such_thing(kind: Kind, sentence: str) -> None:
    assert held(kind, sentence) == 0


@pytest.mark.parametrize(
    ("kind", "sentence", "question"),
    [
        ("date", "In 2002 it was adopted.", "What else was adopted in 2002?"),
        ("number", "Recommendation No. 193 says so.", "How many articles has Recommendation No. 193?"),
        ("place", "The story of Mondragon is long.", "Where did Mondragon begin?"),
        ("place", "The story of Mondragon's bank is long.", "Where did Mondragon begin?"),
        ("name", "All Co-operatives are democratic.", "What are cooperatives called?"),
    ],
)
def test_what_stands_in_the_question_already_is_no_answer(kind: Kind, sentence: str, question: str) -> None:
    assert held(kind, sentence, question) == 0


def test_a_year_answers_better_than_a_month() -> None:
    assert held("date", "It passed in 1956.") > held("date", "It passed in June.")


@given(st.sampled_from(KINDS), st.text(max_size=100), st.text(max_size=100))
def test_any_text_is_judged_between_0_and_1(kind: Kind, sentence: str, question: str) -> None:
    assert kind_asked(question) in KINDS
    assert 0 <= held(kind, sentence, question) <= 1


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("How many worker cooperatives are there in the US?", "cooperatives"),
        ("how many people work in French Scops?", "people"),
        ("How many Arab states had co-ops?", "states"),
        ("Combien de coopératives ouvrières y a-t-il ?", "cooperatives"),
        ("¿Cuántas empresas recuperadas hay?", "empresas"),
    ],
)
def test_what_is_counted_is_the_thing_and_not_the_word_before_it(question: str, thing: str) -> None:
    assert counted(question) == stem(thing)


@pytest.mark.parametrize("question", ["How many were killed?", "How many?", "When did it begin?"])
def test_where_no_thing_is_named_nothing_is_counted(question: str) -> None:
    assert counted(question) == ""
