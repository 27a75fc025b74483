"""Whatever a model or its server does, the reader gets an answer at once, and one line on what happened."""

from __future__ import annotations

from threading import Event, Timer
from time import monotonic

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.generation.client import RemoteModel
from assistant.generation.failure import HAPPENED, Kind
from assistant.generation.generate import FAILED, INSTEAD
from assistant.generation.model import Patience
from assistant.generation.models import ModelAddress
from tests.model_server import QUICK, ModelServer
from tests.unit.answering.contract import assert_keeps_the_contract
from tests.unit.generation.conftest import FOUNDED, Opens

SOON = 0.3
"""Seconds after a failure."""

LATER = 1.5
"""Seconds after which a request that was to end would still be running: it has no end of its own."""

TRIES = 3
"""The quickest of these counts, since a machine that runs tests has other things to do."""


def asked(assistant: Assistant, model: str | None = None) -> tuple[Answer, float]:
    """The answer, and how long it took."""
    started = monotonic()
    return assistant.ask(FOUNDED, model=model), monotonic() - started


def quickest(assistant: Assistant, model: str | None = None) -> tuple[Answer, float]:
    """The same, of several tries the one that was disturbed least."""
    return min((asked(assistant, model) for _ in range(TRIES)), key=lambda tried: tried[1])


def assert_extractive(answer: Answer, model: str, kind: Kind) -> None:
    assert_keeps_the_contract(answer)
    assert answer.writer == "extract"
    assert answer.remark == FAILED.format(model=model, happened=HAPPENED[kind])
    assert answer.usage
    assert answer.usage.model == model


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("breaking", "broken"),
        ("empty", "empty"),
        ("circling", "repetition"),
        ("garbled", "not understood"),
        ("strange", "not understood"),
        ("web page", "not understood"),
        ("busy", "rate limit"),
        ("locked", "bad key"),
        ("nobody", "unknown model"),
        ("failing", "refused"),
        ("elsewhere", "refused"),
        ("forgetful", None),
    ],
)
def test_a_failure_leaves_the_extractive_answer_at_once(
    server: ModelServer, assistant_with: Opens, name: str, kind: Kind | None
) -> None:
    assistant = assistant_with(server.model(name))
    answer, seconds = quickest(assistant)
    _, without = quickest(assistant, "extract")

    assert seconds - without < SOON
    if kind:
        assert_extractive(answer, name, kind)
    else:
        assert answer.remark.endswith(INSTEAD)


@pytest.mark.parametrize("name", ["silent", "stalling"])
def test_a_server_that_says_nothing_is_left_when_its_time_is_over(
    server: ModelServer, assistant_with: Opens, name: str
) -> None:
    answer, seconds = asked(assistant_with(server.model(name)))

    assert_extractive(answer, name, "time out")
    assert seconds < QUICK.first_word + QUICK.next_word + LATER
    assert server.disconnected.wait(1)


def test_an_answer_without_end_is_ended(server: ModelServer, assistant_with: Opens) -> None:
    patience = Patience(first_word=1, next_word=1, whole=0.5)
    answer, seconds = asked(assistant_with(server.model("endless", patience=patience)))

    assert_extractive(answer, "endless", "time out")
    assert seconds < patience.whole + LATER


def test_where_no_server_is_the_reader_does_not_wait(assistant_with: Opens) -> None:
    gone = RemoteModel(ModelAddress("gone", "http://127.0.0.1:9/v1"), QUICK)
    assistant = assistant_with(gone)
    answer, seconds = quickest(assistant)

    assert_extractive(answer, "gone", "no server")
    assert seconds < SOON


def test_a_server_that_asks_for_a_moment_gets_it(server: ModelServer, assistant_with: Opens) -> None:
    answer, seconds = asked(assistant_with(server.model("busy once")))

    assert answer.writer == "busy once"
    assert seconds > 0.3


def test_a_model_that_can_read_little_gets_fewer_passages(server: ModelServer, assistant_with: Opens) -> None:
    answer, _ = asked(assistant_with(server.model("small")))

    assert answer.writer == "small"
    assert len(server.asked) > 1


def test_stopping_cancels_the_request_and_keeps_what_is_backed(
    server: ModelServer, assistant_with: Opens
) -> None:
    stop = Event()
    assistant = assistant_with(server.model("endless"))
    assistant.ask(FOUNDED, model="extract")
    Timer(0.15, stop.set).start()
    started = monotonic()
    *growing, last = assistant.stream(FOUNDED, stop=stop)

    assert monotonic() - started < 0.15 + LATER
    assert len(growing) > 3
    assert_extractive(last, "endless", "stopped")
    assert server.disconnected.wait(1)


def test_what_is_backed_stays_when_the_reader_stops(server: ModelServer, assistant_with: Opens) -> None:
    stop = Event()
    text = "Mondragon was founded in 1956 by five young engineers and a priest [1]. It was" + " so" * 400
    stream = assistant_with(server.model("slow talker", lambda _: text)).stream(FOUNDED, stop=stop)
    for answer in stream:
        if answer.sentences:
            stop.set()

    assert answer.writer == "slow talker"
    assert [sentence.support for sentence in answer.sentences] == ["quoted"]
    assert answer.writing == ""
    assert answer.remark == ""


def test_a_reader_who_goes_away_cancels_the_request(server: ModelServer, assistant_with: Opens) -> None:
    stream = assistant_with(server.model("endless")).stream(FOUNDED)
    next(stream)
    stream.close()

    assert server.disconnected.wait(1)
