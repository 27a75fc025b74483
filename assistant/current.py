"""What questions are answered from, kept up to date as the readings change."""

from __future__ import annotations

import logging
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from assistant import heap
from assistant.readings import Neighbours
from assistant.understanding import Understanding
from corpus.errors import CoopAssistantError
from corpus.resource import Resource
from embeddings.encoder import Encoder, Progress
from embeddings.index import index_of
from embeddings.indexes import AnyIndex
from embeddings.stores import AnyStore

AT_ONCE = 20_000
"""Up to so many passages the next question waits for a change of the readings: some two seconds."""

RETRIED_AFTER = 60.0
"""Seconds after which a change that could not be taken up is tried again."""

REMEMBERED = 200
"""Of so many answered questions what was found is kept: a page asks for its facets after the answer."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Opened:
    """An index, and what is worked out from it. Threads may share it."""

    index: AnyIndex
    understanding: Understanding
    _near: Neighbours | None = None
    _found: dict[str, tuple[Resource, ...]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def neighbours(self) -> Neighbours:
        """How near the readings are to each other, worked out once."""
        with self._lock:
            if self._near is None:
                self._near = Neighbours(self.index)
            return self._near

    def remember(self, words: str, found: tuple[Resource, ...]) -> None:
        """Keep what was found for these words, for a while."""
        with self._lock:
            self._found[words] = found
            if len(self._found) > REMEMBERED:
                del self._found[next(iter(self._found))]

    def found(self, words: str) -> tuple[Resource, ...] | None:
        """What was found for these words, if it is remembered."""
        return self._found.get(words)


class Current:
    """What is opened of a store that other processes may change. Threads may share it.

    Few passages are brought up to date before the next question is answered. With more than `at_once`
    questions are answered from what was there before, until a thread of its own has the change ready.
    """

    def __init__(
        self,
        store: AnyStore,
        encoder: Encoder,
        home: Path,
        progress: Progress | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._home = home
        self._at_once = at_once
        self._lock = Lock()
        self._thread: Thread | None = None
        self._not_before = 0.0
        self._opened = self._open(store, progress)
        heap.give_back()

    def of_now(self) -> Opened:
        """What to answer from now. Raises HomeError where the store can't be read."""
        with self._lock:
            index = self._opened.index
            if index.state != self._store.state:
                if index.size <= self._at_once or not index.is_built:
                    self._opened = self._open(self._store, older=index)
                    heap.give_back()
                else:
                    self._begin()
            return self._opened

    def _open(
        self, store: AnyStore, progress: Progress | None = None, older: AnyIndex | None = None
    ) -> Opened:
        index = index_of(store, self._encoder, self._home, progress, older)
        return Opened(index, Understanding(index, self._encoder))

    def _begin(self) -> None:
        """Have a thread take the change up, unless one is at it or has just failed."""
        if (self._thread and self._thread.is_alive()) or time.monotonic() < self._not_before:
            return
        # It may be left behind when the program ends: what it has not finished is not seen by anybody.
        self._thread = Thread(target=self._take_up, name="index", daemon=True)
        self._thread.start()

    def _take_up(self) -> None:
        try:
            with closing(self._store.another()) as store:  # reading the one would keep others from it
                opened = self._open(store)
        except Exception as error:  # noqa: BLE001  whatever it was: questions go on being answered
            self._not_before = time.monotonic() + RETRIED_AFTER
            known = isinstance(error, CoopAssistantError)
            _log.error(
                "The readings have changed, and the change can't be searched yet (%s). It is tried again.",
                error,
                exc_info=None if known else error,
            )
        else:
            with self._lock:
                self._opened = opened
            heap.give_back()
