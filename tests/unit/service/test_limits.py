from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from assistant.answer import Answer
from assistant.service.attended import Attended
from assistant.service.desk import FULL, STOPPING, Desk
from assistant.service.metrics import Figures
from assistant.service.rate import MOST_CLIENTS, Rate
from assistant.settings import Settings
from corpus.errors import HomeError, QuestionError, UnavailableError

WAIT = 10.0


class Slow:
    """Answers when it is let, and counts how many it is asked at the same time."""

    def __init__(self) -> None:
        self.let = Event()
        self.begun = 0
        self.stops: list[Event] = []

    def ask(self, question: str) -> Answer:
        self.begun += 1
        assert self.let.wait(WAIT)
        return Answer(question=question, understood_as=question, intent="question", answered=True)

    def stream(self, question: str, *, stop: Event) -> Iterator[Answer]:
        self.stops.append(stop)
        for number in range(1000):
            if stop.is_set():
                return
            yield Answer(question=question, understood_as=str(number), intent="question", answered=True)
            time.sleep(0.001)


def attended(
    assistant: object, longest: int = 4000, who: str = "a", **limits: int
) -> tuple[Attended, Desk, Figures]:
    desk, figures = Desk(Settings(**limits)), Figures()  # type: ignore[arg-type]
    return (
        Attended(assistant, desk, figures, lambda: who, longest=longest, log_questions=False),
        desk,
        figures,
    )


def until(condition: Callable[[], bool]) -> None:
    ended = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < ended
        time.sleep(0.002)


def test_so_many_at_once_so_many_waiting_and_no_more() -> None:
    slow = Slow()
    assistant, desk, figures = attended(slow, answers_at_once=2, waiting_questions=1)
    with ThreadPoolExecutor() as readers:
        asked = [readers.submit(assistant.ask, str(number)) for number in range(3)]
        until(lambda: slow.begun == 2 and desk.waiting == 1)
        with pytest.raises(UnavailableError, match=FULL) as refused:
            assistant.ask("one more")
        assert (refused.value.yours, refused.value.seconds) == (False, 5)
        slow.let.set()
        assert [one.result(WAIT).question for one in asked] == ["0", "1", "2"]
    until(lambda: desk.running == 0)
    assert 'assistant_questions_total{outcome="answered"} 3.0' in figures.text()
    assert 'assistant_questions_total{outcome="no place"} 1.0' in figures.text()


def test_an_answer_that_takes_too_long_is_given_up_and_still_holds_its_place() -> None:
    slow = Slow()
    assistant, desk, _ = attended(slow, answers_at_once=1, waiting_questions=1, answer_seconds=1)
    with pytest.raises(UnavailableError, match="longer than 1 seconds"):
        assistant.ask("slow")
    assert desk.running == 1
    slow.let.set()
    until(lambda: desk.running == 0)


def test_a_client_that_asks_too_often_is_told_when_to_come_again() -> None:
    slow = Slow()
    slow.let.set()
    assistant, _, _ = attended(slow, questions_per_minute=2)
    assistant.ask("1")
    assistant.ask("2")
    with pytest.raises(UnavailableError, match="Ask again in 30 seconds") as refused:
        assistant.ask("3")
    assert (refused.value.yours, refused.value.seconds) == (True, 30)


def test_who_is_here_is_answered_and_nobody_else_let_in_after_a_stop() -> None:
    slow = Slow()
    assistant, desk, _ = attended(slow)
    with ThreadPoolExecutor() as readers:
        asked = readers.submit(assistant.ask, "here")
        until(lambda: slow.begun == 1)
        desk.stop()
        with pytest.raises(UnavailableError, match=STOPPING):
            assistant.ask("late")
        slow.let.set()
        assert asked.result(WAIT).question == "here"


def test_a_stream_ends_when_nobody_listens_any_more() -> None:
    slow = Slow()
    assistant, desk, figures = attended(slow)
    answers = assistant.stream("grows")
    assert [next(answers).understood_as, next(answers).understood_as] == ["0", "1"]
    answers.close()  # type: ignore[attr-defined]
    assert slow.stops[0].is_set()
    until(lambda: desk.running == 0)
    assert 'outcome="left"' in figures.text()


def test_a_stream_has_its_time_as_well() -> None:
    class Stuck:
        def stream(self, question: str, *, stop: Event) -> Iterator[Answer]:
            yield Answer(question=question, understood_as="", intent="question", answered=True)
            stop.wait(WAIT)

    assistant, desk, _ = attended(Stuck(), answer_seconds=1)
    with pytest.raises(UnavailableError, match="longer than 1 seconds"):
        list(assistant.stream("stuck"))
    until(lambda: desk.running == 0)


def test_a_failure_is_counted_and_passed_on() -> None:
    class Broken:
        def ask(self, question: str) -> Answer:
            raise {"no": QuestionError("no"), "late": TimeoutError("its own")}.get(
                question, HomeError("gone")
            )

    assistant, _, figures = attended(Broken(), longest=10)
    for question, error in (("no", QuestionError), ("x" * 11, QuestionError), ("y", HomeError)):
        with pytest.raises(error):
            assistant.ask(question)
    with pytest.raises(TimeoutError, match="its own"):
        assistant.ask("late")
    for outcome, times in (("no question", 2), ("not possible", 1), ("failed", 1)):
        assert f'assistant_questions_total{{outcome="{outcome}"}} {times}.0' in figures.text()


def test_all_else_is_the_assistant_s_own() -> None:
    assistant, _, _ = attended(Slow())
    assert assistant.begun == 0


def test_a_bucket_fills_again_evenly() -> None:
    now = [0.0]
    rate = Rate(60, now=lambda: now[0])
    assert [rate.wait("a") for _ in range(60)] == [0] * 60
    assert rate.wait("a") == pytest.approx(1)
    assert rate.wait("b") == 0
    now[0] = 1.5
    assert rate.wait("a") == 0
    assert rate.wait("a") == pytest.approx(0.5)


def test_one_customer_s_ipv6_addresses_are_one_client() -> None:
    rate = Rate(1)
    assert rate.wait("2001:db8:1:2::1") == 0
    assert rate.wait("2001:db8:1:2:ffff::9") > 0
    assert rate.wait("2001:db8:1:3::1") == 0


def test_however_many_clients_come_so_many_are_remembered() -> None:
    rate = Rate(1)
    for number in range(MOST_CLIENTS + 1):
        rate.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(rate._buckets) == MOST_CLIENTS
