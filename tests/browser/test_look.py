"""Light and dark: what is written can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Serve, ask
from tests.browser.scripted import FIRST, UNANSWERABLE, conversation

READ = (".asked", ".words", ".sources cite", ".reading cite")
AROUND = (".understood", ".about", ".why", ".links a", ".number", ".mark", ".legend li", ".sources h3")

# The contrast of an element's colour against the nearest background behind it, by the formula of WCAG 2.2.
CONTRAST = """(element) => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const luminance = (colour) => channels(colour).slice(0, 3)
        .map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    let behind = element;
    while (channels(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const pair = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor].map(luminance);
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_in_both_themes(serve: Serve, open_page: Open, scheme: str) -> None:
    page = open_page(serve(conversation()), scheme=scheme)
    expect(page.locator(".example").first).to_be_visible()
    for element in page.locator(".lead, .rests, .welcome h2, .example, .topic, .count").all():
        assert element.evaluate(CONTRAST) >= 4.5
    ask(page, UNANSWERABLE)
    ask(page, FIRST)
    for selector, least in [(s, 7.0) for s in READ] + [(s, 4.5) for s in AROUND]:
        for element in page.locator(selector).all():
            assert element.evaluate(CONTRAST) >= least, selector
    for selector in ("#ask", "#new-chat", "#question textarea"):
        assert page.locator(selector).evaluate(CONTRAST) >= 4.5, selector


def test_the_reader_switches_the_theme_and_it_stays(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(conversation()))
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark or light").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
