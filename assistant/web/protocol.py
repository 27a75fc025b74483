"""What the page needs of an assistant, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Protocol

from assistant.answer import Answer, Length, Reading, Turn
from assistant.browse import Order, Shelf
from assistant.points import Point
from corpus.facets import Facet
from corpus.filters import Filters
from corpus.resource import Resource


class PageAssistant(Protocol):
    """`assistant.Assistant` is one; so is the scripted one of the browser tests."""

    @property
    def home(self) -> Path:
        """The folder that keeps what readers say."""

    @property
    def state(self) -> str:
        """Differs after every change of the readings."""

    @property
    def models(self) -> tuple[str, ...]:
        """The names of the language models that may write, the one that does so unasked first."""

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every reading of the collection, by id."""

    def resource(self, resource_id: str) -> Resource:
        """The reading with this id. Raises UnknownReading."""

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = ...,
        understood_as: str | None = None,
        *,
        length: Length = "short",
        model: str | None = None,
        stop: Event | None = None,
    ) -> Iterator[Answer]:
        """The answer as it grows; the last one is whole. Raises CoopAssistantError."""

    def similar(self, resource_id: str, k: int = 10) -> tuple[Reading, ...]:
        """More readings like this one, best first. Raises UnknownReading."""

    def facets(self, words: str | None = None, filters: Filters = ...) -> tuple[Facet, ...]:
        """What the readings found for these words, or all of them, can be narrowed down by."""

    def browse(self, by: Order, filters: Filters = ..., language: str = "en") -> tuple[Shelf, ...]:
        """The readings that pass the filters, on shelves."""

    def points(self) -> tuple[Point, ...]:
        """Every reading on its place on the map."""
