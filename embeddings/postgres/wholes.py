"""Readings with their text, as far as they were asked for lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from corpus.resource import Passage, Resource
from embeddings.postgres import reading_rows
from embeddings.postgres.connections import Connections
from embeddings.reading_rows import Row
from embeddings.rows import passages_from_row

MOST_CHARACTERS = 50_000_000
"""Of the texts that are kept."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A reading and its passages, by where they start."""

    resource: Resource
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, row: Row) -> Whole:
        """What is kept in a row."""
        resource = row.resource()
        return cls(resource, passages_from_row(resource, row.passages))


class Wholes:
    """By their numbers; a changed reading has another one. Threads may share it."""

    def __init__(self, connections: Connections, most: int = MOST_CHARACTERS) -> None:
        self._connections = connections
        self._most = most
        self._kept: OrderedDict[int, Whole] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def of(self, numbers: Iterable[int]) -> dict[int, Whole]:
        """Those of the readings that are there. Raises DamagedStore for one that was altered."""
        wanted = dict.fromkeys(numbers)
        with self._lock:
            found = {number: self._kept[number] for number in wanted if number in self._kept}
        missing = {number for number in wanted if number not in found}
        if missing:
            found |= self._read(missing)
        self._keep(found)
        return found

    def _read(self, numbers: set[int]) -> dict[int, Whole]:
        read, which = self._connections.rows, "number = ANY(%s::bigint[])"

        def wholes() -> dict[int, Whole]:
            number: dict[str, int] = dict(read(f"SELECT id, number FROM resources WHERE {which}", [*numbers]))  # noqa: S608
            rows = reading_rows.select(read, self._connections.name, which, [*numbers])
            return {number[row.id]: Whole.of(row) for row in rows}

        return self._connections.read(wholes)

    def _keep(self, used: dict[int, Whole]) -> None:
        with self._lock:
            for number, whole in used.items():
                if number not in self._kept:
                    self._characters += len(whole.resource.text)
                self._kept[number] = whole
                self._kept.move_to_end(number)
            while self._characters > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._characters -= len(oldest.resource.text)
