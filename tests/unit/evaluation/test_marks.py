from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, AnswerSentence, Citation, Reading, Support
from assistant.evaluation.benchmark import Gold
from assistant.evaluation.marks import (
    answer_marks,
    characters_found,
    citation_marks,
    cites_hidden,
    relevant_in_five,
    said_by_nearest,
)
from corpus.passages import split_passages
from corpus.resource import Span
from tests.unit.evaluation.fakes import Found, reading

OWL = reading("owl", "The owl hunts at night. It hears a mouse under snow. It sleeps by day.")
WREN = reading("wren", "The wren sings at night. Its nest is of moss.")
TEXTS = {"owl": OWL.text, "wren": WREN.text}


def _answer(*words: str) -> Answer:
    """An answer of these words, each cited from the reading that has them."""
    sentences, citations = [], []
    for number, text in enumerate(words, start=1):
        resource = OWL if text in OWL.text else WREN
        start = resource.text.index(text)
        passage = split_passages(resource)[0]
        citations.append(Citation(number, resource, passage, start, start + len(text)))
        sentences.append(AnswerSentence(text, (number,), "quoted"))
    return Answer(
        question="?",
        understood_as="?",
        intent="question",
        answered=True,
        sentences=tuple(sentences),
        citations=tuple(citations),
    )


ANSWER = _answer("The wren sings at night.", "The owl hunts at night.", "It hears a mouse under snow.")


def test_an_answer_counts_only_in_sentences_of_the_gold_reading() -> None:
    gold = Gold(resources=frozenset({"owl"}), strings=("night",))
    assert answer_marks(ANSWER, gold) == {"answer_first": 0, "answer_in_three": 1}
    anywhere = Gold(resources=frozenset({"owl", "wren"}), strings=("night",))
    assert answer_marks(ANSWER, anywhere) == {"answer_first": 1, "answer_in_three": 1}


def test_only_the_first_three_cited_sentences_count() -> None:
    uncited = AnswerSentence("Here is what I found.", (), "unsupported")
    longer = replace(ANSWER, sentences=(uncited, *ANSWER.sentences))
    gold = Gold(resources=frozenset({"owl"}), strings=("mouse",))
    assert answer_marks(longer, gold) == {"answer_first": 0, "answer_in_three": 1}
    behind = replace(ANSWER, sentences=(ANSWER.sentences[0],) * 3 + ANSWER.sentences)
    assert answer_marks(behind, gold) == {"answer_first": 0, "answer_in_three": 0}


def test_a_gold_sentence_counts_when_most_of_it_is_cited() -> None:
    start = OWL.text.index("It hears")
    near = Gold(resources=frozenset({"owl"}), spans=(Span(start - 5, start + 20),))
    beside = Gold(resources=frozenset({"owl"}), spans=(Span(start + 20, start + 60),))
    answer = _answer("It hears a mouse under snow.")
    assert answer_marks(answer, near)["answer_first"] == 1
    assert answer_marks(answer, beside)["answer_first"] == 0


def test_a_refusal_answers_nothing_and_cites_nothing() -> None:
    refusal = replace(ANSWER, answered=False, sentences=(), citations=())
    assert answer_marks(refusal, Gold(resources=frozenset({"owl"}), strings=("night",)))["answer_first"] == 0
    assert citation_marks(refusal, TEXTS) == {}


def test_a_refusal_may_tell_the_answer_by_what_a_gold_reading_is_said_to_say() -> None:
    told = Reading(OWL, "says: It hears a mouse under snow.", 1.0)
    refusal = replace(ANSWER, answered=False, sentences=(), citations=(), readings=(told,))
    start = OWL.text.index("It hears")
    its_span = Span(start, start + len("It hears a mouse under snow."))
    assert said_by_nearest(refusal, Gold(resources=frozenset({"owl"}), strings=("a mouse",))) == 1
    assert said_by_nearest(refusal, Gold(resources=frozenset({"owl"}), spans=(its_span,))) == 1
    assert said_by_nearest(refusal, Gold(resources=frozenset({"owl"}), strings=("night",))) == 0
    assert said_by_nearest(refusal, Gold(resources=frozenset({"wren"}), strings=("a mouse",))) == 0


def test_verbatim_citations_are_precise_and_complete() -> None:
    assert citation_marks(ANSWER, TEXTS) == {"citation_precision": 1, "citation_recall": 1}


@pytest.mark.parametrize("support", ["quoted", "supported"])
def test_a_citation_is_checked_at_its_offsets_whatever_the_answer_says(support: Support) -> None:
    sentence = AnswerSentence("The owl does not hunt at night.", (2,), support)
    answer = replace(ANSWER, sentences=(ANSWER.sentences[0], sentence))
    assert citation_marks(answer, TEXTS) == {"citation_precision": 0.5, "citation_recall": 0.5}
    moved = {"owl": OWL.text[20:], "wren": WREN.text}
    assert citation_marks(ANSWER, moved)["citation_precision"] < 1


def test_a_second_citation_that_does_not_back_its_sentence_costs_precision_only() -> None:
    sentence = replace(ANSWER.sentences[0], citations=(1, 3))
    marks = citation_marks(replace(ANSWER, sentences=(sentence,)), TEXTS)
    assert marks == {"citation_precision": 0.5, "citation_recall": 1}


def test_a_sentence_without_citation_costs_recall_only() -> None:
    bare = AnswerSentence("The owl hunts at night.", (), "unsupported")
    marks = citation_marks(replace(ANSWER, sentences=(*ANSWER.sentences, bare)), TEXTS)
    assert marks == {"citation_precision": 1, "citation_recall": 0.75}
    assert citation_marks(replace(ANSWER, sentences=(bare,)), TEXTS) == {"citation_recall": 0}


def test_the_first_five_readings_are_cited_ones_then_suggested_ones_in_any_edition() -> None:
    others = tuple(Reading(reading(str(n), "x"), "near", 1.0) for n in range(4))
    edition = Reading(reading("hibou", "x"), "near", 1.0, editions=(reading("buho", "x"),))
    cited = replace(ANSWER, readings=others)
    assert relevant_in_five(cited, {"owl"}) == 1
    assert relevant_in_five(cited, {"2"}) == 1
    assert relevant_in_five(cited, {"3"}) == 0
    assert relevant_in_five(replace(ANSWER, readings=(edition,)), {"buho"}) == 1


def test_evidence_is_looked_for_in_the_first_two_thousand_characters() -> None:
    text = "".join(f"Sentence {number:04d} of many. " for number in range(200))
    long = reading("long", text)
    hits = [Found(passage, long, 1.0) for passage in split_passages(long)]
    read = text.index("Sentence 0010")
    unread = text.index("Sentence 0150")
    early = Gold(resources=frozenset({"long"}), spans=(Span(read, read + 20),))
    half = Gold(resources=frozenset({"long"}), spans=(Span(read, read + 20), Span(unread, unread + 20)))
    elsewhere = Gold(resources=frozenset({"other"}), spans=early.spans)
    assert characters_found(hits, early) == 1
    assert characters_found(hits, half) == 0.5
    assert characters_found(hits, elsewhere) == 0
    assert characters_found([], early) == 0


def test_citing_what_is_hidden_is_seen_in_its_own_reading_only() -> None:
    start = OWL.text.index("It hears")
    assert cites_hidden(ANSWER, {"owl": Span(start, start + 8)}) == 1
    assert cites_hidden(ANSWER, {"wren": Span(start, start + 8)}) == 0
    assert cites_hidden(ANSWER, {"owl": Span(len(OWL.text) - 5, len(OWL.text))}) == 0
