"""Browse: shelves, facets and the address, by mouse and keyboard, wide and on a phone."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from assistant.browse import Order, Shelf
from corpus.filters import EVERYTHING, Filters
from tests.browser.conftest import PHONE, Open, Serve
from tests.browser.rooms import fits, serious
from tests.browser.scripted import ScriptedAssistant, reading


def test_from_topic_to_place_to_a_filter_and_back(library: str, open_page: Open) -> None:
    page = open_page(f"{library}?view=browse")
    expect(page.locator("#browse .orders [aria-current]")).to_have_text("Topic")
    page.locator("#browse .orders").get_by_role("link", name="Place").click()
    page.locator("#browse .shelves a", has_text="Italy").first.click()
    heading = page.locator("#shelf-heading")
    expect(heading).to_have_text("Italy")
    expect(heading).to_be_focused()
    shelf = page.locator("#browse .shelves [aria-current] .count")
    assert int(shelf.inner_text()) == page.locator("#browse .shelf .readings > .reading").count()
    page.locator("#browse .facet summary", has_text="Kind").click()
    choice = page.locator("#browse [data-go='kind:news']")
    promised = choice.locator(".count").inner_text()
    choice.click()
    expect(page.locator("#browse .state")).to_contain_text(f"{promised} readings")
    expect(page.locator("#browse .choice[aria-current]")).to_be_focused()
    assert page.url.endswith("?view=browse&by=place&shelf=Italy&kind=news")
    page.go_back()
    expect(page.locator("#browse .state")).to_contain_text("264 readings")


def test_a_link_opens_at_the_shelf_in_the_readers_language(library: str, open_page: Open) -> None:
    page = open_page(f"{library}?view=browse&by=place&shelf=Italy&language=it", locale="fr-FR")
    expect(page.locator("#shelf-heading")).to_have_text("Italie")
    expect(page.locator("#browse .chip")).to_contain_text("italien")
    page.locator("[data-do=language][data-language=es]").click()
    expect(page.locator("#browse .orders [aria-current]")).to_have_text("lugar")
    expect(page.locator("#shelf-heading")).to_have_text("Italia")


class SlowShelves(ScriptedAssistant):
    """Its shelves come after the page has found out which language its reader wants."""

    def browse(self, by: Order, filters: Filters = EVERYTHING, language: str = "en") -> tuple[Shelf, ...]:
        time.sleep(1)
        return super().browse(by, filters, language)


def test_a_view_that_comes_late_is_in_the_readers_language_too(serve: Serve, open_page: Open) -> None:
    assistant = SlowShelves([reading("italy", "In Italy", "Text.", places=("Italy",))], ())
    page = open_page(f"{serve(assistant)}?view=browse&by=place", locale="fr-FR")
    expect(page.locator("#shelf-heading")).to_have_text("Italie")


@pytest.mark.parametrize(("scheme", "size"), [("light", None), ("dark", PHONE)])
def test_shelves_are_for_everyone(
    library: str, open_page: Open, scheme: str, size: tuple[int, int] | None
) -> None:
    address = f"{library}?view=browse&by=title&shelf=C&kind=guide"
    page = open_page(address, size, scheme) if size else open_page(address, scheme=scheme)
    page.locator("#browse .reading").first.wait_for()
    if size:
        page.locator("#browse .shelves summary").click()
    assert page.locator("#browse .shelves a").first.is_visible()
    assert serious(page, "#view-browse") == []
    assert fits(page)
