"""From a blocking iterator in a thread to the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from threading import Event
from typing import TypeVar

T = TypeVar("T")

STOP_SECONDS = 0.2
"""A stop is noticed within this time."""


async def arriving(make: Callable[[], Iterator[T]], stop: Event) -> AsyncIterator[T]:
    """What the iterator gives, as it comes; of what came together only the last. Raises what it raises.

    Once `stop` is set nothing more comes, even while the iterator still works at its next item.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[T | None] = asyncio.Queue()

    def run() -> None:
        try:
            for item in make():
                loop.call_soon_threadsafe(queue.put_nowait, item)
        finally:
            loop.call_soon_threadsafe(queue.put_nowait, None)

    running = asyncio.create_task(asyncio.to_thread(run))
    over = False
    while not over:
        try:
            item = latest = await asyncio.wait_for(queue.get(), STOP_SECONDS)
        except TimeoutError:
            if stop.is_set():
                return
            continue
        if stop.is_set():
            return
        while item is not None and not queue.empty():
            item = queue.get_nowait()
            latest = item or latest
        over = item is None
        if latest is not None:
            yield latest
    await running
