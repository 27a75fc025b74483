"""Text that tries to become part of the page stays text."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import expect

from assistant.answer import Answer, AnswerSentence, Reading
from tests.browser.conftest import Open, Requests, Serve, ask
from tests.browser.scripted import ScriptedAssistant, answered, citation, not_answered, reading

ATTACKS = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror=window.ran=2>",
    '"><svg onload=window.ran=3>',
    "'><iframe srcdoc='<script>parent.ran=4</script>'></iframe>",
    "![x](http://foreign.example/pixel.png) [y](javascript:window.ran=5)",
    "<style>body { background: url(http://foreign.example/css) }</style>",
    "<form action=http://foreign.example><input name=q autofocus onfocus=window.ran=6></form>",
    "${window.ran = 7} {{ 7 * 7 }} {% raw %} `${window.ran=8}` {{#each this}}",
    "</textarea></title></style></script><base href=http://foreign.example/>",
    "control \x00\x07\x1b[31m \u202eesrever \u2066 <!-- ",
)
WORDS = " ".join(ATTACKS)
QUESTION = "<b onmouseover=window.ran=9>Who?</b> ${window.ran=10} " + " ".join(ATTACKS[:-1])

HOSTILE = reading(
    "hostile",
    WORDS,
    f"{WORDS}\nAnd a plain line.",
    people=(WORDS,),
    publisher=WORDS,
    kind=WORDS,
    url="javascript:window.ran=11",
    archived_url="data:text/html,<script>window.ran=12</script>",
    topics=(WORDS,),
)
BROKEN_ADDRESS = reading("broken", "Broken", "A line.", url='http://[foreign" onclick=window.ran=13')


def _assistant() -> ScriptedAssistant:
    backing = citation(1, HOSTILE, WORDS.partition(" ")[0])
    answer: Answer = answered(
        QUESTION,
        [backing],
        [Reading(HOSTILE, WORDS, 0.5, (BROKEN_ADDRESS,)), Reading(BROKEN_ADDRESS, WORDS, 0.4)],
        understood_as=WORDS,
    )
    sentences = (*answer.sentences, AnswerSentence(WORDS, (1, 99), "supported"))
    answer = replace(answer, sentences=sentences, suggestions=(WORDS,), remark=WORDS)
    return ScriptedAssistant((HOSTILE, BROKEN_ADDRESS), (answer, not_answered(WORDS, (), (WORDS,))))


def test_no_text_of_a_reading_a_question_or_an_answer_becomes_part_of_the_page(
    serve: Serve, open_page: Open, requests: Requests
) -> None:
    address = serve(_assistant())
    page = open_page(address)
    ask(page, QUESTION)
    page.locator("#current .number").first.focus()
    expect(page.locator("#current .card").first).to_be_visible()
    page.reload()
    expect(page.locator("#current .sentence")).to_have_count(2)
    page.locator("#current .suggestions .example").first.click()
    expect(page.locator("#current .remark")).to_be_visible()
    expect(page.locator("#past .exchange")).to_have_count(1)

    assert page.evaluate("window.ran") is None
    assert requests.foreign(address) == []
    written = page.locator("#past, #current")
    assert written.locator("script, img, iframe, svg, style, form, input, base, object").count() == 0
    assert written.locator("a:not([href^=http])").count() == 0
    assert "<img src=x onerror=window.ran=2>" in page.locator("#past .sentence").nth(1).inner_text()
    assert not {"\x00", "\x07", "\x1b", "\u202e", "\u2066"} & set(written.first.inner_text())


def test_what_a_browser_kept_is_not_believed(serve: Serve, open_page: Open, requests: Requests) -> None:
    address = serve(_assistant())
    page = open_page(address)
    ask(page, QUESTION)
    page.evaluate(
        "for (const key of Object.keys(localStorage)) localStorage.setItem(key, '<img src=x onerror=ran=1>')"
    )
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert requests.foreign(address) == []
