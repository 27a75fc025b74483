"""What a reader does with the page, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from corpus.errors import QuestionError
from tests.browser.conftest import PHONE, Open, Requests, Serve, ask, wait_for_answer
from tests.browser.scripted import (
    BUYOUTS,
    FIRST,
    FOLLOW_UP,
    OWN_WORDS,
    UNANSWERABLE,
    conversation,
)


def test_the_first_screen_says_what_the_answers_rest_on_and_offers_ways_in(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(conversation()))
    expect(page.locator(".rests")).to_contain_text("4 readings · 5 notes · 2 languages")
    expect(page.locator(".examples .example")).to_have_count(6)
    expect(page.get_by_role("button", name="recovered enterprises, 1 reading")).to_be_visible()


def test_an_answer_links_each_sentence_to_its_source_and_stands_beside_related_readings(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(conversation()))
    ask(page, FIRST)
    sentences = page.locator("#current .sentence")
    expect(sentences).to_have_count(3)
    for number in range(3):
        expect(sentences.nth(number).locator(".number")).to_have_text(str(number + 1))
    sources = page.locator(".sources")
    expect(sources).to_contain_text("Marcelo Vieta, Antonella Carrano · CICOPA · 2016 · publication")
    expect(sources.get_by_role("link", name=re.compile("^archived: Three decades"))).to_have_attribute(
        "href", str(BUYOUTS.archived_url)
    )
    readings = page.get_by_label("Readings for this answer").locator(".reading")
    expect(readings).to_have_count(2)
    expect(readings.first).to_contain_text("also on workers who took over their firm, in Uruguay")
    expect(readings.first).to_contain_text("Juan Pablo Martí · 2013 · working paper · Spanish")
    expect(readings.first).to_contain_text("library record")
    expect(readings.first.locator(".editions")).to_contain_text("Workers' cooperatives")


def test_a_citation_opens_the_page_its_words_were_learned_from_in_a_new_tab(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(conversation()))
    ask(page, FIRST)
    page.context.route("https://law.example.net/**", lambda route: route.fulfill(body="the law"))
    number = page.locator("#current .number").first
    expect(number).to_have_attribute("rel", "noopener noreferrer")
    with page.context.expect_page() as opened:
        number.click()
    assert opened.value.url == "https://law.example.net/marcora"
    assert opened.value.evaluate("window.opener") is None


def test_hovering_or_focusing_a_number_shows_the_cited_words_in_their_passage(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(conversation()))
    ask(page, FIRST)
    citation = page.locator("#current .citation").nth(1)
    card = citation.locator(".card")
    expect(card).to_be_hidden()
    citation.locator(".number").hover()
    expect(card.locator("mark")).to_have_text(BUYOUTS.text.splitlines()[2])
    expect(card).to_contain_text("from our notes on this reading")
    page.mouse.move(1, 1)
    expect(card).to_be_hidden()
    citation.locator(".number").focus()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_on_a_phone_the_first_tap_shows_the_passage_and_stays_on_the_page(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(conversation()), PHONE)
    ask(page, FIRST)
    page.locator("#current .number").first.tap()
    card = page.locator("#current .card").first
    expect(card).to_be_visible()
    assert page.context.pages == [page]
    expect(card.get_by_role("link")).to_have_text("open ↗ law.example.net")


def test_a_number_is_large_enough_to_hit(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(conversation()), PHONE)
    ask(page, FIRST)
    for number in page.locator("#current .number").all():
        box = number.bounding_box()
        assert box and min(box["width"], box["height"]) >= 24


def test_a_follow_up_is_asked_with_what_was_said_and_shows_how_it_was_understood(
    serve: Serve, open_page: Open
) -> None:
    assistant = conversation()
    page = open_page(serve(assistant))
    ask(page, FIRST)
    ask(page, FOLLOW_UP)
    expect(page.locator("#current .understood")).to_contain_text("Who paid for worker buyouts")
    expect(page.locator("#current q")).to_have_text(OWN_WORDS.text.partition(". ")[0] + ".")
    expect(page.locator("#past .asked")).to_contain_text(FIRST)
    question, history = assistant.asked[-1]
    assert question == FOLLOW_UP
    assert [turn.role for turn in history] == ["user", "assistant"]
    assert history[1].cited == ("buyouts-italy", "no-address")
    assert history[1].content.startswith("The Marcora law of 1985")


def test_what_can_not_be_answered_says_so_and_offers_readings_and_questions_to_click(
    serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(conversation()))
    ask(page, UNANSWERABLE)
    expect(page.locator("#current .remark")).to_have_text("The collection has nothing that answers this.")
    expect(page.locator("#current .reading")).to_have_count(2)
    page.locator("#current").get_by_role("button", name=FIRST).click()
    wait_for_answer(page, FIRST)
    expect(page.locator("#current .sentence")).to_have_count(3)


def test_a_reload_shows_the_conversation_again_and_new_chat_empties_it(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(conversation()))
    ask(page, FIRST)
    ask(page, FOLLOW_UP)
    shown = _conversation(page)
    page.reload()
    expect(page.locator("#current .sentence")).to_have_count(1)
    assert _conversation(page) == shown
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator("#past section")).to_have_count(0)
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()


def test_sentences_arrive_one_by_one_and_nothing_moves(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(conversation()))
    page.evaluate(
        """() => {
            window.arrivals = [];
            new MutationObserver(() => {
                const sentences = [...document.querySelectorAll('#current .sentence')];
                if (!sentences.length) return;
                const seen = sentences.filter((s) => getComputedStyle(s).visibility === 'visible').length;
                const place = sentences.at(-1).getBoundingClientRect();
                window.arrivals.push([seen, place.top + scrollY, place.left]);
            }).observe(document.body, { subtree: true, childList: true, attributes: true });
        }"""
    )
    ask(page, FIRST)
    arrivals = page.evaluate("window.arrivals")
    assert {seen for seen, _, _ in arrivals} >= {1, 2, 3}
    assert len({(top, left) for _, top, left in arrivals}) == 1


def test_a_question_that_is_too_long_is_refused_in_plain_words(serve: Serve, open_page: Open) -> None:
    assistant = conversation()
    page = open_page(serve(assistant))
    ask(page, "why? " * 4000)
    expect(page.locator("#current .remark")).to_contain_text("up to 4,000 characters; this one has 19,999")
    assert not assistant.asked


def test_an_assistant_that_breaks_leaves_a_plain_line_and_the_page_goes_on(
    serve: Serve, open_page: Open
) -> None:
    assistant = conversation()
    assistant.failures = {
        "break": RuntimeError("the inner workings"),
        "refuse": QuestionError("The question is not one. Ask something else."),
    }
    page = open_page(serve(assistant))
    ask(page, "refuse")
    expect(page.locator("#current .remark")).to_have_text("The question is not one. Ask something else.")
    ask(page, "break")
    expect(page.locator("#current .remark")).to_contain_text("Something went wrong")
    assert "inner workings" not in page.content()
    ask(page, FIRST)
    expect(page.locator("#current .sentence")).to_have_count(3)


def test_nothing_is_wider_than_a_phone(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(conversation()), PHONE)
    for step in ("", FIRST, FOLLOW_UP, UNANSWERABLE, "a" * 3000):
        if step:
            ask(page, step)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_on_a_phone_the_readings_follow_the_answer_a_line_each(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(conversation()), PHONE)
    ask(page, FIRST)
    reading = page.locator("#current .side .reading").first
    expect(reading.locator("cite").first).to_be_visible()
    expect(reading.locator(".why")).to_be_hidden()
    reading.locator("summary").tap()
    expect(reading.locator(".why")).to_be_visible()


def test_the_page_asks_nothing_of_a_foreign_host_and_has_no_errors(
    serve: Serve, open_page: Open, requests: Requests
) -> None:
    address = serve(conversation())
    page = open_page(address)
    ask(page, FIRST)
    ask(page, UNANSWERABLE)
    assert requests.foreign(address) == []
    assert requests.complaints == []


def _conversation(page: Page) -> list[str]:
    return page.locator(".asked, .sentence, .reading cite").all_inner_texts()
