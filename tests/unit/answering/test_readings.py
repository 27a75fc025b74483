"""Readings to go on with: each work once, each with a reason that is true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Reading
from assistant.ranking import rank
from assistant.readings import Neighbours, found
from assistant.reasons import LONGEST_REASON, Common, common, terms_of, why
from corpus.errors import UnknownReading
from corpus.resource import Resource
from embeddings.index import Index
from embeddings.query import make_query
from embeddings.search import Hit, search
from tests.fakes import FakeEncoder
from tests.readings import (
    ARIZMENDI,
    COLLECTION,
    KERALA,
    MONDRAGON,
    RECOMMENDATION,
    SCOP,
    SCOP_IN_FRENCH,
    UNDATED,
    URUGUAY,
    indexed,
    reading,
)
from tests.unit.answering.truth import is_true


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("readings"))


def hits(index: Index, text: str) -> tuple[Hit, ...]:
    return search(index, make_query(index, FakeEncoder(), [(text, 1.0)]), 60)


def works(readings: tuple[Reading, ...]) -> list[str]:
    return [reading.resource.work_id for reading in readings]


def test_works_come_once_in_the_order_of_their_hits(index: Index) -> None:
    some = hits(index, "SCOP capital des salariés")
    expected = list(dict.fromkeys(hit.resource.work_id for hit in some))
    assert works(found(index, some, 100)) == expected
    assert works(found(index, some, 3)) == expected[:3]
    assert found(index, (), 3) == ()


def test_other_editions_are_listed_with_the_one_found(index: Index) -> None:
    by_work = {reading.resource.work_id: reading for reading in found(index, hits(index, "SCOP"), 100)}
    listed = by_work["scop-law"]
    assert {listed.resource, *listed.editions} == {SCOP, SCOP_IN_FRENCH}
    assert by_work["mondragon-story"].editions == ()


def test_what_the_answer_cites_is_no_further_reading(index: Index) -> None:
    readings = found(index, hits(index, "SCOP"), 100, leave_out=[SCOP_IN_FRENCH, MONDRAGON])
    assert not {"scop-law", "mondragon-story"} & set(works(readings))


@pytest.mark.parametrize("cited", [(), (MONDRAGON,), (KERALA, SCOP), (UNDATED,)])
def test_every_reason_is_true(index: Index, cited: tuple[Resource, ...]) -> None:
    for one in found(index, hits(index, "workers elect a board and share capital"), 100, leave_out=cited):
        assert is_true(one, cited), one.why


def test_a_shared_person_topic_or_place_is_the_reason(index: Index) -> None:
    assert why(index, KERALA, [MONDRAGON]) == "also with Ana Ruiz"
    assert why(index, ARIZMENDI, [MONDRAGON]) == "also on cooperative cases and groups"
    assert why(index, SCOP_IN_FRENCH, [SCOP]) == "also on legislation, in France"


def test_the_rarest_topic_place_and_terms_are_named_first(home: Path) -> None:
    said = "The Marcora law funds buyouts. The CFI invests. Workers of the Bologna Steel Works joined."
    common_ones = reading("often", said, topics=("often", "seldom"), places=("Italy", "Rimini"))
    both = [replace(common_ones, id="one"), replace(common_ones, id="two")]
    others = [
        reading(f"other-{n}", "The CFI wrote. " if n < 2 else "Bread.", topics=("often",), places=("Italy",))
        for n in range(60)
    ]
    index = indexed(home, [*both, *others])
    shared = common(index, *both)
    assert (shared.topics, shared.places) == (("seldom", "often"), ("Rimini", "Italy"))
    assert shared.terms == ("Bologna Steel Works", "Marcora law", "CFI")
    assert str(shared) == ("also on seldom, in Rimini; both mention “Bologna Steel Works” and “Marcora law”")


def test_a_term_that_is_everywhere_is_no_reason(home: Path) -> None:
    readings = [reading(f"r{n}", f"The FONDES fund, number {n}.", places=(f"P{n}",)) for n in range(3)]
    index = indexed(home, [*readings, *(reading(f"o{n}", f"Bread {n}.") for n in range(40))])
    assert common(index, *readings[:2]).terms == ("FONDES fund",)
    assert common(indexed(home, readings), *readings[:2]) == Common()


def test_what_the_topic_says_already_is_not_said_again(home: Path) -> None:
    one = reading("one", "Worker buyouts in New York.", places=("New York",), topics=("worker buyouts",))
    two = replace(one, id="two", text="A worker buyout of New York.")
    filling = [reading(f"f{n}", f"Bread {n}.") for n in range(40)]
    assert str(common(indexed(home, [one, two, *filling]), one, two)) == "also on worker buyouts, in New York"


def test_terms_are_those_of_the_field_in_any_language_and_names() -> None:
    assert list(terms_of(SCOP_IN_FRENCH)) == ["SCOP"]
    named = reading("named", "Adopted by the International Labour Conference. The IMF said no.")
    assert set(terms_of(named)) >= {"International Labour Conference", "IMF"}
    assert terms_of(reading("plain", "The loom is old.")) == {}


def test_nothing_in_common_is_no_reason(index: Index) -> None:
    assert why(index, UNDATED, [SCOP, MONDRAGON]) == ""
    assert why(index, SCOP, []) == ""


def test_to_be_about_the_whole_world_is_nothing_in_common(index: Index) -> None:
    assert why(index, replace(UNDATED, places=("Global",)), [replace(RECOMMENDATION, topics=())]) == ""


def test_a_reason_names_the_reading_that_shares_and_not_another(index: Index) -> None:
    assert why(index, URUGUAY, [UNDATED, MONDRAGON]) == "also on finance"


def test_without_anything_shared_the_reason_is_what_the_reading_says(index: Index) -> None:
    first = found(index, hits(index, "twelve looms"), 1)[0]
    assert first.resource == UNDATED
    assert UNDATED.text in first.why


def test_a_reading_says_the_sentence_that_answers_best_not_the_first_of_its_passage(home: Path) -> None:
    bakery = reading("bakery", "The oven is old.\nIts members knead at night.\nThey meet on Mondays.")
    index = indexed(home, [bakery, UNDATED])
    query = make_query(index, FakeEncoder(), [("members knead", 1.0)])
    near = search(index, query, 60)
    ranked = rank(index, query, "members knead", [query.asked], near)
    first = found(index, near, 1, ranked.sentences)[0]
    assert (first.resource, first.why) == (bakery, "says: Its members knead at night.")


def test_a_long_sentence_is_shortened_at_a_word(home: Path) -> None:
    long = reading("long", "Looms " + "and more looms " * 40)
    why = found(indexed(home, [long]), hits(indexed(home, [long]), "looms"), 1)[0].why
    assert len(why) < LONGEST_REASON + 20
    assert why.endswith((" looms …", " more …", " and …"))


@pytest.mark.parametrize("resource", COLLECTION, ids=lambda resource: resource.id)
def test_more_like_this_is_each_other_work_once_best_first_with_a_true_reason(
    index: Index, resource: Resource
) -> None:
    readings = Neighbours(index).of(resource.id, 100)
    assert sorted(works(readings)) == sorted({other.work_id for other in COLLECTION} - {resource.work_id})
    assert [one.score for one in readings] == sorted((one.score for one in readings), reverse=True)
    for one in readings:
        assert is_true(one, [resource]), one.why


def test_more_like_this_is_at_most_as_many_as_asked_for(index: Index) -> None:
    assert len(Neighbours(index).of(SCOP.id, 2)) == 2
    assert Neighbours(index).of(SCOP.id, 0) == ()


def test_the_same_topics_people_and_words_are_most_like_this(home: Path) -> None:
    twin = replace(MONDRAGON, id="twin", work=None, title="Mondragon again")
    assert Neighbours(indexed(home, [*COLLECTION, twin])).of(MONDRAGON.id, 1)[0].resource == twin


def test_a_reading_alone_in_the_collection_has_none_like_it(home: Path) -> None:
    assert Neighbours(indexed(home, [SCOP, SCOP_IN_FRENCH])).of(SCOP.id, 10) == ()


def test_a_reading_without_text_is_like_none_and_does_no_harm(home: Path) -> None:
    index = indexed(home, [MONDRAGON, SCOP, reading("blank", " ")])
    assert works(Neighbours(index).of(MONDRAGON.id, 10)) == [SCOP.work_id]
    assert Neighbours(index).of("blank", 10) == ()


def test_an_unknown_id_says_how_to_find_one(index: Index) -> None:
    with pytest.raises(UnknownReading, match=r"'no-such'.*search WORDS"):
        Neighbours(index).of("no-such", 3)
