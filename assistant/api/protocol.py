"""What the API needs of an assistant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Event
from typing import Protocol

from assistant.answer import Answer, Length, Reading, Turn
from corpus.facets import Facet
from corpus.filters import Filters
from corpus.resource import Resource
from embeddings.search import Hit


class ApiAssistant(Protocol):
    """`assistant.Assistant` is one."""

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every reading, by id."""

    @property
    def passages(self) -> int:
        """How many passages can be found."""

    def resource(self, resource_id: str) -> Resource:
        """The reading with this id. Raises UnknownReading."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = ...,
        understood_as: str | None = None,
        *,
        length: Length = "short",
    ) -> Answer:
        """The cited answer. Raises CoopAssistantError."""

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = ...,
        understood_as: str | None = None,
        *,
        length: Length = "short",
        stop: Event | None = None,
    ) -> Iterator[Answer]:
        """The answer as it grows; the last one is whole. Raises CoopAssistantError."""

    def search(self, words: str, k: int = 10, filters: Filters = ...) -> tuple[Hit, ...]:
        """At most `k` passages, best first. Raises QuestionError."""

    def similar(self, resource_id: str, k: int = 10) -> tuple[Reading, ...]:
        """More readings like this one. Raises UnknownReading."""

    def facets(self, words: str | None = None, filters: Filters = ...) -> tuple[Facet, ...]:
        """What the readings found for these words, or all of them, can be narrowed down by."""
