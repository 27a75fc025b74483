"""The collection that comes with the program has what its catalogue had, no more and no less."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus import STARTER, Resource, load, split_passages, split_sentences, to_markdown, topics
from corpus.check import FIELDS, KINDS
from corpus.resource import ARCHIVE

MANY_NOTES = 8


@pytest.fixture(scope="module")
def starter() -> tuple[Resource, ...]:
    return load(STARTER)


def test_it_has_264_readings_with_1166_notes_in_five_languages(starter: tuple[Resource, ...]) -> None:
    assert len(starter) == 264
    assert all(resource.notes for resource in starter)
    assert sum(len(split_sentences(resource)) for resource in starter) == 1166
    assert Counter(r.language for r in starter) == {"en": 237, "es": 13, "fr": 11, "it": 2, "pt": 1}


def test_it_has_the_ilo_page_and_the_26_items_of_its_list(starter: tuple[Resource, ...]) -> None:
    listed = [resource for resource in starter if resource.listed_by_ilo]

    assert len(listed) == 27
    assert [r.title for r in listed if r.kind == "thematic page"] == ["SSE: Worker cooperatives"]


def test_seven_readings_have_no_address_and_none_was_made_up(starter: tuple[Resource, ...]) -> None:
    without = {resource.id for resource in starter if not resource.url}

    assert without == {
        "ilo-brief-15-union-sse-partnerships",
        "ilo-cooperatives-today",
        "ilo-news-coop-impact-2019",
        "ilo-news-cooperatives-key-role-future-of-work",
        "ilo-platform-labour-search-of-value",
        "ilo-trinidad-domestic-workers-cooperative",
        "ilo-workers-cooperatives",
    }
    assert all(not r.archived_url and not r.url_kind for r in starter if r.id in without)


def test_every_note_has_an_address_that_the_reading_names(starter: tuple[Resource, ...]) -> None:
    for resource in starter:
        named = {resource.url, *resource.alternative_urls} - {None}
        assert {resource.url_at(sentence.start) for sentence in split_sentences(resource)} <= named


def test_431_notes_have_a_source_of_their_own(starter: tuple[Resource, ...]) -> None:
    assert sum(len(resource.sources) for resource in starter) == 431


def test_every_address_has_a_kind_and_an_archived_copy(starter: tuple[Resource, ...]) -> None:
    for resource in starter:
        if resource.url:
            assert resource.archived_url == ARCHIVE + resource.url
    assert Counter(resource.url_kind for resource in starter) == {
        "publisher": 179,
        "copy": 40,
        "republication": 23,
        "library record": 15,
        None: 7,
    }


def test_english_ilo_pages_are_cited_at_their_normal_address(starter: tuple[Resource, ...]) -> None:
    (page,) = (r for r in starter if r.id == "ilo-news-world-coop-congress-workers-organizations")

    assert page.url == "https://www.ilo.org/global/topics/cooperatives/news/WCMS_832092/lang--en/index.htm"
    assert page.alternative_urls[0].endswith("WCMS_832092/lang--fr/index.htm")
    assert page.url_at(0) == page.url


def test_readings_with_many_notes_have_headings_and_passages_stay_under_one(
    starter: tuple[Resource, ...],
) -> None:
    for resource in starter:
        many = len(split_sentences(resource)) >= MANY_NOTES
        assert bool(resource.sections) == many
        for passage in split_passages(resource):
            headings = {resource.heading_at(sentence.start) for sentence in passage.sentences}
            assert headings == {passage.heading}
            assert (passage.heading is not None) == many


def test_translations_share_a_work(starter: tuple[Resource, ...]) -> None:
    works = Counter(resource.work for resource in starter if resource.work)

    assert works == {
        "cicopa-world-declaration": 2,
        "perotin-what-do-we-really-know": 2,
        "vieta-italian-road": 2,
    }


def test_all_26_topics_and_all_kinds_but_that_of_unknown_files_are_used(
    starter: tuple[Resource, ...],
) -> None:
    assert {topic for resource in starter for topic in resource.topics} == set(topics())
    assert len(topics()) == 26
    assert {resource.kind for resource in starter} == set(KINDS) - {"document"}
    assert len(KINDS) == 17


def test_the_files_are_what_the_writer_writes(starter: tuple[Resource, ...]) -> None:
    for resource in starter:
        assert (STARTER / f"{resource.id}.md").read_text("utf-8") == to_markdown(resource)


def test_every_field_of_a_header_is_one_of_a_resource() -> None:
    assert set(FIELDS) <= set(Resource.__dataclass_fields__)
