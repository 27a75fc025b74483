"""An answer is a few sentences as they stand, each cited, none twice, both sides of a comparison heard."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.candidates import Candidate
from assistant.extract import LIST_SENTENCES, SENTENCES, choose, one_a_work, write
from assistant.ranking import Ranked, rank
from corpus.passages import split_passages
from corpus.resource import Resource
from embeddings.passage_table import PassageTable
from embeddings.query import make_query
from embeddings.search import Hit, search
from embeddings.terms import content_words
from tests.fakes import FakeEncoder
from tests.readings import MONDRAGON, SCOP, SCOP_IN_FRENCH, UNDATED, indexed, reading


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Ranked:
    """Any ranking, of which a test takes the evidence."""
    index = indexed(tmp_path_factory.mktemp("extract"), [UNDATED])
    query = make_query(index, FakeEncoder(), [("looms", 1.0)])
    found = rank(index, query, "looms", (query.asked,), search(index, query, 10))
    assert found is not None
    return found


def ranking(some: Ranked, resources: Sequence[Resource], scores: Sequence[float] | None = None) -> Ranked:
    """The sentences of the readings in their order, with these scores or all nearly the same."""
    found = [
        Candidate(Hit(table, row, 1.0), span, tuple(dict.fromkeys(content_words(text))), ())
        for table in (PassageTable([resource], split_passages(resource)) for resource in resources)
        for row, passage in enumerate(table)
        for span, text in zip(passage.sentences, passage.sentence_texts(), strict=True)
    ]
    scores = scores or [1 - 0.001 * number for number in range(len(found))]
    return Ranked(tuple(found), tuple(scores), some.evidence)


def texts(chosen: Sequence[Candidate]) -> list[str]:
    return [candidate.text for candidate in chosen]


MANY = reading(
    "many",
    "\n".join(
        [
            "Bakers knead dough.",
            "Tailors sew coats.",
            "Miners dig coal.",
            "Nurses give care.",
            "Drivers steer buses.",
            "Weavers own looms.",
            "Potters fire clay.",
            "Printers set type.",
        ]
    ),
)


def test_the_best_sentence_comes_first_and_the_others_in_their_order(some: Ranked) -> None:
    chosen = texts(choose(ranking(some, [MANY])))
    assert chosen == MANY.text.split("\n")[: len(chosen)]
    assert 1 <= len(chosen) <= SENTENCES


def test_a_list_may_have_more(some: Ranked) -> None:
    assert SENTENCES < len(choose(ranking(some, [MANY]), wants_list=True)) <= LIST_SENTENCES


def test_a_sentence_far_behind_the_first_is_left_out(some: Ranked) -> None:
    assert len(choose(ranking(some, [MANY], [100.0, *[0.0] * 7]))) == 1


def test_what_is_said_already_is_not_said_again(some: Ranked) -> None:
    twice = reading("twice", "Bakers knead dough.\nBakers kneaded the dough.\nTailors sew coats.")
    copied = reading("copied", "Bakers knead dough.")
    assert texts(choose(ranking(some, [twice, copied]))) == ["Bakers knead dough.", "Tailors sew coats."]


def test_even_a_sentence_of_the_smallest_words_is_not_said_twice(some: Ranked) -> None:
    readings = [reading("one", "It was so."), reading("other", "It was so.")]
    assert len(choose(ranking(some, readings))) == 1


def test_each_side_of_a_comparison_has_its_best_sentence(some: Ranked) -> None:
    sides = [ranking(some, [SCOP]), ranking(some, [MONDRAGON])]
    chosen = choose(ranking(some, [MANY, SCOP, MONDRAGON]), sides)
    assert {"scop-law", "mondragon-story"} <= {candidate.hit.resource.id for candidate in chosen}


def test_each_of_three_sides_has_a_sentence_even_if_the_best_is_about_none(some: Ranked) -> None:
    first = reading("first", "A comparison of three cooperative groups.")
    sides = [ranking(some, [side]) for side in (SCOP, MONDRAGON, UNDATED)]
    chosen = choose(ranking(some, [first, SCOP, MONDRAGON, UNDATED]), sides)
    assert {"scop-law", "mondragon-story", "weavers-notes"} <= {c.hit.resource.id for c in chosen}


def test_a_reading_list_has_a_sentence_of_each_work_once(some: Ranked) -> None:
    found = ranking(some, [SCOP, SCOP_IN_FRENCH, MONDRAGON])
    in_another_order = [found.sentences[-1].hit, found.sentences[0].hit]
    chosen = one_a_work(found, in_another_order)
    assert [candidate.hit.resource.id for candidate in chosen] == ["mondragon-story", "scop-law"]


def test_each_sentence_is_written_as_it_stands_and_cited(some: Ranked) -> None:
    chosen = ranking(some, [SCOP, MONDRAGON]).sentences
    sentences, citations = write(chosen)
    assert [sentence.text for sentence in sentences] == texts(chosen)
    assert [sentence.citations for sentence in sentences] == [(n,) for n in range(1, len(chosen) + 1)]
    assert [citation.number for citation in citations] == list(range(1, len(chosen) + 1))
    for candidate, citation in zip(chosen, citations, strict=True):
        assert citation.resource is candidate.hit.resource
        assert citation.words == candidate.text
        assert citation.url == candidate.hit.resource.url
    assert {sentence.support for sentence in sentences} == {"quoted"}


def test_nothing_chosen_is_nothing_written() -> None:
    assert write(()) == ((), ())
