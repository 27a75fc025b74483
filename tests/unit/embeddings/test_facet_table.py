"""A table of facets admits the readings that the filters admit one by one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.filters import Filters
from corpus.resource import Resource
from embeddings.facet_table import FacetTable
from tests.readings import COLLECTION, reading

VALUES = {
    "languages": ["en", "fr", "xx"],
    "kinds": ["note", "report", "xx"],
    "topics": ["Finance", "History", "xx"],
    "places": ["Italy", "India", "xx"],
    "publishers": ["ILO", "", "xx"],
    "decades": ["1990s", "2010s", "", "xx"],
}
YEARS = st.none() | st.integers(1988, 2022)


def some(field: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(VALUES[field]), max_size=2, unique=True)


@st.composite
def readings(draw: st.DrawFn) -> Resource:
    made = reading("a", "Members own it.")
    year = draw(YEARS)
    return replace(
        made,
        language=draw(st.sampled_from(VALUES["languages"])),
        kind=draw(st.sampled_from(VALUES["kinds"])),
        topics=tuple(draw(some("topics"))),
        places=tuple(draw(some("places"))),
        publisher=draw(st.none() | st.sampled_from(VALUES["publishers"])),
        date=None if year is None else str(year),
    )


@st.composite
def any_filters(draw: st.DrawFn) -> Filters:
    fields = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=2))  # more would let nothing through
    values = {field: frozenset(draw(some(field))) for field in fields}
    return Filters(**values, year_from=draw(YEARS), year_to=draw(YEARS))


@given(st.lists(readings(), max_size=12), any_filters())
def test_it_says_of_every_reading_what_the_filters_say(given_readings: list[Resource], by: Filters) -> None:
    assert FacetTable(given_readings).admitted(by).tolist() == [by.admit(one) for one in given_readings]


def test_without_a_filter_every_reading_is_admitted() -> None:
    assert FacetTable(COLLECTION).admitted(Filters()).all()
