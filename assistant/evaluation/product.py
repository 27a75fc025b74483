"""What is asked of the product: to be opened over some readings, to answer, and to search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer, Turn
from corpus.resource import Passage, Resource

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many are done, and how many there are in all."""


class Hit(Protocol):
    """A passage that was found."""

    @property
    def passage(self) -> Passage:
        """The passage."""

    @property
    def resource(self) -> Resource:
        """The reading it stands in."""


class Assistant(Protocol):
    """The part of the assistant that is measured."""

    def ask(self, question: str, history: Sequence[Turn] = ...) -> Answer:
        """The answer as a reader gets it."""

    def search(self, words: str, k: int = ..., *, history: Sequence[Turn] = ...) -> Sequence[Hit]:
        """Passages, best first."""


@dataclass(frozen=True, slots=True)
class Product:
    """How the assistant is opened over readings in a home of its own, and what it ships with."""

    open: Callable[[Path, Sequence[Resource], Progress], AbstractContextManager[Assistant]]
    starter: Callable[[], Sequence[Resource]]
    threshold: float


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""
