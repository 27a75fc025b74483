"""Where a reader is in the collection stands in the address, and every way on is a link."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.browse import ORDERS, Shelf
from assistant.web.browse import Browsing, Here, heading_of
from assistant.web.events import told
from assistant.web.room import Seen
from assistant.web.strings import ENGLISH, LANGUAGES
from corpus.facets import FACETS, choose
from corpus.filters import EVERYTHING, Filters
from tests.browser.scripted import conversation


class Click:
    """What Gradio hands over of a click."""

    def __init__(self, **values: str) -> None:
        self._data = values


def shown(query: str, language: str = "en") -> str:
    html, kept = Browsing(conversation()).show({"language": language}, Click(query=query))  # type: ignore[arg-type]
    assert kept == Seen(query, language)
    return html


@given(st.data())
def test_an_address_says_where_the_reader_is(data: st.DataObject) -> None:
    filters = EVERYTHING
    for facet in FACETS:
        names = data.draw(st.sets(st.text(st.characters(codec="utf-8"), min_size=1, max_size=9)))
        filters = choose(filters, facet, names)
    shelf = data.draw(st.none() | st.text(st.characters(codec="utf-8"), max_size=9))
    here = Here(data.draw(st.sampled_from(ORDERS)), shelf, filters)
    assert Here.of(here.address) == here


def test_an_address_that_says_nothing_is_the_first_shelf_of_topics() -> None:
    for query in ("", "?view=browse", "?by=colour", "?%ff&&=&by"):
        assert Here.of(query) == Here()


def test_another_order_begins_at_its_first_shelf_and_keeps_the_filters() -> None:
    here = Here("topic", "finance", Filters(languages=frozenset(["fr"])))
    assert here.ordered("place") == Here("place", None, here.filters)
    assert here.at("") == Here("topic", "", here.filters)
    assert here.narrowed("language", "fr").filters == here.widened().filters == EVERYTHING


def test_only_the_open_shelf_has_its_cards() -> None:
    html = shown("?by=kind&shelf=handbook")
    assert 'data-reading="handbook"' in html or "handbook" in html
    assert html.count('class="reading"') == 1
    assert 'aria-current="true">Kind' in html


def test_a_shelf_that_is_not_there_opens_the_first_one() -> None:
    assert 'class="reading"' in shown("?by=place&shelf=Atlantis")


def test_filters_that_nothing_passes_say_so_and_can_be_taken_away() -> None:
    html = shown("?language=ja")
    assert ENGLISH.nothing_admitted in html
    assert "Take away: Language Japanese" in html


def test_what_comes_in_an_address_is_text_and_nothing_else() -> None:
    html = shown("?by=topic&publisher=%3Cscript%3Ealert(1)%3C/script%3E&shelf=%22%3E%3Cimg+src=x%3E")
    assert "<script>" not in html
    assert "<img" not in html


def test_a_shelf_is_named_in_the_readers_language() -> None:
    assert heading_of(Shelf("Spain", ()), "place", LANGUAGES["fr"]) == "Espagne"
    assert heading_of(Shelf("", ()), "newest", ENGLISH) == "not known"
    assert heading_of(Shelf("2019", ()), "newest", LANGUAGES["es"]) == "2019"


def test_what_is_no_text_in_an_event_is_nothing() -> None:
    assert told(Click(), "query") == ""  # type: ignore[arg-type]
