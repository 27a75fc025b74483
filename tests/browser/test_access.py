"""For everyone: no serious finding of axe on any screen, all of it by keyboard, at twice the size."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, ask, running
from tests.browser.scripted import FIRST, FOLLOW_UP, conversation

TWICE_AS_LARGE = (640, 450)
"""What a window of 1280 by 900 pixels holds at 200 % zoom."""


@pytest.mark.parametrize(("scheme", "size"), [("light", None), ("dark", PHONE)])
def test_axe_finds_nothing_serious_on_any_screen(
    address: str, open_page: Open, scheme: str, size: tuple[int, int] | None
) -> None:
    page = open_page(address, size, scheme) if size else open_page(address, scheme=scheme)
    assert _serious(page) == []
    ask(page, FIRST)
    ask(page, FOLLOW_UP)
    _open_everything(page)
    assert _serious(page) == []


def _open_everything(page: Page) -> None:
    page.locator("#current .pen").click()
    for details in page.locator("#current details").all():
        details.evaluate("(details) => { details.open = true; }")
    page.locator("#current [data-similar]").first.click()
    page.locator(".trail .steps").wait_for()
    page.locator("#current .number").first.focus()
    expect(page.locator("#current .card").first).to_be_visible()


def _serious(page: Page) -> list[str]:
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:200]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]


def test_the_keyboard_alone_asks_reads_a_passage_and_goes_to_another_view(
    address: str, open_page: Open
) -> None:
    page = open_page(address)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(FIRST)
    page.keyboard.press("Enter")
    page.locator("#current [role=log][aria-busy=false]").wait_for()
    _tab_to(page, "#current .number")
    expect(page.locator("#current .card").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#current .card").first).to_be_hidden()
    _tab_to(page, "#current .readings [data-similar]")
    page.keyboard.press("Enter")
    expect(page.locator(".trail strong")).to_be_focused()
    _tab_to(page, ".trail [data-step=close]")
    page.keyboard.press("Enter")
    expect(page.locator("#current .readings [data-similar]").first).to_be_focused()
    _tab_to(page, "nav [data-view=browse]", back=True)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#view-browse")).to_be_visible()
    expect(page.locator("nav [data-view=browse]")).to_have_attribute("aria-current", "page")


def _tab_to(page: Page, selector: str, *, back: bool = False) -> None:
    for _ in range(80):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not get to {selector}")


def test_new_answers_are_said_to_who_does_not_see_them(address: str, open_page: Open) -> None:
    page = open_page(address)
    ask(page, FIRST)
    log = page.get_by_role("log", name="Answer")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_contain_text("(word for word from our notes on the reading)")


def test_everything_is_there_at_twice_the_size(address: str, open_page: Open) -> None:
    page = open_page(address, TWICE_AS_LARGE)
    ask(page, FIRST)
    assert page.evaluate("document.documentElement.scrollWidth") <= TWICE_AS_LARGE[0]
    for control in (
        "#question textarea",
        "#ask",
        "nav [data-view=map]",
        "#current .number",
        "#current .actions",
    ):
        page.locator(control).first.scroll_into_view_if_needed()
        expect(page.locator(control).first).to_be_in_viewport()


def test_a_server_that_is_gone_is_said_in_the_reader_s_language(open_page: Open) -> None:
    with running(conversation()) as served:
        page = open_page(served, locale="es-UY")
        ask(page, FIRST)
    page.locator("#question textarea").fill(FOLLOW_UP)
    page.keyboard.press("Enter")
    said = page.get_by_role("status").filter(has_text="La sala de lectura no responde")
    expect(said).to_be_visible()
    page.keyboard.press("Enter")  # what it says of itself is not put out by trying again
    expect(said).to_be_visible()
    expect(page.locator("#current .sentence")).to_have_count(3)
    expect(page.locator("#question textarea")).to_have_value(FOLLOW_UP)
    expect(page.locator(".toast-body").first).to_be_hidden()


def test_a_view_has_an_address_and_the_browser_goes_back(address: str, open_page: Open) -> None:
    page = open_page(f"{address}?view=browse")
    expect(page.locator("#view-browse")).to_be_visible()
    expect(page.locator("#view-ask")).to_be_hidden()
    page.locator("nav [data-view=list]").click()
    expect(page.locator("#view-list")).to_be_visible()
    assert page.url.endswith("?view=list")
    page.go_back()
    expect(page.locator("#view-browse")).to_be_visible()
