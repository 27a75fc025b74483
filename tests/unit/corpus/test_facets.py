"""Facets count what choosing them finds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import STARTER, Filters, Resource, load
from corpus.facets import FACETS, Facet, choose, chosen, facets_of, values
from corpus.filters import EVERYTHING
from tests.readings import COLLECTION, KERALA, MONDRAGON, UNDATED


@pytest.fixture(scope="module")
def starter() -> tuple[Resource, ...]:
    return load(STARTER)


def facet(name: str, filters: Filters = EVERYTHING, resources: tuple[Resource, ...] = COLLECTION) -> Facet:
    return next(facet for facet in facets_of(resources, filters) if facet.name == name)


def counts(of: Facet) -> dict[str, int]:
    return {choice.value: choice.count for choice in of.choices}


def test_every_facet_counts_the_readings_that_have_each_value() -> None:
    assert counts(facet("language")) == {"en": 6, "es": 1, "fr": 1}
    assert counts(facet("kind")) == {"news": 4, "report": 3, "instrument": 1}
    assert counts(facet("place"))["France"] == 2
    assert counts(facet("topic"))["finance"] == 4
    assert counts(facet("publisher"))["ILO"] == 3
    assert counts(facet("decade")) == {"2010s": 5, "2000s": 1, "1990s": 1}


def test_most_readings_come_first_and_the_latest_decade() -> None:
    assert [choice.value for choice in facet("language").choices] == ["en", "es", "fr"]
    assert [choice.value for choice in facet("decade").choices] == ["2010s", "2000s", "1990s"]


def test_a_facets_own_choice_shrinks_the_others_and_not_itself() -> None:
    french = Filters(languages=frozenset(["fr"]))
    assert counts(facet("language", french)) == counts(facet("language"))
    assert counts(facet("place", french)) == {"France": 1}
    assert [choice.value for choice in facet("language", french).choices if choice.chosen] == ["fr"]


def test_a_choice_that_leaves_nothing_can_still_be_taken_back() -> None:
    filters = Filters(languages=frozenset(["ja"]), kinds=frozenset(["report"]))
    languages = facet("language", filters)
    assert [(c.value, c.count) for c in languages.choices if c.chosen] == [("ja", 0)]


def test_a_reading_without_a_date_or_publisher_is_in_none_of_them() -> None:
    nameless = replace(UNDATED, publisher=None)
    assert values(nameless, "decade") == values(nameless, "publisher") == ()
    assert counts(facet("decade", resources=(nameless,))) == {}


def test_a_reading_counts_once_for_a_value_that_it_names_twice() -> None:
    assert counts(facet("place", resources=(replace(KERALA, places=("India", "India")),))) == {"India": 1}


def test_a_decade_is_a_filter() -> None:
    nineties = Filters(decades=frozenset(["1990s"]))
    assert [resource for resource in COLLECTION if nineties.admit(resource)] == [KERALA]
    assert not nineties.admit(MONDRAGON)


def test_for_programs_a_facet_is_its_name_and_its_choices() -> None:
    assert facet("language", Filters(languages=frozenset(["fr"]))).to_json()["choices"][2] == {
        "value": "fr",
        "count": 1,
        "chosen": True,
    }


@given(st.data())
def test_each_count_is_what_choosing_the_value_finds(data: st.DataObject) -> None:
    filters = EVERYTHING
    for name in FACETS:
        known = sorted({value for resource in COLLECTION for value in values(resource, name)})
        filters = choose(filters, name, data.draw(st.sets(st.sampled_from(known), max_size=2)))
    for found in facets_of(COLLECTION, filters):
        for choice in found.choices:
            narrowed = choose(filters, found.name, [choice.value])
            assert choice.count == sum(map(narrowed.admit, COLLECTION))
            assert choice.chosen == (choice.value in chosen(filters, found.name))


def test_the_starter_collection_is_counted_whole(starter: tuple[Resource, ...]) -> None:
    assert sum(counts(facet("language", resources=starter)).values()) == len(starter)
    assert counts(facet("kind", resources=starter))["news"] == sum(r.kind == "news" for r in starter)
