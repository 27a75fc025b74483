"""The figures of a running service, in the form that Prometheus reads. None of them tells who asked what."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from assistant.answer import Answer

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Figures:
    """Counts and times since the start."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._questions = Counter(
            "assistant_questions", "Questions by outcome", ["outcome"], registry=self._registry
        )
        self._stages = Histogram(
            "assistant_stage_seconds",
            "Time of an answer's stages",
            ["stage"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Histogram(
            "assistant_answer_seconds",
            "Time from a question to its whole answer, with the wait for its turn",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._requests = Counter(
            "assistant_requests", "Requests by status", ["status"], registry=self._registry
        )
        self._model_errors = Counter(
            "assistant_model_errors", "Answers that the language model failed at", registry=self._registry
        )

    def watch(self, name: str, about: str, value: Callable[[], float]) -> None:
        """Show what `value` gives whenever the figures are read."""
        Gauge(f"assistant_{name}", about, registry=self._registry).set_function(value)

    def answered(self, answer: Answer, seconds: float) -> str:
        """Count an answer, and give its outcome: answered, not answered or small talk."""
        outcome = "answered" if answer.answered else "not answered"
        outcome = "small talk" if answer.intent == "small talk" else outcome
        self.not_taken(outcome)
        self._answers.observe(seconds)
        for stage, milliseconds in answer.milliseconds.items():
            self._stages.labels(stage).observe(milliseconds / 1000)
        if answer.usage and answer.writer == "extract":
            self._model_errors.inc()
        return outcome

    def not_taken(self, outcome: str) -> None:
        """Count a question by what became of it."""
        self._questions.labels(outcome).inc()

    def requested(self, status: int) -> None:
        """Count a request by the first digit of its status: 2xx, 4xx."""
        self._requests.labels(f"{status // 100}xx").inc()

    def text(self) -> str:
        """All of them, in Prometheus' text format 0.0.4."""
        return generate_latest(self._registry).decode()
