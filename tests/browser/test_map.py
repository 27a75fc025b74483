"""The map: found by mouse, by keyboard and by touch, and the same as a list."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open
from tests.browser.rooms import fits, serious


def test_the_mouse_shows_a_card_and_opens_the_reading(library: str, open_page: Open) -> None:
    page = open_page(f"{library}?view=map")
    signs = page.locator("#map .sign")
    expect(signs).to_have_count(264)
    sign = signs.nth(100)
    sign.hover()
    card = page.locator("#map .map-card")
    expect(card.locator(".reading")).to_have_attribute("data-reading", str(sign.get_attribute("data-at")))
    assert str(sign.get_attribute("aria-label")).startswith(card.locator("cite").inner_text())
    assert card.locator(".links a").first.get_attribute("href") == sign.get_attribute("href")
    assert sign.get_attribute("target") == "_blank"
    page.locator("#map h2").hover()
    expect(card).to_be_hidden()
    entries = page.locator("#map .map-list .reading").evaluate_all(
        "all => all.map(one => one.dataset.reading)"
    )
    assert sorted(entries) == sorted(signs.evaluate_all("all => all.map(one => one.dataset.at)"))


def test_the_keyboard_goes_from_sign_to_sign(library: str, open_page: Open) -> None:
    page = open_page(f"{library}?view=map")
    page.locator("#map .sign[tabindex='0']").focus()
    ways = []
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        x, y = _place(page)
        page.keyboard.press(key)
        to_x, to_y = _place(page)
        ways.append((key, to_x - x, to_y - y))
    for key, across, down in ways:
        assert {"ArrowDown": down, "ArrowUp": -down, "ArrowRight": across, "ArrowLeft": -across}[key] > 0
    expect(page.locator("#map .map-card")).to_be_visible()
    expect(page.locator("#map .sign[tabindex='0']")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#map .map-card")).to_be_hidden()


def _place(page: Page) -> tuple[float, float]:
    """Where the sign that has the focus stands, in map units."""
    x, y = page.evaluate("(({ e, f }) => [e, f])(document.activeElement.transform.baseVal[0].matrix)")
    return float(x), float(y)


def test_a_topic_of_the_legend_is_shown_alone(library: str, open_page: Open) -> None:
    page = open_page(f"{library}?view=map")
    topic = page.locator("#map [data-topic]").first
    topic.click()
    expect(topic).to_have_attribute("aria-pressed", "true")
    name = topic.get_attribute("data-topic")
    clear = page.locator("#map .sign:not(.faint)")
    assert 0 < clear.count() < 264
    assert all(name in str(one.get_attribute("data-topics")).split("|") for one in clear.all())
    topic.click()
    expect(page.locator("#map .faint")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_is_for_everyone(library: str, open_page: Open, scheme: str) -> None:
    page = open_page(f"{library}?view=map", scheme=scheme)
    page.locator("#map .sign").nth(50).hover()
    assert serious(page, "#view-map") == []


def test_on_a_phone_a_first_tap_shows_the_card(library: str, open_page: Open) -> None:
    page = open_page(f"{library}?view=map", PHONE)
    sign = page.locator("#map .sign").nth(120)
    sign.scroll_into_view_if_needed()
    sign.tap()
    card = page.locator("#map .map-card .reading")
    expect(card).to_have_attribute("data-reading", str(sign.get_attribute("data-at")))
    assert len(page.context.pages) == 1
    assert fits(page)
