"""Steering an answer: understood otherwise, again, stopped, undone, fuller, copied, shared, saved, judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Answer
from assistant.feedback import read_feedback
from assistant.settings import Settings
from tests.browser.conftest import PHONE, WIDE, Open, Serve, ask, until, wait_for_answer
from tests.browser.scripted import (
    BUYOUTS,
    FIRST,
    FOLLOW_UP,
    OWN_WORDS,
    RELATED,
    UNANSWERABLE,
    ScriptedAssistant,
    Told,
    answered,
    citation,
    conversation,
    reading,
)


def _do(page: Page, name: str) -> None:
    page.locator("#current .actions").get_by_role("button", name=name, exact=True).click()


def test_a_question_is_asked_again_as_the_reader_wants_it_understood(serve: Serve, open_page: Open) -> None:
    assistant = conversation()
    page = open_page(serve(assistant))
    ask(page, FIRST)
    ask(page, FOLLOW_UP)
    page.get_by_role("button", name="Change how the question is understood").click()
    field = page.get_by_label("The question as it shall be understood")
    expect(field).to_be_focused()
    expect(field).to_have_value("Who paid for worker buyouts of closing factories in Italy?")
    field.fill(FIRST)
    field.press("Enter")
    expect(page.locator("#current .sentence")).to_have_count(3)
    expect(page.locator("#current .asked")).to_contain_text(FOLLOW_UP)
    expect(page.locator("#current .understood")).to_contain_text(FIRST)
    expect(page.locator("#past .exchange")).to_have_count(1)
    assert assistant.told[-1].understood_as == FIRST

    _do(page, "fuller")
    expect(page.locator("#current .actions").get_by_role("button", name="shorter")).to_be_visible()
    assert assistant.told[-1] == Told(replace(assistant.told[-1].filters), FIRST, "fuller")


def test_escape_leaves_the_question_as_it_was_understood(address: str, open_page: Open) -> None:
    page = open_page(address)
    ask(page, FIRST)
    pen = page.get_by_role("button", name="Change how the question is understood")
    pen.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#current .edit")).to_be_hidden()
    expect(pen).to_be_focused()


def test_again_asks_once_more_and_undo_puts_the_question_back(serve: Serve, open_page: Open) -> None:
    assistant = conversation()
    page = open_page(serve(assistant))
    ask(page, FIRST)
    ask(page, FOLLOW_UP)
    _do(page, "again")
    until(page, lambda: [question for question, _ in assistant.asked] == [FIRST, FOLLOW_UP, FOLLOW_UP])
    wait_for_answer(page, FOLLOW_UP)
    expect(page.locator("#past .exchange")).to_have_count(1)
    assert assistant.asked[1] == assistant.asked[2]
    _do(page, "undo")
    expect(page.locator("#current .asked")).to_contain_text(FIRST)
    expect(page.locator("#past .exchange")).to_have_count(0)
    expect(page.locator("#question textarea")).to_have_value(FOLLOW_UP)
    _do(page, "undo")
    expect(page.locator(".welcome")).to_be_visible()
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()


def test_what_is_past_stays_as_it_is_in_the_page(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(conversation()))
    for number, question in enumerate((FIRST, FOLLOW_UP, UNANSWERABLE, FIRST)):
        ask(page, question)
        expect(page.locator("#past .exchange")).to_have_count(number)
    page.locator("#past .asked").first.evaluate("asked => { asked.dataset.mine = 'yes' }")
    ask(page, FOLLOW_UP)
    questions = [FIRST, FOLLOW_UP, UNANSWERABLE, FIRST]
    expect(page.locator("#past .asked")).to_contain_text(questions)
    expect(page.locator("#past .asked[data-mine]")).to_have_count(1)
    _do(page, "again")
    wait_for_answer(page, FOLLOW_UP)
    expect(page.locator("#past .asked")).to_contain_text(questions)
    _do(page, "undo")
    expect(page.locator("#past .asked")).to_contain_text(questions[:3])
    expect(page.locator("#question textarea")).to_have_value(FOLLOW_UP)
    ask(page, UNANSWERABLE)
    expect(page.locator("#past .asked")).to_contain_text(questions)
    page.get_by_role("button", name="Français").click()
    expect(page.locator("#past .unseen").first).to_contain_text("Vous")
    expect(page.locator("#past .asked")).to_contain_text(questions)
    page.reload()
    expect(page.locator("#past .asked")).to_contain_text(questions)


class SlowAssistant(ScriptedAssistant):
    """Says the first sentence and then thinks until it is stopped."""

    def stream(
        self,
        question: str,
        *said: Any,  # noqa: ANN401, ARG002
        stop: Event | None = None,
        **how: Any,  # noqa: ANN401, ARG002
    ) -> Iterator[Answer]:
        whole = self.ask(question)
        yield replace(whole, sentences=whole.sentences[:1])
        assert stop
        self.stopped = stop.wait(10)
        yield whole


def test_stop_keeps_what_was_said(serve: Serve, open_page: Open) -> None:
    answer = conversation().ask(FIRST)
    assistant = SlowAssistant((BUYOUTS,), (answer,))
    page = open_page(serve(assistant))
    page.locator("#question textarea").fill(FIRST)
    page.locator("#ask").click()
    expect(page.locator("#current .sentence")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#current .stopped")).to_have_text("Stopped here.")
    expect(page.locator("#current .sentence")).to_have_count(1)
    expect(page.locator("#current .sources li")).to_have_count(1)
    expect(page.locator("#ask")).to_be_visible()
    page.wait_for_timeout(200)
    assert assistant.stopped


def test_the_length_of_answers_is_set_and_kept(serve: Serve, open_page: Open) -> None:
    assistant = conversation()
    page = open_page(serve(assistant))
    fuller = page.get_by_label("Length of answers").get_by_role("button", name="fuller")
    fuller.click()
    expect(fuller).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(fuller).to_have_attribute("aria-pressed", "true")
    ask(page, FIRST)
    assert assistant.told[-1].length == "fuller"


def test_an_answer_is_copied_with_its_citations(address: str, open_page: Open) -> None:
    page = open_page(address)
    ask(page, FIRST)
    _do(page, "copy")
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert copied.startswith(f"{FIRST}\n\nThe Marcora law of 1985 lets workers")
    assert "into a cooperative. [1] Of the buyouts" in copied
    assert "[1] Marcelo Vieta, Antonella Carrano. 2016. Three decades of worker buyouts in Italy" in copied
    assert "https://law.example.net/marcora" in copied


def test_a_link_asks_the_same_of_the_same_readings(serve: Serve, open_page: Open) -> None:
    assistant = conversation()
    address = serve(assistant)
    page = open_page(address)
    ask(page, FIRST)
    ask(page, FOLLOW_UP)
    page.locator(".facet summary", has_text="Kind").click()
    page.locator(".facet").get_by_role("button", name="handbook").click()
    expect(page.locator("#current .narrowed")).to_be_visible()
    page.wait_for_function("() => document.querySelector('#current [role=log]').ariaBusy === 'false'")
    _do(page, "copy link")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}?q=And+who+paid")

    theirs = open_page(link, PHONE)
    wait_for_answer(theirs, FOLLOW_UP)
    expect(theirs.locator("#current .shared")).to_contain_text("The collection is as it was")
    expect(theirs.locator("#current .narrowed")).to_have_text("from 1 reading: kind handbook")
    expect(theirs.locator("#current .sentence q")).to_have_text(page.locator("#current q").inner_text())
    assert assistant.asked[-1] == (FOLLOW_UP, ())
    assert assistant.told[-1].understood_as == "Who paid for worker buyouts of closing factories in Italy?"
    assert theirs.url == address
    theirs.reload()
    expect(theirs.locator("#current .shared")).to_be_visible()
    assert assistant.asked[-1] == (FOLLOW_UP, ())


def test_a_link_says_when_the_collection_has_changed_since(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(conversation()))
    ask(page, FIRST)
    query = page.locator("#current [data-share]").get_attribute("data-share") or ""
    answers = (conversation().ask(FIRST),)
    more = (*conversation().resources, reading("new", "New", "A line."))
    changed = open_page(serve(ScriptedAssistant(more, answers)) + query)
    expect(changed.locator("#current .shared")).to_contain_text("The collection has changed")
    other = answered(FIRST, [citation(1, BUYOUTS, BUYOUTS.text.splitlines()[0])])
    differs = open_page(serve(ScriptedAssistant(conversation().resources, (other,))) + query)
    expect(differs.locator("#current .shared")).to_contain_text("differs from the one that was shared")


def test_a_conversation_is_saved_as_markdown_and_printed_with_its_bibliography(
    address: str, open_page: Open
) -> None:
    page = open_page(address)
    ask(page, FIRST)
    ask(page, FOLLOW_UP)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="save as Markdown").click()
    assert re.fullmatch(r"conversation-\d{4}-\d\d-\d\d\.md", downloading.value.suggested_filename)
    text = downloading.value.path().read_text("utf-8")
    assert text.index(f"## {FIRST}") < text.index(f"## {FOLLOW_UP}") < text.index("## Bibliography")
    assert "Three decades of worker buyouts in Italy" in text.partition("## Bibliography")[2]
    assert f"“{OWN_WORDS.text.partition('. ')[0]}.”" in text

    bibliography = page.locator(".bibliography")
    expect(bibliography).to_be_hidden()
    page.emulate_media(media="print")
    expect(bibliography).to_be_visible()
    expect(bibliography.locator("li")).to_have_count(3)
    for screen_only in ("#question", "#head", ".actions"):
        expect(page.locator(screen_only).first).to_be_hidden()
    expect(page.locator("#past .words")).to_be_visible()


def test_what_a_reader_thinks_of_an_answer_or_a_citation_is_kept_at_home(
    address: str, open_page: Open
) -> None:
    page = open_page(address)
    ask(page, FIRST)
    page.get_by_role("button", name="A good answer", exact=True).click()
    expect(page.locator("#said")).to_have_text("Noted. Thank you.")
    number = page.locator("#current .number").nth(1)
    number.focus()
    page.locator("#current .card").nth(1).get_by_role("button", name="this citation is wrong").click()
    page.wait_for_timeout(300)
    good, wrong = read_feedback(Settings.load().home)
    assert (good.verdict, good.question) == ("good", FIRST)
    assert good.answer.startswith("The Marcora law of 1985")
    assert (wrong.verdict, wrong.resource, wrong.sentence) == (
        "wrong citation",
        BUYOUTS.id,
        BUYOUTS.text.splitlines()[2],
    )
    assert BUYOUTS.text[wrong.start : wrong.end] == wrong.sentence


def test_a_citation_of_a_reading_s_own_words_leads_to_the_words(address: str, open_page: Open) -> None:
    page = open_page(address)
    ask(page, FIRST)
    ask(page, FOLLOW_UP)
    leads = page.locator("#current .number").get_attribute("href") or ""
    assert leads.startswith(f"{OWN_WORDS.url}#:~:text=Workers%20who")
    expect(page.locator("#current .card .provenance")).to_have_text("in the reading’s own words")


def test_more_like_this_goes_from_reading_to_reading_and_back(address: str, open_page: Open) -> None:
    for size in (None, PHONE):
        page = open_page(address, size) if size else open_page(address)
        ask(page, UNANSWERABLE)
        button = page.locator("#current .reading").first.get_by_role("button", name="more like this").first
        button.click()
        panel = page.locator(".trail")
        expect(panel.locator("strong")).to_have_text(f"More like “{RELATED[0].resource.title}”")
        expect(panel.locator("strong")).to_be_focused()
        expect(panel.locator(".reading")).to_have_count(3)
        expect(panel.locator(".why").first).to_contain_text("beside")
        panel.get_by_role("button", name=f"more like this: {BUYOUTS.title}").click()
        expect(panel.locator("strong")).to_have_text(f"More like “{BUYOUTS.title}”")
        panel.get_by_role("button", name="back").click()
        expect(panel.locator("strong")).to_have_text(f"More like “{RELATED[0].resource.title}”")
        expect(panel.get_by_role("button", name="back")).to_be_disabled()
        panel.get_by_role("button", name="forward").click()
        expect(panel.locator("strong")).to_have_text(f"More like “{BUYOUTS.title}”")
        panel.get_by_role("button", name="close").click()
        expect(panel).to_have_count(0)
        expect(button).to_be_focused()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_more_like_a_source_has_what_is_said_of_a_reading_under_its_title(
    address: str, open_page: Open, size: tuple[int, int]
) -> None:
    page = open_page(address, size)
    ask(page, FIRST)
    page.locator(".sources [data-similar]").first.click()
    card = page.locator(".sources .trail .reading").first
    expect(card).to_be_visible()
    left = "(element) => element.getBoundingClientRect().left"
    title, about = card.locator("cite").first, card.locator(".about").first
    assert abs(title.evaluate(left) - about.evaluate(left)) < 2


def test_facets_narrow_the_answer_down_and_one_is_taken_away_by_a_click(
    serve: Serve, open_page: Open
) -> None:
    assistant = conversation()
    page = open_page(serve(assistant))
    ask(page, FIRST)
    facet = page.locator(".facet").filter(has=page.locator("summary", has_text="Language"))
    facet.locator("summary").first.click()
    choices = facet.get_by_role("button")
    assert _texts(choices.all_inner_texts()) == ["English 3", "Spanish 1"]
    choices.nth(1).click()
    expect(page.locator("#current .narrowed")).to_have_text("from 1 reading: language Spanish")
    assert assistant.told[-1].filters.languages == frozenset({"es"})
    wait_for_answer(page, FIRST)
    page.get_by_role("button", name="Take away: Language Spanish").click()
    expect(page.locator("#current .narrowed")).to_have_count(0)
    wait_for_answer(page, FIRST)
    assert not assistant.told[-1].filters
    expect(page.locator("#past .exchange")).to_have_count(0)


def _texts(texts: Sequence[str]) -> list[str]:
    return [re.sub(r"[\s:]+", " ", text).strip() for text in texts]
