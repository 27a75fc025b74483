from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, Usage
from assistant.generation.failure import HAPPENED
from assistant.generation.generate import FAILED, NOTHING_LEFT, SAYS_NO
from assistant.web.conversation import Exchange, restored, saved
from assistant.web.remarks import remark_in, usage_in
from assistant.web.strings import LANGUAGES

MODEL = "llama3.2"
USAGE = Usage(model=MODEL, seconds_to_first_word=0.42, seconds=3.16, prompt_tokens=1210, completion_tokens=85)
ANSWER = Answer(question="Why?", understood_as="Why?", intent="question", answered=True, usage=USAGE)
REMARKS = [
    *(FAILED.format(model=MODEL, happened=happened) for happened in HAPPENED.values()),
    NOTHING_LEFT.format(model=MODEL),
    SAYS_NO.format(model=MODEL),
]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("remark", REMARKS)
def test_what_became_of_a_model_is_told_in_the_pages_language(remark: str, code: str) -> None:
    said = remark_in(replace(ANSWER, remark=remark), LANGUAGES[code])
    assert MODEL in said
    assert (said.replace("’", "'") == remark) is (code == "en")


def test_a_remark_that_the_page_does_not_know_stays_as_it_is() -> None:
    assert remark_in(replace(ANSWER, remark="You're welcome."), LANGUAGES["fr"]) == "You're welcome."


def test_what_a_model_took_is_told_and_outlives_a_reload() -> None:
    written = replace(ANSWER, writer=MODEL)
    (exchange,) = restored(saved([Exchange("Why?", written)]), lambda id_: pytest.fail(id_))
    assert exchange.answer
    assert usage_in(exchange.answer, LANGUAGES["en"]) == (
        "Written by llama3.2, each sentence checked against the readings · first word after 0.4 s · "
        "3.2 s in all · 1,210 tokens read, 85 written"
    )


def test_a_server_that_counts_nothing_is_told_without_tokens() -> None:
    silent = replace(USAGE, seconds_to_first_word=None, prompt_tokens=None)
    said = usage_in(replace(ANSWER, usage=silent), LANGUAGES["fr"])
    assert said == "llama3.2 a été interrogé · 3,2 s en tout"
    assert usage_in(replace(ANSWER, usage=None), LANGUAGES["fr"]) == ""
