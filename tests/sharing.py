"""Several app processes and one that adds readings share a database, while a test does harm to it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from assistant.adding import Adding
from assistant.assistant import Assistant
from corpus.errors import UnreachableDatabase
from corpus.readers import Found
from embeddings.stores import open_store
from tests.fakes import FakeEncoder
from tests.killing import Town
from tests.readings import MONDRAGON, reading

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.sharing", "embeddings.postgres.store"])

_DIMENSIONS = 256
_PATIENCE = 60.0


@dataclass(slots=True)
class Reader:
    """What one app process saw: `told` are questions to which it said that the database is away."""

    asked: int = 0
    told: int = 0
    slowest: float = 0.0
    """Seconds for one answer."""
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Shared:
    """The work that goes on: how many readings were acknowledged, and afterwards what the apps saw."""

    address: str
    acknowledged: Synchronized[int]
    seen: list[Reader] = field(default_factory=list)

    def wait_for(self, more: int) -> float:
        """Wait until so many more readings are acknowledged; the seconds that it took."""
        begun, wanted = time.monotonic(), self.acknowledged.value + more
        while self.acknowledged.value < wanted:
            if time.monotonic() - begun > _PATIENCE:
                raise TimeoutError(f"{self.acknowledged.value} readings are acknowledged, not {wanted}.")
            time.sleep(0.01)
        return time.monotonic() - begun


@contextmanager
def sharing(folder: Path, address: str, apps: int = 2, *, searches: bool = False) -> Iterator[Shared]:
    """So many apps, each with a home of its own in the folder, are asked while readings are added.

    `searches` has the database search by itself.
    """
    acknowledged = _CONTEXT.Value("i", 0)
    shared = Shared(address, acknowledged)
    with closing(_opened(folder / "first", address, searches)):
        pass
    ask = partial(_ask, searches=searches)
    running = [_started(ask, folder / f"app-{number}", address, acknowledged) for number in range(apps)]
    running.append(_started(_add, folder / "adding", address, acknowledged))
    try:
        for _, channel in running:
            channel.recv()  # it is open
        yield shared
    finally:
        running.reverse()  # first what adds: the apps find its last reading
        for process, channel in running:
            channel.send("stop")
            try:
                seen = channel.recv()
            except EOFError:
                seen = Reader(wrong=["A process failed: see standard error."])
            shared.seen.append(seen)
            process.join()


def problems(folder: Path, shared: Shared) -> list[str]:
    """Answers that were wrong, and acknowledged readings that a fresh app does not find."""
    with closing(_opened(folder / "last", shared.address)) as assistant:
        towns = map(Town, range(shared.acknowledged.value))
        lost = [f"{town.name} is lost" for town in towns if not _is_found(assistant, town)]
    return [wrong for reader in shared.seen for wrong in reader.wrong] + lost


def _started(
    work: Callable[[Path, str, Synchronized[int], Connection], None],
    home: Path,
    address: str,
    acknowledged: Synchronized[int],
) -> tuple[BaseProcess, Connection]:
    ours, its = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=work, args=(home, address, acknowledged, its))
    process.start()
    its.close()
    return process, ours


def _opened(home: Path, address: str, searches: bool = False) -> Assistant:
    encoder = FakeEncoder(_DIMENSIONS)
    return Assistant.open(home, store=address, resources=[MONDRAGON], encoder=encoder, searches=searches)


def _is_found(assistant: Assistant, town: Town) -> bool:
    return town.fact in [sentence.text for sentence in assistant.ask(town.question).sentences]


def _ask(
    home: Path, address: str, acknowledged: Synchronized[int], channel: Connection, *, searches: bool
) -> None:
    chance = random.Random(str(home))
    reader = Reader()
    with closing(_opened(home, address, searches)) as assistant:
        channel.send("open")
        while not channel.poll():
            there = acknowledged.value
            if not there:
                continue
            number = chance.randrange(there)
            begun = time.monotonic()
            try:
                if not _is_found(assistant, Town(number)):
                    reader.wrong.append(f"{Town(number).name} was acknowledged and is not found")
            except UnreachableDatabase:
                reader.told += 1
            reader.slowest = max(reader.slowest, time.monotonic() - begun)
            reader.asked += 1
        if not _is_found(assistant, Town(acknowledged.value - 1)):
            reader.wrong.append("The last reading is not found")
    channel.send(reader)


def _add(home: Path, address: str, acknowledged: Synchronized[int], channel: Connection) -> None:
    encoder = FakeEncoder(_DIMENSIONS)
    with closing(open_store(home, encoder, address)) as store:
        channel.send("open")
        adding = Adding(store, encoder)
        while not channel.poll():
            town = Town(acknowledged.value)
            text = f"{town.name} lies on a river. {town.fact} {town.name} has a market every week."
            found = Found(town.name, reading(f"town-{town.number}", text, notes=False), town.name)
            list(adding.add([found]))
            acknowledged.value += 1
            time.sleep(0.05)
    channel.send(Reader())
