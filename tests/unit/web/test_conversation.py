from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.web.conversation import KEPT_EXCHANGES, Exchange, history, next_number, restored, saved
from corpus.errors import UnknownReading
from corpus.resource import Resource
from tests.browser.scripted import BUYOUTS, FIRST, UNANSWERABLE, conversation

ASSISTANT = conversation()


def _answer(question: str = FIRST) -> Answer:
    return ASSISTANT.ask(question)


def _through_the_browser(*exchanges: Exchange) -> Any:  # noqa: ANN401  JSON values
    return json.loads(json.dumps(saved(exchanges)))


def test_a_conversation_comes_back_from_the_browser_as_it_was() -> None:
    exchanges = (
        Exchange(FIRST, _answer()),
        Exchange("x", remark="Too long.", number=2),
        Exchange("y", _answer(UNANSWERABLE), number=3),
    )
    back = restored(_through_the_browser(*exchanges), ASSISTANT.resource)
    assert [exchange.question for exchange in back] == [FIRST, "x", "y"]
    assert back[1] == exchanges[1]
    assert back[0].answer and back[0].answer.sentences == _answer().sentences
    assert [c.words for c in back[0].answer.citations] == [c.words for c in _answer().citations]
    assert [c.url for c in back[0].answer.citations] == [c.url for c in _answer().citations]
    assert [(r.resource, r.why, r.editions) for r in back[0].answer.readings] == [
        (r.resource, r.why, r.editions) for r in _answer().readings
    ]
    assert back[2].answer and back[2].answer.suggestions == _answer(UNANSWERABLE).suggestions
    assert _through_the_browser(*back) == _through_the_browser(*exchanges)


def test_the_browser_keeps_the_latest_exchanges_only() -> None:
    exchanges = tuple(Exchange(str(number), remark="No.") for number in range(KEPT_EXCHANGES + 5))
    assert saved(exchanges)[0]["question"] == "5"
    assert len(saved(exchanges)) == KEPT_EXCHANGES


def test_an_exchange_keeps_its_number_when_those_before_it_are_forgotten() -> None:
    exchanges = [Exchange(str(n), remark="No.", number=n) for n in range(1, KEPT_EXCHANGES + 6)]
    back = restored(_through_the_browser(*exchanges), ASSISTANT.resource)
    assert [exchange.number for exchange in back] == list(range(6, KEPT_EXCHANGES + 6))
    assert next_number(back) == KEPT_EXCHANGES + 6
    assert next_number(()) == 1


@pytest.mark.parametrize("numbers", [(None, None, None), (0, 0, 0), (-5, 9**9, 2)])
def test_numbers_that_no_conversation_has_are_put_in_order(numbers: tuple[int | None, ...]) -> None:
    kept = _through_the_browser(*(Exchange("x", remark="No.") for _ in numbers))
    for value, number in zip(kept, numbers, strict=True):
        del value["number"]
        if number is not None:
            value["number"] = number
    back = [exchange.number for exchange in restored(kept, ASSISTANT.resource)]
    assert back[0] >= 1
    assert back == sorted(set(back))


def test_an_answer_whose_reading_is_gone_or_has_changed_is_not_shown_as_if_it_held() -> None:
    def gone(resource_id: str) -> Resource:
        raise UnknownReading(resource_id)

    def changed(resource_id: str) -> Resource:
        found = ASSISTANT.resource(resource_id)
        return replace(found, text="New. " + found.text) if found is BUYOUTS else found

    kept = _through_the_browser(Exchange(FIRST, _answer()))
    for find in (gone, changed):
        assert restored(kept, find) == (Exchange(FIRST, outdated=True),)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "text",
        7,
        {"question": "?"},
        [None, 3, "x", [], {}, {"question": 4}, {"question": "x" * 9000}],
        [{"question": "?", "sentences": [{"text": "t", "citations": ["a"], "support": "quoted"}]}],
        [{"question": "?", "sentences": [{"text": "t", "citations": [1], "support": "<b>"}]}],
    ],
)
def test_what_is_not_a_conversation_is_left_out(kept: object) -> None:
    assert restored(kept, ASSISTANT.resource) == ()


@pytest.mark.parametrize("places", [(-1, 5), (5, 3), (0, 10**9)])
def test_offsets_outside_the_text_are_not_believed(places: tuple[int, int]) -> None:
    kept = _through_the_browser(Exchange(FIRST, _answer()))
    kept[0]["citations"][0] |= {"start": places[0], "end": places[1], "words": ""}
    assert restored(kept, ASSISTANT.resource) == (Exchange(FIRST, outdated=True),)


def test_the_assistant_hears_what_was_said_and_which_readings_were_cited() -> None:
    user, assistant = history((Exchange(FIRST, _answer()), Exchange("x", remark="Too long.")))
    assert (user.role, user.content, user.cited) == ("user", FIRST, ())
    assert (assistant.role, assistant.cited) == ("assistant", ("buyouts-italy", "no-address"))
    assert assistant.content == _answer().text
