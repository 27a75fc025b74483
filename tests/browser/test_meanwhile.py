"""What a reader does while an answer is still arriving is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Answer
from tests.browser.conftest import Open, Serve, ask, wait_for_answer
from tests.browser.scripted import (
    BUYOUTS,
    FIRST,
    FOLLOW_UP,
    OWN_WORDS,
    RELATED,
    SPANISH,
    UNANSWERABLE,
    WITHOUT_ADDRESS,
    ScriptedAssistant,
    answered,
    citation,
    not_answered,
)


class HesitantAssistant(ScriptedAssistant):
    """Says each answer and, until it is released or stopped, does not come to its end."""

    def __init__(self) -> None:
        super().__init__(
            (BUYOUTS, OWN_WORDS, SPANISH, WITHOUT_ADDRESS),
            (
                answered(FIRST, [citation(1, BUYOUTS, BUYOUTS.text.splitlines()[1])], RELATED),
                answered(FOLLOW_UP, [citation(1, OWN_WORDS, OWN_WORDS.text)]),
                not_answered(UNANSWERABLE, RELATED, ("How long do worker buyouts last?", FIRST)),
            ),
        )
        self.released = Event()
        self.released.set()

    def stream(
        self,
        *said: Any,  # noqa: ANN401
        stop: Event | None = None,
        **how: Any,  # noqa: ANN401
    ) -> Iterator[Answer]:
        for answer in super().stream(*said, **how):
            yield answer
            while stop and not stop.is_set() and not self.released.wait(0.02):
                pass
            yield answer


def _send(page: Page, question: str) -> None:
    field = page.locator("#question textarea")
    field.fill(question)
    field.press("Enter")


def _begin(page: Page, question: str) -> None:
    """Ask, and wait until the answer has begun to arrive."""
    _send(page, question)
    expect(page.locator("#current .asked")).to_contain_text(question)
    expect(page.locator("#current .sentence")).to_have_count(1)


@pytest.mark.parametrize("key", ["Enter", "click"])
def test_a_question_sent_in_peace_is_asked_once_and_at_once(serve: Serve, open_page: Open, key: str) -> None:
    assistant = HesitantAssistant()
    page = open_page(serve(assistant))
    page.evaluate(
        """() => {
            window.heard = [];
            const hear = ({ type, detail }) => detail === "linked" || window.heard.push(type);
            for (const what of ["room:asking", "room:waits"]) document.addEventListener(what, hear);
        }"""
    )
    page.locator("#question textarea").fill(FIRST)
    if key == "Enter":
        page.keyboard.press("Enter")
    else:
        page.locator("#ask").click()
    wait_for_answer(page, FIRST)
    page.wait_for_timeout(300)
    assert page.evaluate("window.heard") == ["room:asking"]
    assert len(assistant.asked) == 1


def test_a_question_that_was_not_asked_yet_outlives_a_reload(serve: Serve, open_page: Open) -> None:
    page = open_page(serve(HesitantAssistant()))
    field = page.locator("#question textarea")
    field.fill(FIRST)
    page.reload()
    expect(field).to_have_value(FIRST)
    field.press("Enter")
    wait_for_answer(page, FIRST)
    page.reload()
    wait_for_answer(page, FIRST)
    expect(field).to_have_value("")


def test_a_question_sent_while_an_answer_arrives_is_asked_after_it(serve: Serve, open_page: Open) -> None:
    assistant = HesitantAssistant()
    page = open_page(serve(assistant))
    assistant.released.clear()
    _begin(page, FIRST)
    _send(page, FOLLOW_UP)
    expect(page.locator("#said")).to_have_text("Asked as soon as this answer is complete.")
    assert len(assistant.asked) == 1
    assistant.released.set()
    wait_for_answer(page, FOLLOW_UP)
    expect(page.locator("#past .asked")).to_contain_text([FIRST])
    expect(page.locator("#past .stopped")).to_have_count(0)
    expect(page.locator("#question textarea")).to_have_value("")
    question, history = assistant.asked[-1]
    assert (question, [turn.content for turn in history[:1]]) == (FOLLOW_UP, [FIRST])


def test_a_question_that_is_changed_after_it_was_sent_waits_for_the_reader(
    serve: Serve, open_page: Open
) -> None:
    assistant = HesitantAssistant()
    page = open_page(serve(assistant))
    assistant.released.clear()
    _begin(page, FIRST)
    _send(page, FOLLOW_UP)
    field = page.locator("#question textarea")
    field.press("End")
    field.press_sequentially(" And when")
    assistant.released.set()
    wait_for_answer(page, FIRST)
    page.wait_for_timeout(200)
    expect(field).to_have_value(f"{FOLLOW_UP} And when")
    assert len(assistant.asked) == 1


def test_a_filter_taken_away_while_an_answer_arrives_is_gone_at_once(serve: Serve, open_page: Open) -> None:
    assistant = HesitantAssistant()
    page = open_page(serve(assistant) + f"?q={FIRST}&language=en".replace(" ", "%20"))
    wait_for_answer(page, FIRST)
    assistant.released.clear()
    _begin(page, FOLLOW_UP)
    page.get_by_role("button", name="Take away: Language English").click()
    assistant.released.set()
    expect(page.locator("#current .narrowed")).to_have_count(0)
    wait_for_answer(page, FOLLOW_UP)
    expect(page.locator("#current .stopped")).to_have_count(0)
    expect(page.locator("#past .exchange")).to_have_count(1)
    assert [bool(told.filters) for told in assistant.told] == [True, True, False]


def test_a_double_click_takes_a_filter_away_once(serve: Serve, open_page: Open) -> None:
    assistant = HesitantAssistant()
    page = open_page(serve(assistant) + f"?q={FIRST}&language=en".replace(" ", "%20"))
    wait_for_answer(page, FIRST)
    page.get_by_role("button", name="Take away: Language English").click(click_count=2, delay=15)
    expect(page.locator("#current .narrowed")).to_have_count(0)
    wait_for_answer(page, FIRST)
    page.wait_for_timeout(300)
    assert [bool(told.filters) for told in assistant.told] == [True, False]


def test_a_new_conversation_forgets_what_waits(serve: Serve, open_page: Open) -> None:
    assistant = HesitantAssistant()
    page = open_page(serve(assistant))
    assistant.released.clear()
    _begin(page, FIRST)
    _send(page, FOLLOW_UP)
    page.get_by_role("button", name="New chat").click()
    expect(page.locator("#current .welcome")).to_be_visible()
    assistant.released.set()
    page.wait_for_timeout(300)
    expect(page.locator("#current .welcome")).to_be_visible()
    assert len(assistant.asked) == 1
    ask(page, UNANSWERABLE)
    expect(page.locator("#past .exchange")).to_have_count(0)
