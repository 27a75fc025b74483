"""`ask`: one cited answer to read, or answers as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentError, Namespace
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.clock import Clock
from assistant.commands.filters import filters_of
from assistant.commands.opening import opened
from corpus.errors import QuestionError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.commands.batch import Asked
    from corpus.filters import Filters
    from embeddings.encoder import Encoder


def ask(options: Namespace, encoder: Encoder | None) -> int:
    """Answer one question, or each line of a file. ArgumentError for wrong use."""
    if (options.question is None) == (options.batch is None):
        raise ArgumentError(None, "Give one question in quotes, or a file of questions with --batch.")
    if options.batch is not None:
        return _ask_batch(options, encoder)
    with opened(encoder, ready=True, models=options.model) as assistant:
        answer = assistant.ask(options.question, filters=filters_of(options, assistant.resources))
    if options.json:
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    else:
        from assistant.commands.shown import answer_text  # here, where the model is loading already

        print(answer_text(answer))
    return 0


def _ask_batch(options: Namespace, encoder: Encoder | None) -> int:
    from assistant.commands.batch import read_batch

    if not options.json:
        raise ArgumentError(None, "Answers to a file of questions are JSON: add --json.")
    questions = read_batch(options.batch)
    with opened(encoder, ready=True, models=options.model) as assistant:
        filters = filters_of(options, assistant.resources)
        for asked in questions:
            answer = _answer(assistant, asked, filters)
            print(json.dumps(answer.to_json(), ensure_ascii=False), flush=True)
    return 0


def _answer(assistant: Assistant, asked: Asked, filters: Filters) -> Answer:
    """The answer; to a question that can't be taken, why: each line of a batch has its own answer."""
    try:
        return assistant.ask(asked.question, asked.history, filters)
    except QuestionError as error:
        from assistant.question import ANYTHING

        return Answer(
            question=asked.question,
            understood_as=asked.question,
            intent="question",
            answered=False,
            remark=str(error),
            suggestions=(f"Find readings about {ANYTHING}",),
            milliseconds=Clock().laps,
        )
