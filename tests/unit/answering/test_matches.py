"""How well each word of a question is met: in a sentence, near it, or nowhere."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.candidates import Candidates, candidates
from assistant.matches import Floats, Matches, match
from embeddings.index import Index
from embeddings.query import Query, make_query
from embeddings.search import search
from tests.fakes import FakeEncoder
from tests.readings import COLLECTION, indexed, reading

PARAGRAPH = reading(
    "paragraph",
    "Tailors bought the factory.\nThey elect a manager.\nSurplus is shared.\nNobody was dismissed.",
    title="Tailors in Porto",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("matches"), [*COLLECTION, PARAGRAPH])


def asked(index: Index, question: str) -> tuple[Query, Candidates, Matches]:
    # Many dimensions: no two words of these tests are taken for each other.
    query = make_query(index, FakeEncoder(), [(question, 1.0)])
    found = candidates(index, query, search(index, query, 10))
    return query, found, match(index, query, query.asked, found)


def of_sentence(found: Candidates, matches: Matches, text: str) -> tuple[Floats, Floats]:
    column = [candidate.text for candidate in found.sentences].index(text)
    return matches.close[:, column], matches.context[:, column]


def test_candidates_are_all_sentences_of_the_hits(index: Index) -> None:
    query, found, _ = asked(index, "Who elects a manager?")
    hits = search(index, query, 10)
    assert [c.text for c in found.sentences] == [t for hit in hits for t in hit.passage.sentence_texts()]
    for values in (found.passage, found.sentence_cosine, found.titled_cosine, found.passage_cosine):
        assert values.shape == (len(found.sentences),)


def test_candidates_are_compared_with_the_question_itself(index: Index) -> None:
    query, found, _ = asked(index, "Who elects a manager?")
    expected = FakeEncoder().encode([c.text for c in found.sentences]) @ query.vector
    np.testing.assert_allclose(found.sentence_cosine, expected, atol=2e-3)


def test_every_word_is_met_between_not_at_all_and_fully(index: Index) -> None:
    for question in ("Who elects a manager?", "SCOP capital in 1956", "unheard-of wyverns"):
        _, found, matches = asked(index, question)
        assert matches.close.shape == matches.context.shape == (len(matches.weights), len(found.sentences))
        assert ((matches.close >= 0) & (matches.close <= 1) & (matches.context >= matches.close)).all()
        assert matches.weights.sum() == pytest.approx(1)
        assert ((matches.in_context() >= 0) & (matches.in_context() <= 1 + 1e-6)).all()


def test_a_word_counts_most_in_the_sentence_then_in_the_title_before_it_and_in_the_passage(
    index: Index,
) -> None:
    _, found, matches = asked(index, "dismissed")
    in_sentence = of_sentence(found, matches, "Nobody was dismissed.")[1][0]
    _, found, matches = asked(index, "Porto")
    in_title = of_sentence(found, matches, "Nobody was dismissed.")[1][0]
    _, found, matches = asked(index, "Surplus")
    before = of_sentence(found, matches, "Nobody was dismissed.")[1][0]
    _, found, matches = asked(index, "factory")
    in_passage = of_sentence(found, matches, "Nobody was dismissed.")[1][0]
    assert 1 == in_sentence > in_title > before > in_passage > 0


def test_a_word_elsewhere_in_the_passage_is_context_but_not_close(index: Index) -> None:
    _, found, matches = asked(index, "factory")
    close, context = of_sentence(found, matches, "Nobody was dismissed.")
    assert context[0] > close[0]


def test_another_ending_of_a_word_meets_it_fully(index: Index) -> None:
    _, found, matches = asked(index, "electing managers")
    assert of_sentence(found, matches, "They elect a manager.")[0].tolist() == [1, 1]


def test_a_rare_word_weighs_more_than_a_frequent_one(index: Index) -> None:
    query, _, matches = asked(index, "workers of Oldtown")
    weights = dict(zip(query.asked, matches.weights.tolist(), strict=True))
    assert weights["oldtown"] > weights["worker"]


def test_what_all_candidates_hold_says_nothing_of_any(home_of_twins: Index) -> None:
    _, found, matches = asked(home_of_twins, "tailors elect")
    told = dict(zip([c.text for c in found.sentences], matches.telling().tolist(), strict=True))
    assert told["Tailors elect boards."] == pytest.approx(1, abs=1e-3)
    assert told["Tailors sew coats."] < 0.5


@pytest.fixture(scope="module")
def home_of_twins(tmp_path_factory: pytest.TempPathFactory) -> Index:
    twins = [
        reading("one", "Tailors elect boards.", title=""),
        reading("two", "Tailors sew coats.", title=""),
    ]
    return indexed(tmp_path_factory.mktemp("twins"), twins)


@pytest.mark.parametrize("question", ["", "who is it?", "?", "合作社"])
def test_a_question_without_telling_words_meets_nothing_and_breaks_nothing(
    index: Index, question: str
) -> None:
    _, found, matches = asked(index, question)
    assert matches.in_context().tolist() == [0] * len(found.sentences)
    assert matches.telling().tolist() == [0] * len(found.sentences)


def test_nothing_says_nothing_and_words_say_something(index: Index) -> None:
    assert asked(index, "who is it?")[2].mass == 0
    assert 0 < asked(index, "surplus")[2].mass < asked(index, "surplus of tailors in Porto")[2].mass
