"""What questions are answered from follows the readings: at once, or without keeping anybody waiting."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Self

import pytest

from assistant.current import Current
from corpus.errors import HomeError
from embeddings.indexing import index as add
from embeddings.store import Store
from tests.fakes import FakeEncoder
from tests.readings import KERALA, MONDRAGON, SCOP, stored
from tests.stores import Place

ENCODER = FakeEncoder()


class HeldStore(Store):
    """Opens once more when it may, or says why it does not."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type]
        self.may_open = Event()
        self.refusal: Exception | None = None
        self.opened = 0

    def another(self) -> Self:
        self.opened += 1
        assert self.may_open.wait(10)
        if self.refusal:
            raise self.refusal
        return super().another()


@pytest.fixture
def held(home: Path) -> Iterator[HeldStore]:
    with stored(home, [MONDRAGON], ENCODER):
        pass
    store = HeldStore.open(home, ENCODER)
    yield store
    store.close()


def ids(current: Current) -> set[str]:
    return set(current.of_now().index.resources)


def wait_for(current: Current, wanted: set[str]) -> None:
    until = time.monotonic() + 10
    while ids(current) != wanted:
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("at_once", [0, 1_000])
def test_what_another_process_adds_and_removes_is_taken_up(place: Place, at_once: int) -> None:
    with closing(place.open(ENCODER)) as store, closing(place.open(ENCODER)) as other:
        add(store, ENCODER, [MONDRAGON, SCOP])
        current = Current(store, ENCODER, place.home, at_once=at_once)
        add(other, ENCODER, [KERALA])
        other.remove(SCOP.id)
        if at_once:
            assert ids(current) == {MONDRAGON.id, KERALA.id}
        wait_for(current, {MONDRAGON.id, KERALA.id})
        assert current.of_now().index.state == store.state


def test_with_many_passages_no_question_waits_for_a_change(held: HeldStore, home: Path) -> None:
    current = Current(held, ENCODER, home, at_once=0)
    before = current.of_now()
    before.remember("looms", (MONDRAGON,))
    add(held, ENCODER, [KERALA])
    assert current.of_now() is before
    assert current.of_now().found("looms") == (MONDRAGON,)
    assert held.opened == 1
    held.may_open.set()
    wait_for(current, {MONDRAGON.id, KERALA.id})
    assert current.of_now().found("looms") is None
    assert current.of_now().neighbours().index is current.of_now().index


def test_a_change_that_comes_while_another_is_taken_up_is_taken_up_too(held: HeldStore, home: Path) -> None:
    current = Current(held, ENCODER, home, at_once=0)
    add(held, ENCODER, [KERALA])
    held.may_open.set()
    current.of_now()
    add(held, ENCODER, [SCOP])
    wait_for(current, {MONDRAGON.id, KERALA.id, SCOP.id})


@pytest.mark.parametrize("refusal", [HomeError("The disk is full."), RuntimeError("out of memory")])
def test_a_change_that_cannot_be_taken_up_is_told_once_and_questions_go_on(
    held: HeldStore, home: Path, refusal: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    current = Current(held, ENCODER, home, at_once=0)
    add(held, ENCODER, [KERALA])
    held.refusal = refusal
    held.may_open.set()
    with caplog.at_level(logging.ERROR):
        current.of_now()
        until = time.monotonic() + 10
        while not caplog.records and time.monotonic() < until:
            time.sleep(0.01)
        for _ in range(3):
            assert ids(current) == {MONDRAGON.id}
    (record,) = caplog.records
    assert str(refusal) in record.getMessage()
    assert (record.exc_info is not None) == isinstance(refusal, RuntimeError)
    assert held.opened == 1
