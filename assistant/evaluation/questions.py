"""Read a file of questions about the starter collection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.evaluation.benchmark import Benchmark, Gold, Question
from assistant.evaluation.rows import Row, read_rows
from corpus.errors import EvaluationError
from corpus.resource import Resource


def read_questions(path: Path, resources: Sequence[Resource]) -> Benchmark:
    """The questions of `path` over the given readings. Raises EvaluationError.

    Each line has `question`, `kind`, `relevant` (reading ids), `answer_facts` (sentences of these readings),
    `answerable` and, for a follow-up, `after`: the question before it.
    """
    known = frozenset(resource.id for resource in resources)
    asked = [_question(row, known) for row in read_rows(path)]
    if not any(question.answerable for question in asked):
        raise EvaluationError(f"{path}:1: no answerable question. Give at least one.")
    return Benchmark(
        name=path.stem,
        resources=tuple(resources),
        questions=tuple(question for question in asked if question.answerable),
        unanswerable=tuple(question for question in asked if not question.answerable),
    )


def _question(row: Row, known: frozenset[str]) -> Question:
    answerable = row.values.get("answerable")
    if not isinstance(answerable, bool):
        raise row.error('"answerable" is neither true nor false. Say which.')
    relevant, facts = row.texts("relevant"), row.texts("answer_facts")
    for identifier in relevant:
        if identifier not in known:
            raise row.error(f'"relevant" has {identifier!r}, which is no reading. Correct or remove it.')
    if answerable and not relevant:
        raise row.error('"relevant" is empty. Name a reading, or mark the question as not answerable.')
    return Question(
        id=str(row.line),
        text=row.text("question"),
        after=row.optional_text("after"),
        kind=row.optional_text("kind"),
        relevant=dict.fromkeys(relevant, 1),
        gold=Gold(resources=frozenset(relevant), strings=facts) if facts else None,
        answerable=answerable,
        paired=answerable,
    )
