"""The sentence that answers comes first, whatever its weights are tuned to."""

from __future__ import annotations

import pytest

from assistant.confidence import Evidence
from assistant.ranking import PASSAGES, Ranked, rank
from embeddings.index import Index
from embeddings.query import make_query
from embeddings.search import search
from tests.fakes import FakeEncoder
from tests.readings import indexed


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("ranking"))


def evidence(index: Index, question: str, wordings: tuple[str, ...] = ()) -> Evidence:
    found = ranked(index, question, wordings).evidence
    assert found is not None
    return found


def ranked(index: Index, question: str, wordings: tuple[str, ...] = ()) -> Ranked:
    query = make_query(index, FakeEncoder(), [(text, 1.0) for text in (question, *wordings)])
    own = make_query(index, FakeEncoder(), [(question, 1.0)]).asked
    others = tuple(make_query(index, FakeEncoder(), [(text, 1.0)]).asked for text in wordings)
    return rank(index, query, question, (own, *others), search(index, query, 60))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When was Mondragon founded?", "founded in 1956"),
        ("How many workers does Mondragon unite?", "80,000 workers"),
        ("What is the vote of a SCOP member?", "one vote"),
        ("When was Recommendation No. 193 adopted?", "in June 2002"),
        ("How often do workers of the Indian Coffee House elect a board?", "every five years"),
        ("¿Qué financia el Fondes?", "El Fondes financia empresas recuperadas"),
    ],
)
def test_the_sentence_that_answers_comes_first(index: Index, question: str, answer: str) -> None:
    assert answer in ranked(index, question).sentences[0].text


def test_sentences_come_best_first_and_each_once(index: Index) -> None:
    found = ranked(index, "Which workers elect a board?")
    assert len(found.sentences) == len(found.scores)
    assert list(found.scores) == sorted(found.scores, reverse=True)
    spans = [(c.hit.resource.id, c.span.start) for c in found.sentences]
    assert len(spans) == len(set(spans))


def test_they_are_the_sentences_of_the_best_passages(index: Index) -> None:
    question = "Which workers elect a board?"
    query = make_query(index, FakeEncoder(), [(question, 1.0)])
    best = search(index, query, 60)[:PASSAGES]
    expected = {text for hit in best for text in hit.passage.sentence_texts()}
    assert {candidate.text for candidate in ranked(index, question).sentences} == expected


def test_without_a_passage_nothing_is_ranked(index: Index) -> None:
    query = make_query(index, FakeEncoder(), [("anything", 1.0)])
    assert rank(index, query, "anything", (query.asked,), ()) == Ranked()


def test_a_question_for_a_date_prefers_the_sentence_with_one(index: Index) -> None:
    assert ranked(index, "When did the Arizmendi bakeries open a bakery?").sentences[0].text.endswith("2010.")


def test_evidence_says_whether_a_number_of_the_question_is_there(index: Index) -> None:
    assert not evidence(index, "What is Recommendation No. 193?").number_missing
    assert evidence(index, "What is Recommendation No. 204?").number_missing


def test_a_number_of_the_question_before_may_be_missing(index: Index) -> None:
    question, before = "What is Recommendation No. 193?", "What is Recommendation No. 204?"
    query = make_query(index, FakeEncoder(), [(question, 1.0), (before, 0.3)])
    found = rank(index, query, question, (query.asked,), search(index, query, 60)).evidence
    assert found is not None
    assert not found.number_missing


def test_evidence_says_whether_the_kind_asked_for_is_held(index: Index) -> None:
    dated = evidence(index, "When was Mondragon founded?")
    assert dated.asks
    assert dated.held == 1
    assert not evidence(index, "tell me of the weavers of Oldtown").asks


def test_more_of_the_question_in_a_sentence_is_more_evidence(index: Index) -> None:
    some = evidence(index, "Mondragon submarines and wyverns")
    all_of_it = evidence(index, "Mondragon unites 80,000 workers")
    assert all_of_it.context > some.context


def test_the_wording_that_is_met_best_counts(index: Index) -> None:
    alone = evidence(index, "sociétés coopératives ouvrières")
    glossed = evidence(index, "sociétés coopératives ouvrières", ("French company SCOP workers",))
    assert glossed.context > alone.context


@pytest.mark.parametrize("question", ["", "who is it?", "合作社", "?!"])
def test_any_question_can_be_ranked(index: Index, question: str) -> None:
    assert ranked(index, question).sentences
