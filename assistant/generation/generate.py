"""Have a language model write the answer, and keep it honest: what it gets, what is kept of what it says.

Whatever goes wrong, the extractive answer stands, with one line that says what happened.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Event
from time import perf_counter

from assistant.answer import Answer, Length, Usage
from assistant.generation.draft import Draft
from assistant.generation.failure import HAPPENED, ModelFailure
from assistant.generation.model import LanguageModel, Tokens
from assistant.generation.prompts import to_write
from assistant.generation.sources import ANSWER_TOKENS, choose_sources
from assistant.lookup import Found

SHARES = (1.0, 0.5, 0.25)
"""A model that can't read all passages at once gets fewer."""

INSTEAD = "These sentences stand in the readings."
FAILED = "{model} wrote no answer: {happened}. " + INSTEAD
NOTHING_LEFT = "Nothing that {model} wrote is backed by the readings. " + INSTEAD
SAYS_NO = "{model} finds no answer in the passages. " + INSTEAD

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written: an answer to the question, in its language."""

    question: str
    language: str
    length: Length


class _Meter:
    """Counts what the writing takes."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._started = perf_counter()
        self._first_word: float | None = None
        self.tokens: Tokens | None = None

    def word(self) -> None:
        self._first_word = self._first_word or perf_counter() - self._started

    def usage(self) -> Usage:
        return Usage(
            model=self._model,
            seconds_to_first_word=self._first_word,
            seconds=perf_counter() - self._started,
            prompt_tokens=self.tokens.prompt if self.tokens else None,
            completion_tokens=self.tokens.completion if self.tokens else None,
        )


def generate(
    extracted: Answer, found: Found, task: Task, model: LanguageModel, stop: Event
) -> Generator[Answer]:
    """The model's answer as it grows; at the end the whole of it, or `extracted` and why."""
    meter = _Meter(model.name)
    base = replace(extracted, sentences=(), citations=(), readings=())
    for share in SHARES:
        draft = Draft(choose_sources(found, task.length, share), task.language)
        try:
            yield from _growing(base, draft, task, model, stop, meter)
        except ModelFailure as failure:
            if failure.kind == "context too small" and share != SHARES[-1]:
                continue
            if failure.kind != "stopped" or not draft.backed:
                _log.info("%s wrote no answer: %s", model.name, failure)
                said = FAILED.format(model=model.name, happened=HAPPENED[failure.kind])
                yield replace(extracted, remark=said, usage=meter.usage())
                return
        break
    if draft.backed:
        yield replace(draft.on(base, model.name), writing="", usage=meter.usage())
    else:
        said = (SAYS_NO if draft.says_no else NOTHING_LEFT).format(model=model.name)
        yield replace(extracted, remark=said, usage=meter.usage())


def _growing(
    base: Answer, draft: Draft, task: Task, model: LanguageModel, stop: Event, meter: _Meter
) -> Generator[Answer]:
    messages = to_write(task.question, task.language, draft.sources, task.length)
    shown = base
    with closing(model.stream(messages, ANSWER_TOKENS[task.length], stop)) as pieces:
        for piece in pieces:
            if isinstance(piece, Tokens):
                meter.tokens = piece
                continue
            meter.word()
            draft.add(piece)
            answer = draft.on(base, model.name)
            if (answer.sentences, answer.writing) != (shown.sentences, shown.writing):
                shown = answer
                yield answer
    draft.end()
