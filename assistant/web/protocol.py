"""What the page needs of an assistant, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Answer, Turn
from corpus.filters import Filters
from corpus.resource import Resource


class PageAssistant(Protocol):
    """`assistant.Assistant` is one; so is the scripted one of the browser tests."""

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every reading of the collection, by id."""

    def resource(self, resource_id: str) -> Resource:
        """The reading with this id. Raises UnknownReading."""

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Filters = ...) -> Answer:
        """The answer to a question asked after `history`. Raises CoopAssistantError."""
