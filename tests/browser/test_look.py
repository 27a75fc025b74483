"""Light and dark: what is written can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Serve, ask
from tests.browser.scripted import FIRST, FOLLOW_UP, UNANSWERABLE, conversation

FIRST_SCREEN = (".lead", ".rests", ".welcome h2", ".example", ".topic", ".count")
FRAME = ("#ask", ".lengths button", "nav a", ".tongue", "#question textarea")
READ = (".asked", ".words", ".sources cite", ".reading cite")
AROUND = (
    ".understood",
    ".plain",
    ".about",
    ".why",
    ".links a",
    ".number",
    ".mark",
    ".legend li",
    ".sources h3",
)

# The contrast of each element's colour against the nearest background behind it, by the formula of WCAG 2.2.
CONTRAST = """(elements) => elements.map((element) => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const luminance = (colour) => channels(colour).slice(0, 3)
        .map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    let behind = element;
    while (channels(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const pair = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor].map(luminance);
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_in_both_themes(serve: Serve, open_page: Open, scheme: str) -> None:
    page = open_page(serve(conversation()), scheme=scheme)
    expect(page.locator(".example").first).to_be_visible()
    for selector in (*FIRST_SCREEN, *FRAME):
        assert _least_contrast(page, selector) >= 4.5, selector
    ask(page, UNANSWERABLE)
    ask(page, FIRST)
    for selector in READ:
        assert _least_contrast(page, selector) >= 7, selector
    ask(page, FOLLOW_UP)
    for selector in AROUND:
        assert _least_contrast(page, selector) >= 4.5, selector


def _least_contrast(page: Page, selector: str) -> float:
    contrasts = page.locator(selector).evaluate_all(CONTRAST)
    assert contrasts, f"nothing is {selector}"
    return float(min(contrasts))


def test_the_reader_switches_the_theme_and_it_stays(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(conversation()))
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark or light").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
