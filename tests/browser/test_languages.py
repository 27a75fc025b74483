"""The page in the reader's language: the browser's, or the one that was chosen."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, ask
from tests.browser.scripted import FIRST, FOLLOW_UP


def test_the_page_speaks_the_browser_s_language(address: str, open_page: Open) -> None:
    page = open_page(address, locale="fr-CA")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page).to_have_title("Coopératives de travail · salle de lecture")
    expect(page.locator(".rests")).to_contain_text("4 lectures · 5 notes · 2 langues")
    expect(page.get_by_label("Votre question")).to_have_attribute("placeholder", "Posez une question…")
    expect(page.locator("#ask")).to_have_text("Demander")
    ask(page, FIRST)
    expect(page.locator("#current .legend")).to_contain_text("mot pour mot de nos notes sur la lecture")
    expect(page.locator("#current .reading .why").nth(1)).to_have_text(
        "aussi sur : reprises par les salariés"
    )
    expect(page.locator("#current .apart")).to_contain_text("espagnol")
    expect(page.locator("#current .words .sentence").first).to_have_attribute("lang", "en")
    said = page.locator("body").inner_text()
    for english in ("Sources and", "more like", "keep", "New chat", "Readings", "archived", "Ask"):
        assert english not in said


def test_the_language_is_switched_and_the_conversation_stays(address: str, open_page: Open) -> None:
    page = open_page(address, PHONE, locale="de-AT")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    ask(page, FIRST)
    ask(page, FOLLOW_UP)
    page.locator("#question textarea").fill("¿Y en Uruguay?")
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("#current .understood")).to_contain_text("entendido como")
    expect(page.locator("#past .asked")).to_contain_text(FIRST)
    expect(page.get_by_label("Su pregunta")).to_have_value("¿Y en Uruguay?")
    expect(page.locator("nav")).to_contain_text("Explorar")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("#past .asked")).to_contain_text(FIRST)
    expect(page.get_by_role("button", name="Español")).to_have_attribute("aria-pressed", "true")
