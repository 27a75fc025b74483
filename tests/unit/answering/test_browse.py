"""Shelves of readings: each work once, in the order a library would give it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.browse import ORDERS, Order, browse, title_key
from corpus import STARTER, Filters, Resource, load
from tests.readings import COLLECTION, SCOP, SCOP_IN_FRENCH, UNDATED, reading


def headings(by: Order, resources: tuple[Resource, ...] = COLLECTION) -> list[str]:
    return [shelf.heading for shelf in browse(resources, by)]


def titled(title: str, language: str = "en") -> Resource:
    return reading(title.casefold().replace(" ", "-"), "Text.", title=title, language=language)


def test_topics_places_and_kinds_have_the_fullest_shelf_first() -> None:
    assert headings("topic")[:2] == ["finance", "cooperative cases and groups"]
    assert headings("kind") == ["news", "report", "instrument"]
    assert set(headings("place")) >= {"France", "India", "Spain", "Uruguay"}


def test_what_has_no_topic_place_or_date_stands_last() -> None:
    for by in ("topic", "place", "newest"):
        last = browse(COLLECTION, by)[-1]
        assert (last.heading, [one.resource for one in last.readings]) == ("", [UNDATED])


def test_the_newest_come_first() -> None:
    assert headings("newest") == ["2016", "2015", "2014", "2012", "2002", "1999", ""]
    march, may = replace(UNDATED, id="march", date="2016-03"), replace(UNDATED, id="may", date="2016-05-01")
    assert [one.resource.id for one in browse([march, may], "newest")[0].readings] == ["may", "march"]


def test_a_work_is_one_entry_with_its_other_editions() -> None:
    (entry,) = browse([SCOP, SCOP_IN_FRENCH], "kind")[0].readings
    assert (entry.resource, entry.editions) == (SCOP, (SCOP_IN_FRENCH,))


def test_the_entry_is_the_edition_in_the_readers_language() -> None:
    (entry,) = browse([SCOP, SCOP_IN_FRENCH], "kind", language="fr")[0].readings
    assert (entry.resource, entry.editions) == (SCOP_IN_FRENCH, (SCOP,))


def test_the_entry_is_an_edition_that_passes_the_filters() -> None:
    shelves = browse(COLLECTION, "kind", Filters(languages=frozenset(["fr"])))
    assert [one.resource for shelf in shelves for one in shelf.readings] == [SCOP_IN_FRENCH]


@pytest.mark.parametrize(
    ("title", "language", "letter"),
    [
        ("The Marcora law", "en", "M"),
        ("L’économie sociale", "fr", "E"),
        ("Les Scop", "fr", "S"),
        ("Éthique", "fr", "E"),
        ("Los ñandúes", "es", "N"),
        ("“A” is for asset locks", "en", "A"),
        ("La Fageda", "en", "L"),
        ("2019 figures", "en", "#"),
        ("労働者協同組合", "ja", "#"),
        ("The", "en", "T"),
    ],
)
def test_a_title_stands_under_its_first_letter_without_article_or_accent(
    title: str, language: str, letter: str
) -> None:
    assert headings("title", (titled(title, language),)) == [letter]


def test_titles_stand_in_order_whatever_their_accents_and_capitals() -> None:
    titles = [titled("The zebra"), titled("État", "fr"), titled("eta"), titled("Etat b"), titled("100 firms")]
    listed = [one.resource.title for shelf in browse(titles, "title") for one in shelf.readings]
    assert listed == ["eta", "État", "Etat b", "The zebra", "100 firms"]


def test_in_spanish_a_letter_with_tilde_is_a_letter_of_its_own() -> None:
    words = [titled(title, "es") for title in ("Ñame", "Nz", "Oca")]
    assert [shelf.heading for shelf in browse(words, "title", language="es")] == ["N", "Ñ", "O"]
    assert title_key(words[0]) == "name"


@pytest.mark.parametrize("by", ORDERS)
def test_no_work_of_the_starter_collection_is_left_out(by: Order) -> None:
    resources = load(STARTER)
    shelves = browse(resources, by)
    works = {one.resource.work_id for shelf in shelves for one in shelf.readings}
    assert works == {resource.work_id for resource in resources}
    assert all(shelf.readings for shelf in shelves)
    assert len({shelf.heading for shelf in shelves}) == len(shelves)


def test_the_facets_of_a_search_count_the_readings_that_it_finds(quick_starter: Assistant) -> None:
    everything = {facet.name: facet for facet in quick_starter.facets()}
    assert everything["language"].choices[0].count == sum(r.language == "en" for r in quick_starter.resources)
    found = {facet.name: facet for facet in quick_starter.facets("worker buyouts in Italy")}
    places = {choice.value: choice.count for choice in found["place"].choices}
    assert places["Italy"] > places.get("Japan", 0)
    assert sum(choice.count for choice in found["language"].choices) < len(quick_starter.resources) / 2


def test_facets_after_an_answer_are_of_what_was_found_for_it(quick_starter: Assistant) -> None:
    question = "How are worker buyouts financed in Italy?"
    italy = Filters(places=frozenset(["Italy"]))
    searched = quick_starter.facets(question), quick_starter.facets(question, italy)
    understood = quick_starter.ask(question).understood_as
    assert understood == question
    assert (quick_starter.facets(question), quick_starter.facets(question, italy)) == searched


def test_the_assistant_puts_its_readings_on_shelves(quick_starter: Assistant) -> None:
    italy = Filters(places=frozenset(["Italy"]))
    shelves = quick_starter.browse("kind", italy)
    works = {one.resource.work_id for shelf in shelves for one in shelf.readings}
    assert works == {resource.work_id for resource in quick_starter.resources if italy.admit(resource)}
