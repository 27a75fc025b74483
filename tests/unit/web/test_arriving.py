from __future__ import annotations

import asyncio
from collections.abc import Iterator
from threading import Event

import pytest

from assistant.web.arriving import arriving
from corpus.errors import QuestionError


async def _collect(make: Iterator[int], stop: Event) -> list[int]:
    return [item async for item in arriving(lambda: make, stop)]


def _slowly(*gates: Event) -> Iterator[int]:
    for number, gate in enumerate(gates):
        gate.wait(5)
        yield number


def test_the_last_item_always_arrives() -> None:
    assert asyncio.run(_collect(iter(range(1000)), Event()))[-1] == 999


def test_nothing_gives_nothing() -> None:
    assert asyncio.run(_collect(iter(()), Event())) == []


def test_an_error_arrives_after_what_came_before_it() -> None:
    def breaking() -> Iterator[int]:
        yield 1
        raise QuestionError("No.")

    async def collect() -> list[int]:
        seen = []
        with pytest.raises(QuestionError):
            async for item in arriving(breaking, Event()):
                seen.append(item)  # noqa: PERF401  what came before the error
        return seen

    assert asyncio.run(collect()) == [1]


def test_a_stop_does_not_wait_for_the_next_item() -> None:
    first, second, stop = Event(), Event(), Event()
    first.set()

    async def collect() -> list[int]:
        seen = []
        async for item in arriving(lambda: _slowly(first, second), stop):
            seen.append(item)
            stop.set()
        second.set()
        return seen

    assert asyncio.run(collect()) == [0]


def test_a_stop_ends_what_never_pauses() -> None:
    stop = Event()

    def unending() -> Iterator[int]:
        number = 0
        while not left.is_set():
            yield (number := number + 1)
            left.wait(0.001)

    left = Event()

    async def collect() -> int:
        seen = 0
        async for _ in arriving(unending, stop):
            seen += 1
            stop.set()
            if seen > 1:
                break
        left.set()
        return seen

    assert asyncio.run(collect()) == 1
