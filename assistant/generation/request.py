"""A request that runs beside its reader and can be cancelled at any moment, whatever it is waiting for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Generator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

from assistant.generation.failure import ModelFailure

T = TypeVar("T")

GLANCE = 0.05
"""Seconds between two looks at whether the reader has stopped."""


class _End:
    """Nothing more will come."""


class Request(Generic[T]):
    """Runs `work`, which hands over what it receives, in an event loop of a thread of its own."""

    def __init__(self, work: Callable[[Callable[[T], None]], Coroutine[None, None, None]]) -> None:
        self._work = work
        self._received: SimpleQueue[T | _End | BaseException] = SimpleQueue()
        self._cancelled = Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def received(self, stop: Event) -> Generator[T]:
        """What comes, as it comes. Raises what the work raises, and ModelFailure when `stop` is set."""
        Thread(target=self._run, daemon=True, name="language model").start()
        try:
            while not stop.is_set():
                try:
                    item = self._received.get(timeout=GLANCE)
                except Empty:
                    continue
                if isinstance(item, _End):
                    return
                if isinstance(item, BaseException):
                    raise item
                yield item
            raise ModelFailure("stopped")
        finally:
            self._cancel()

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:  # noqa: BLE001, raised again in the reader's thread
            self._received.put(error)
        else:
            self._received.put(_End())

    async def _main(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        if not self._cancelled.is_set():
            await self._work(self._received.put)

    def _cancel(self) -> None:
        self._cancelled.set()
        if self._loop and self._task:
            with contextlib.suppress(RuntimeError):  # the loop is closed: all is over
                self._loop.call_soon_threadsafe(self._task.cancel)
