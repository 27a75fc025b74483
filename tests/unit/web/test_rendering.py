from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.answer import Answer, AnswerSentence
from assistant.web import rendering
from assistant.web.conversation import Exchange
from assistant.web.view import collection_figures
from tests.browser.scripted import (
    BUYOUTS,
    FIRST,
    FOLLOW_UP,
    OWN_WORDS,
    UNANSWERABLE,
    WITHOUT_ADDRESS,
    answered,
    citation,
    conversation,
    reading,
)

ASSISTANT = conversation()


def _page(answer: Answer, shown: int | None = None) -> str:
    exchange = Exchange(answer.question, answer)
    if shown is None:
        return rendering.current(exchange)
    return rendering.with_sentences(rendering.current(exchange, coming=True), shown)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=y>", "'\" onclick='x'", "&lt;b&gt;"]
)
def test_text_of_any_origin_is_escaped(text: str) -> None:
    hostile = reading("h", text, f"{text} stands here.", people=(text,), publisher=text, kind=text)
    answer = answered(text, [citation(1, hostile, f"{text} stands here.")], understood_as=f"{text}?")
    page = _page(replace(answer, remark=text, suggestions=(text,)))
    page += rendering.past((Exchange(text, remark=text),)) + rendering.current(Exchange(text), coming=True)
    page += rendering.welcome(collection_figures((replace(hostile, topics=(text,)),)))
    assert text not in page
    assert "<script" not in page
    assert "<img" not in page


def test_an_address_that_is_no_web_address_is_not_linked() -> None:
    hostile = reading("h", "Title", "A line.", url="javascript:alert(1)", archived_url="data:text/html,x")
    page = _page(answered("?", [citation(1, hostile, "A line.")]))
    assert "javascript:" not in page
    assert "data:" not in page
    assert "no address known; cited by its title" in page


def test_every_link_opens_a_new_tab_that_knows_nothing_of_this_one() -> None:
    links = re.findall(r"<a [^>]*>", _page(ASSISTANT.ask(FIRST)))
    assert links
    for link in links:
        assert 'target="_blank"' in link
        assert 'rel="noopener noreferrer"' in link


def test_control_and_direction_characters_are_left_out() -> None:
    page = rendering.past((Exchange("a\x00b\x1bc\u202ed\u2066e\ufefff\ng", remark="."),))
    assert "abcdef\ng" in page


def test_a_sentence_links_to_the_page_it_was_learned_from() -> None:
    page = _page(ASSISTANT.ask(FIRST))
    assert '<a class="number" href="https://law.example.net/marcora"' in page
    assert "learned at ↗ law.example.net" in page


def test_a_note_is_labelled_and_never_in_quotation_marks() -> None:
    page = _page(ASSISTANT.ask(FIRST))
    assert "<q>" not in page
    assert "from our notes on this reading" in page
    assert "word for word from our notes on the reading" in page


def test_a_reading_s_own_words_are_a_quotation() -> None:
    page = _page(ASSISTANT.ask(FOLLOW_UP))
    assert f"<q>{OWN_WORDS.text.partition('. ')[0]}.</q>" in page
    assert "in the reading’s own words" in page


def test_own_words_that_were_put_differently_are_no_quotation() -> None:
    answer = ASSISTANT.ask(FOLLOW_UP)
    page = _page(replace(answer, sentences=(AnswerSentence("Savings paid.", (1,), "supported"),)))
    assert "<q>" not in page
    assert "in other words, supported by the reading" in page


def test_a_mark_has_a_text_for_those_who_can_not_see_it() -> None:
    answer = ASSISTANT.ask(FIRST)
    page = _page(replace(answer, sentences=(AnswerSentence("Who knows.", (), "unsupported"),)))
    assert '<span class="unseen"> (not supported by a reading) </span>' in page


def test_copies_and_library_records_are_called_so() -> None:
    page = _page(ASSISTANT.ask(FIRST))
    assert '<span class="address-kind">a copy</span>' in page
    assert '<span class="address-kind">library record</span>' in page
    assert page.count('class="address-kind">publisher') == 0


def test_a_reading_without_an_address_is_cited_by_title() -> None:
    page = _page(answered("?", [citation(1, WITHOUT_ADDRESS, WITHOUT_ADDRESS.text)]))
    assert (
        '<button type="button" class="number" aria-label="Source 1: Workers&#39; cooperatives, no address"'
        in page
    )
    assert "no address known; cited by its title" in page


def test_another_language_than_the_page_s_is_said_and_marked() -> None:
    page = _page(ASSISTANT.ask(FIRST))
    assert '<cite lang="es">Las empresas recuperadas' in page
    assert "working paper · Spanish" in page


def test_a_note_in_english_on_a_reading_in_another_language_is_marked_as_english() -> None:
    lines = ("The law of 1985 helps the workers.", "La ley ayuda a los trabajadores.")
    spanish = reading("s", "Título", "\n".join(lines), language="es")
    page = _page(answered("?", [citation(number, spanish, line) for number, line in enumerate(lines, 1)]))
    assert f'<span class="sentence">{lines[0]}' in page
    assert f'<span class="sentence" lang="es">{lines[1]}' in page


def test_what_was_understood_is_shown_only_if_it_differs() -> None:
    assert "understood as: Who paid" in _page(ASSISTANT.ask(FOLLOW_UP))
    assert "understood as" not in _page(ASSISTANT.ask(FIRST))


def test_what_is_not_to_be_seen_yet_keeps_its_place() -> None:
    answer = ASSISTANT.ask(FIRST)
    page = _page(answer, shown=1)
    assert page.count('class="sentence coming"') == 2
    assert 'class="after coming"' in page
    assert 'aria-busy="true"' in page
    whole = _page(answer)
    assert "coming" not in whole
    assert page.replace(" coming", "").replace('aria-busy="true"', 'aria-busy="false"') == whole


def test_no_answer_comes_with_the_nearest_readings_and_questions_to_click() -> None:
    page = _page(ASSISTANT.ask(UNANSWERABLE))
    assert "The nearest readings" in page
    assert f'data-question="{FIRST}"' in page


def test_an_answer_from_another_state_of_the_collection_can_be_asked_again() -> None:
    page = rendering.current(Exchange(FIRST, outdated=True))
    assert "The collection has changed" in page
    assert f'data-question="{FIRST}"' in page


@pytest.mark.parametrize("asked", [FIRST, UNANSWERABLE])
def test_a_list_of_readings_stands_in_the_middle_before_what_is_said_of_them(asked: str) -> None:
    answer = replace(ASSISTANT.ask(asked), answered=True, intent="readings", remark="")
    page = _page(answer)
    assert "Readings found" in page
    assert "<aside" not in page
    assert page.index("Readings found") < page.find("<h3>Sources") or not answer.sentences


def test_no_page_speaks_of_its_machinery() -> None:
    pages = [_page(ASSISTANT.ask(q)) for q in (FIRST, FOLLOW_UP, UNANSWERABLE)]
    pages += [
        rendering.welcome(collection_figures((BUYOUTS,))),
        rendering.header(),
        rendering.current(Exchange("?"), coming=True),
    ]
    for word in ("chunk", "embedding", "vector", "hallucinat"):
        assert not any(word in page.lower() for page in pages)
