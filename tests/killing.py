"""Kills `add` at random moments while somebody keeps asking, and looks at what was lost or said wrongly.

Each reading is a text file about one town, with one fact that answers one question. What a killed `add`
has printed is what it has acknowledged.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from assistant.adding import Adding
from assistant.assistant import Assistant
from assistant.cli import main
from assistant.commands.adding_summary import Summary
from corpus.readers import Found, text_digest
from corpus.resource import Resource
from embeddings.store import Store
from embeddings.turns import turn
from embeddings.verify import verify
from tests.fakes import FakeEncoder
from tests.readings import MONDRAGON

_Adds = Callable[[Path, Sequence[Path]], None]
_Calls = Sequence[Sequence[Path]]

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.killing", "assistant.commands.adding"])

_FIRST_KEPT = 3
"""A kill comes at the latest within the time of one `add` after so many readings were acknowledged."""

_FIRST = ("Al", "Bor", "Cas", "Dun", "El", "Far", "Gren", "Hol", "Ing", "Jar", "Kel", "Lor", "Mar", "Nor")
_LAST = ("beck", "combe", "dale", "field", "garth", "holme", "ley", "mere", "ness", "stead", "thorpe", "wick")
_TRADES = ("weavers", "bakers", "printers", "miners", "potters", "joiners", "tailors")


@dataclass(frozen=True, slots=True)
class Town:
    """One file, and what is asked about it."""

    number: int

    @property
    def name(self) -> str:
        first, last = divmod(self.number % (len(_FIRST) * len(_LAST)), len(_LAST))
        return f"{_FIRST[first]}{_LAST[last]}{'' if self.number < 168 else self.number // 168}"

    @property
    def fact(self) -> str:
        trade = _TRADES[self.number % len(_TRADES)]
        return f"The cooperative of {self.name} was founded by {self.number + 3} {trade} after a long strike."

    @property
    def question(self) -> str:
        return f"By whom was the cooperative of {self.name} founded after a long strike?"

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.name.lower()}.txt"
        path.write_text(f"{self.name} lies on a river. {self.fact} {self.name} has a market every week.")
        return path


@dataclass(slots=True)
class Outcome:
    """`wrong` are answers that were not right, or failed, and what was found wrong afterwards."""

    kills: int = 0
    acknowledged: int = 0
    asked: int = 0
    slowest: float = 0.0
    """Seconds for one answer."""
    wrong: list[str] = field(default_factory=list)


def add(home: Path, paths: Sequence[Path]) -> None:
    """Add files as the command does."""
    os.environ["ASSISTANT_HOME"] = str(home)
    main(["add", *map(str, paths)], FakeEncoder(256))


def add_texts(home: Path, paths: Sequence[Path]) -> None:
    """The same without the process that reads files, which takes most of the time."""
    summary = Summary(quiet=False)
    with turn(home), closing(Store.open(home, FakeEncoder(256))) as store:
        for result in Adding(store, FakeEncoder(256)).add(map(_found, paths)):
            summary.tell(result)


def _found(path: Path) -> Found:
    text = path.read_text()
    resource = Resource(
        id=path.stem, title=path.stem.title(), kind="document", language="en", text=text, file=path.name
    )
    return Found(path.name, resource, text_digest(resource))


def kill_and_ask(home: Path, files: Path, kills: int, seed: int, adds: _Adds) -> Outcome:
    """Kill what adds so many times, at any moment of it; then ask for all that it acknowledged."""
    chance = random.Random(seed)
    acknowledged = _CONTEXT.Value("i", 0)
    outcome = Outcome()
    with _asking(home, files, acknowledged, outcome):
        begun = time.monotonic()
        acknowledged.value += _add(adds, home, [[Town(0).write(files)]], 1)
        one_add = time.monotonic() - begun
        while outcome.kills < kills:
            towns = iter(range(acknowledged.value, acknowledged.value + 100))
            calls = [[Town(n).write(files) for n in islice(towns, chance.randint(1, 3))] for _ in range(20)]
            first = chance.randint(0, _FIRST_KEPT)
            acknowledged.value += _add(adds, home, calls, first, chance.uniform(0, one_add))
            outcome.kills += 1
    outcome.acknowledged = acknowledged.value
    with closing(_opened(home)) as assistant:
        for number in range(acknowledged.value):
            outcome.wrong += _problems(assistant, files, Town(number), there=True)
    outcome.wrong += [str(finding) for finding in verify(home, FakeEncoder(256)) if finding.wrong]
    return outcome


def _opened(home: Path) -> Assistant:
    return Assistant.open(home, resources=[MONDRAGON], encoder=FakeEncoder(256))


def _problems(assistant: Assistant, files: Path, town: Town, *, there: bool) -> list[str]:
    """What is wrong with the answer about one town; `there`: whether its file was acknowledged before."""
    answer = assistant.ask(town.question)
    wrong = [
        f"{citation.words!r} is not in {citation.resource.file}"
        for citation in answer.citations
        if citation.resource.file
        and citation.words not in (files / Path(citation.resource.file).name).read_text()
    ]
    if there and town.fact not in [sentence.text for sentence in answer.sentences]:
        wrong.append(f"{town.name} was acknowledged and is not found: {answer.sentences}")
    return wrong


def _add(adds: _Adds, home: Path, calls: _Calls, first: int, seconds: float = 0.0) -> int:
    """How many readings one call after the other says it kept; killed so long after the first few."""
    ours, its = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_run_adds, args=(adds, home, calls, its))
    process.start()
    its.close()
    with ours, os.fdopen(os.dup(ours.fileno()), buffering=1) as stream:
        lines = [line for line, _ in zip(filter(_tells_of_one, stream), range(first), strict=False)]
        time.sleep(seconds)
        process.kill()
        process.join()
        return len([*lines, *filter(_tells_of_one, stream)])


def _tells_of_one(line: str) -> bool:
    return line.startswith(("added ", "unchanged ", "replaced "))


def _run_adds(adds: _Adds, home: Path, calls: _Calls, output: Connection) -> None:
    os.dup2(output.fileno(), 1)
    sys.stdout = os.fdopen(1, "w")
    for paths in calls:
        adds(home, paths)


@contextmanager
def _asking(home: Path, files: Path, acknowledged: Synchronized[int], outcome: Outcome) -> Iterator[None]:
    """Another process asks for as long as this lasts; what it finds is in the outcome then."""
    ours, its = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_keep_asking, args=(home, files, acknowledged, its))
    process.start()
    its.close()
    ours.recv()  # it is open
    try:
        yield
    finally:
        ours.send("stop")
        try:
            outcome.asked, outcome.slowest, wrong = ours.recv()
        except EOFError:
            wrong = ["The asking process failed: see standard error."]
        outcome.wrong += wrong
        process.join()


def _keep_asking(home: Path, files: Path, acknowledged: Synchronized[int], channel: Connection) -> None:
    chance = random.Random(1)
    asked, slowest, wrong = 0, 0.0, list[str]()
    with closing(_opened(home)) as assistant:
        channel.send("open")
        while not channel.poll():
            there = acknowledged.value
            number = chance.randrange(there + 3)
            begun = time.monotonic()
            wrong += _problems(assistant, files, Town(number), there=number < there)
            slowest = max(slowest, time.monotonic() - begun)
            asked += 1
    channel.send((asked, slowest, wrong))
