"""Where questions wait for their turn: so many at once, so many waiting, so long for each, and no more."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from math import ceil
from queue import Empty, SimpleQueue
from threading import Event, Lock
from time import monotonic
from typing import TypeVar

from assistant.service.rate import Rate
from assistant.settings import Settings
from corpus.errors import UnavailableError

Work = TypeVar("Work")

STOPPING = "The reading room is closing for a moment. Ask again in a minute."
FULL = "Many people are asking at this moment. Ask again in a few seconds."
TOO_OFTEN = "You have asked many questions in a short time. Ask again in {} seconds."
TOO_SLOW = "This took longer than {} seconds, and was given up. Ask again, or in other words."

_SOON = 5
_AFTER_A_RESTART = 30
_END = object()


class Desk:
    """Lets questions in, one bounded line for all. Threads may share it; `close` ends it."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.answer_seconds
        self._at_once = settings.answers_at_once
        self._places = settings.answers_at_once + settings.waiting_questions
        self._rate = Rate(settings.questions_per_minute)
        self._pool = ThreadPoolExecutor(settings.answers_at_once, thread_name_prefix="answer")
        self._lock = Lock()
        self._held = 0
        self._stopping = False

    @property
    def running(self) -> int:
        """How many questions are worked on."""
        return min(self._held, self._at_once)

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn."""
        return max(0, self._held - self._at_once)

    @property
    def places(self) -> int:
        """How many questions can be here at once, worked on or waiting."""
        return self._places

    @property
    def stopping(self) -> bool:
        """Whether no question is let in any more."""
        return self._stopping

    def stop(self) -> None:
        """Let no question in any more; those that are here are answered."""
        self._stopping = True

    def close(self) -> None:
        """Give up what waits, and leave what runs to itself."""
        self.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def run(self, work: Callable[[], Work], client: str) -> Work:
        """What the work gives, done in its turn. Raises UnavailableError, or what the work raises."""
        future = self._enter(work, client)
        try:
            return future.result(timeout=self._seconds)
        except TimeoutError:
            if future.done() and not future.cancelled():
                raise  # the work's own
            future.cancel()
            raise self._too_slow() from None

    def stream(self, work: Callable[[], Iterator[Work]], client: str) -> Generator[Work, None, None]:
        """What the work yields, done in its turn. The work is ended where nobody listens any more.

        Raises UnavailableError at once where there is no place, later where the time is up.
        """
        items: SimpleQueue[object] = SimpleQueue()
        gone = Event()

        def produce() -> None:
            for item in work():
                items.put(item)
                if gone.is_set():
                    return

        future = self._enter(produce, client)
        future.add_done_callback(lambda _: items.put(_END))
        return self._listen(items, future, gone)

    def _listen(
        self, items: SimpleQueue[object], future: Future[None], gone: Event
    ) -> Generator[Work, None, None]:
        until = monotonic() + self._seconds
        try:
            while (item := items.get(timeout=max(0.0, until - monotonic()))) is not _END:
                yield item  # type: ignore[misc]  # what `produce` has put there
            future.result()
        except Empty:
            raise self._too_slow() from None
        finally:
            gone.set()
            future.cancel()

    def _enter(self, work: Callable[[], Work], client: str) -> Future[Work]:
        with self._lock:
            if self._stopping:
                raise UnavailableError(STOPPING, _AFTER_A_RESTART)
            if self._held >= self._places:
                raise UnavailableError(FULL, _SOON)
            if wait := self._rate.wait(client):
                raise UnavailableError(TOO_OFTEN.format(ceil(wait)), ceil(wait), yours=True)
            self._held += 1
        future = self._pool.submit(copy_context().run, work)
        future.add_done_callback(self._left)
        return future

    def _left(self, _: Future[Work]) -> None:
        with self._lock:
            self._held -= 1

    def _too_slow(self) -> UnavailableError:
        return UnavailableError(TOO_SLOW.format(self._seconds), _SOON)
