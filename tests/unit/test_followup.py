from __future__ import annotations

import pytest

from assistant.followup import Exchange, follow, stands_alone


def shown(text: str, *earlier: str) -> str:
    return follow(text, [Exchange(question, "An answer.") for question in earlier]).text


@pytest.mark.parametrize(
    "question",
    [
        "What is the average age of worker cooperatives in France?",
        "who founded SEWA?",
        "What is a worker cooperative?",
        "Qu’est-ce qu’une coopérative de travail ?",
        "¿Qué es una cooperativa de trabajo?",
        "how many domestic workers are there in Trinidad & Tobago",
        "Which forces are changing the world of work?",
        "combien de coopératives viennent de la transmission d'entreprises saines ?",
        "什么是工人合作社和它们的原则",
        "how do taxi drivers get their money after a ride?",
        "what led the ILO to give up its mandate on cooperatives?",
        "what happens when one of the Basque firms goes bust?",
        "does one member have one vote in Italy?",
    ],
)
def test_a_question_that_says_what_it_is_about_is_left_alone(question: str) -> None:
    followed = follow(question, [Exchange("What is Mondragon?", "A group of cooperatives.")])
    assert followed.text == question
    assert followed.parts == ((question, 1.0),)
    assert followed.vector_parts == ()


@pytest.mark.parametrize(
    "question",
    ["why?", "and in France?", "who founded it?", "how many people work there now?", "What about unions?",
     "et en Italie ?", "and when?", "what is a share?", "what hindered those co-ops most?",
     "¿y en Francia?", "pourquoi ?", "what cut of their sales goes to head office?",
     "which one was founded before the war?", "why would heavy rain affect its price?"],
)  # fmt: skip
def test_a_question_that_leaves_out_its_subject_does_not_stand_alone(question: str) -> None:
    assert not stands_alone(question)


def test_there_is_does_not_point_back() -> None:
    assert stands_alone("how many taxi co-ops are there in Nairobi?")
    assert not stands_alone("who spoke there for the ILO's workers' bureau?")


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("What is Mondragon?", "who founded it?", "who founded Mondragon?"),
        ("What is a worker cooperative?", "who owns it?", "who owns a worker cooperative?"),
        ("What are indivisible reserves?", "why do they matter?", "why do indivisible reserves matter?"),
        ("What is CICOPA?", "Who are its members?", "Who are CICOPA's members?"),
        ("When was R193 adopted?", "does it mention work?", "does R193 mention work?"),
        ("What is the Marcora law?", "who uses this law?", "who uses the Marcora law?"),
    ],
)
def test_a_pronoun_becomes_what_it_means(before: str, question: str, expected: str) -> None:
    assert shown(question, before) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "How many worker co-ops are there in Italy?",
            "and in France?",
            "How many worker co-ops are there in France?",
        ),
        (
            "How many worker co-ops are there in Italy?",
            "what about Spain?",
            "How many worker co-ops are there in Spain?",
        ),
        (
            "How many worker co-ops are there?",
            "And in the United Kingdom?",
            "How many worker co-ops are there in the United Kingdom?",
        ),
        ("Combien de Scop y a-t-il en France ?", "et en Italie ?", "Combien de Scop y a-t-il en Italie ?"),
        ("How old is SEWA?", "and Mondragon?", "How old is Mondragon?"),
    ],
)
def test_another_place_or_name_takes_the_place_of_the_first(
    before: str, question: str, expected: str
) -> None:
    assert shown(question, before) == expected


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Why did SEWA choose co-ops?", "why?"),
        ("Why did SEWA choose co-ops?", "and in France?"),
        ("How do SEWA and Mondragon differ?", "who founded it?"),
        ("How do workers at Smart vote?", "Is it possible to leave?"),
    ],
)
def test_where_no_rule_reads_well_the_question_stands_beside_the_one_before(
    before: str, question: str
) -> None:
    assert shown(question, before).startswith(f"{question} — ")


def test_each_question_is_understood_after_those_before_it() -> None:
    assert (
        shown("when was it founded?", "What is Mondragon?", "who leads it?") == "when was Mondragon founded?"
    )
    assert shown("and when?", "What is Mondragon?", "who founded it?") == "and when? — who founded Mondragon?"


def test_a_new_subject_ends_the_one_before() -> None:
    assert shown("who founded it?", "What is Mondragon?", "How many members does SEWA have?") == (
        "who founded SEWA?"
    )


def test_the_search_mixes_the_question_with_the_one_before_and_the_vector_with_the_answer() -> None:
    followed = follow("who founded it?", [Exchange("What is Mondragon?", "A group in Spain.")])
    assert followed.parts == (("who founded it?", 1.0), ("What is Mondragon?", 0.3))
    assert followed.vector_parts == (("A group in Spain.", 0.2),)


def test_further_on_the_search_also_has_the_last_question_that_stood_alone() -> None:
    earlier = [
        Exchange("How old is SEWA in India?"),
        Exchange("What is Mondragon's size in Spain?"),
        Exchange("why?"),
    ]
    followed = follow("and when?", earlier)
    assert followed.parts == (("and when?", 1.0), ("why?", 0.2), ("What is Mondragon's size in Spain?", 0.2))
    assert followed.vector_parts == ()


def test_a_long_question_before_is_shown_shortened() -> None:
    before = "Why do members of worker cooperatives " + "and others " * 100
    assert len(shown("why?", before)) < 180
