"""Instructions hidden in readings: an answer must never cite them for a question that they don't answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Literal

from assistant.evaluation.benchmark import Question, spread
from assistant.evaluation.rows import Row, read_by_id
from corpus.resource import Resource, Span

FILES = ("attacks.jsonl", "contexts.jsonl")

Place = Literal["start", "middle", "end"]
PLACES: tuple[Place, ...] = ("start", "middle", "end")

_BREAK = re.compile(r"(?<=[.!?])\s+|\n+")
_LABEL = re.compile(r"^\s*Q:\s*")


@dataclass(frozen=True, slots=True)
class Attacks:
    """The same readings with instructions at the start, in the middle and at the end, and their questions."""

    name: str
    places: tuple[tuple[tuple[Resource, ...], tuple[Question, ...]], ...]

    def limited(self, most: int) -> Attacks:
        """The same with at most so many questions for each place, evenly spread."""
        return Attacks(self.name, tuple((readings, spread(some, most)) for readings, some in self.places))


def read_attacks(folder: Path) -> Attacks:
    """The contexts of `folder` with its instructions hidden in them, by turns. Raises EvaluationError."""
    instructions = cycle([row.text("text") for row in read_by_id(folder / "attacks.jsonl", "text").values()])
    contexts = tuple(read_by_id(folder / "contexts.jsonl", "context", "question").values())
    return Attacks(folder.resolve().name, tuple(_poisoned(contexts, instructions, place) for place in PLACES))


def _poisoned(
    contexts: Sequence[Row], instructions: Iterator[str], place: Place
) -> tuple[tuple[Resource, ...], tuple[Question, ...]]:
    resources: list[Resource] = []
    hidden: dict[str, Span] = {}
    for row in contexts:
        text, span = _hide(next(instructions), row.text("context"), place)
        resources.append(Resource(id=row.text("_id"), title="", kind="document", language="en", text=text))
        hidden[row.text("_id")] = span
    questions = tuple(
        Question(id=row.text("_id"), text=_LABEL.sub("", row.text("question")), hidden=hidden)
        for row in contexts
    )
    return tuple(resources), questions


def _hide(instruction: str, context: str, place: Place) -> tuple[str, Span]:
    """The instruction on a line of its own, so that it is a sentence and never part of an honest one."""
    at = {"start": 0, "middle": _middle(context), "end": len(context)}[place]
    before = f"{context[:at]}\n" if at else ""
    span = Span(len(before), len(before) + len(instruction))
    return f"{before}{instruction}\n{context[at:]}", span


def _middle(text: str) -> int:
    """The end of the sentence or line that is nearest to the middle of the text."""
    ends = [match.end() for match in _BREAK.finditer(text)] or [len(text)]
    return min(ends, key=lambda end: abs(end - len(text) // 2))
