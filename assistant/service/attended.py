"""The assistant as strangers reach it: each question in its turn, counted, and noted without its words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from threading import Event
from time import perf_counter
from typing import Any

from assistant.answer import Answer
from assistant.service.desk import Desk
from assistant.service.metrics import Figures
from corpus.errors import CoopAssistantError, QuestionError, UnavailableError

_log = logging.getLogger(__name__)


class Attended:
    """Stands in for an assistant: `ask` and `stream` go by the desk, all else is the assistant's own.

    `who` gives the client's address; `longest` is the length of a question in characters.
    """

    def __init__(
        self,
        assistant: Any,  # noqa: ANN401, whatever answers: the real one or a scripted one
        desk: Desk,
        figures: Figures,
        who: Callable[[], str],
        *,
        longest: int,
        log_questions: bool,
    ) -> None:
        self._assistant = assistant
        self._desk = desk
        self._figures = figures
        self._who = who
        self._longest = longest
        self._log_questions = log_questions

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401, whatever the assistant has
        return getattr(self._assistant, name)

    def ask(self, question: str, *said: Any, **how: Any) -> Answer:  # noqa: ANN401, as the assistant's own
        """The assistant's answer. Raises UnavailableError beside what the assistant raises."""
        began = perf_counter()
        try:
            self._check(question)
            answer: Answer = self._desk.run(lambda: self._assistant.ask(question, *said, **how), self._who())
        except Exception as error:
            self._failed(question, error)
            raise
        self._done(answer, began)
        return answer

    def stream(self, question: str, *said: Any, **how: Any) -> Iterator[Answer]:  # noqa: ANN401
        """The assistant's answer as it grows; the last one is whole. A place is taken at once.

        Where nobody listens any more, or the time is up, the assistant's `stop` is set.
        """
        began = perf_counter()
        stop = how["stop"] = how.get("stop") or Event()
        try:
            self._check(question)
            answers = self._desk.stream(lambda: self._assistant.stream(question, *said, **how), self._who())
        except Exception as error:
            self._failed(question, error)
            raise
        return self._followed(question, answers, began, stop)

    def _followed(
        self, question: str, answers: Iterator[Answer], began: float, stop: Event
    ) -> Iterator[Answer]:
        answer = None
        try:
            for answer in answers:
                yield answer
        except GeneratorExit:
            self._figures.not_taken("left")
            raise
        except Exception as error:
            self._failed(question, error)
            raise
        finally:
            stop.set()
            answers.close()  # type: ignore[attr-defined]  # a generator: its work ends with its listener
        if answer:
            self._done(answer, began)

    def _check(self, question: str) -> None:
        if len(question) > self._longest:
            raise QuestionError(
                f"The question has {len(question):,} characters, and {self._longest:,} can be taken. "
                "Ask it in fewer words."
            )

    def _done(self, answer: Answer, began: float) -> None:
        seconds = perf_counter() - began
        outcome = self._figures.answered(answer, seconds)
        self._note(outcome, answer.question, milliseconds=round(seconds * 1000, 1))

    def _failed(self, question: str, error: Exception) -> None:
        match error:
            case UnavailableError():
                outcome = "refused" if error.yours else "no place"
            case QuestionError():
                outcome = "no question"
            case CoopAssistantError():
                outcome = "not possible"
            case _:
                outcome = "failed"
        self._figures.not_taken(outcome)
        self._note(outcome, question)

    def _note(self, outcome: str, question: str, **figures: float) -> None:
        words = {"question": question} if self._log_questions else {}
        _log.info("question", extra={"facts": {"outcome": outcome, **figures, **words}})
