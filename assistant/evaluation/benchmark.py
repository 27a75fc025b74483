"""A test collection: readings, questions with what is right for them, and questions to stay silent on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from assistant.answer import Turn
from corpus.resource import Resource, Span

LARGEST_SHARE_OF_TITLES = 0.25
"""Titles are articles, cut into several documents each, where there are at most this many per document."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What answers a question: words or spans, in the given resources and nowhere else."""

    resources: frozenset[str]
    strings: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question and what is known about it.

    `relevant` grades the resources to be found. `after` is a question to be asked before this one, `rewrite`
    what a person would ask instead. `evidence` is what retrieved passages should hold, `hidden` what no
    answer may cite, by resource. `answerable` tells whether it stands for the answerable ones when silence
    is measured, `paired` whether it does so against the collection's own unanswerable questions.
    """

    id: str
    text: str
    history: tuple[Turn, ...] = ()
    after: str | None = None
    rewrite: str | None = None
    kind: str | None = None
    relevant: Mapping[str, int] = field(default_factory=dict)
    gold: Gold | None = None
    evidence: Gold | None = None
    hidden: Mapping[str, Span] = field(default_factory=dict)
    answerable: bool = True
    paired: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """Readings and the questions asked of them; `unanswerable` are the collection's own such questions."""

    name: str
    resources: tuple[Resource, ...]
    questions: tuple[Question, ...]
    unanswerable: tuple[Question, ...] = ()

    @property
    def is_conversation(self) -> bool:
        """Whether any question continues a conversation that is written down."""
        return any(question.history for question in self.questions)

    @property
    def articles(self) -> dict[str, str]:
        """The article of each resource, by its id; empty where resources are not parts of titled articles."""
        titles = {resource.id: resource.title for resource in self.resources}
        different = set(titles.values())
        cut = 1 < len(different) <= LARGEST_SHARE_OF_TITLES * len(titles)
        return titles if cut and all(different) else {}

    def limited(self, most: int) -> Benchmark:
        """The same with at most so many questions of each sort, evenly spread."""
        return replace(
            self,
            questions=spread(self.questions, most),
            unanswerable=spread(self.unanswerable, most),
        )


def spread(items: Sequence[Item], most: int) -> tuple[Item, ...]:
    """At most so many of the items, evenly spread over them and always the same ones."""
    if len(items) <= most:
        return tuple(items)
    return tuple(items[number * len(items) // most] for number in range(most))
