"""How the service holds with many readers at once.

python -m tests.benchmarks.load [--readers N …] [--seconds S] [--think S] [--keep]

Starts `app.py` over a new home, on a free port of this machine, and lets readers ask, follow up, browse and
take references along, through the page's own events and the API, each with an address of its own. Meanwhile
`add` adds a reading every twenty seconds, and every third time its process is killed at some moment; what it
said it had added must be there at the end. With --keep the table goes into docs/performance.md.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any

import httpx
import numpy as np

from tests.benchmarks.performance_page import keep, memory
from tests.killing import Town
from tests.page_client import PageClient

ROOT = Path(__file__).parents[2]
QUESTIONS = (
    "What is a worker cooperative?",
    "Do worker cooperatives survive longer than conventional firms?",
    "What are the steps to start a worker cooperative?",
    "How did workers in Argentina take over closed factories?",
    "What was decided in Recommendation No. 193?",
    "Find me readings about platform cooperatives",
    "How are worker cooperatives financed?",
    "What will the weather be in Turin tomorrow?",
)
FOLLOW_UPS = ("And in Italy?", "Who paid for it?", "And in Uruguay?", "Does it last?")
MIX = {"question": 45, "follow-up": 20, "browse": 15, "question by the API": 10, "export": 10}
COLUMNS = ("readers", "done", "p50", "p95", "p99", "wanted p95", "errors", "memory: before, at work, end")
ADDING = 20.0
"""Seconds between two readings that are added."""

AT_WORK = 60.0
"""Seconds after which every reader has come and asked: from there on memory should not grow."""

KILLED = 3
"""Every so many times the process that adds is killed."""

SEEN_WITHIN = 5.0
"""Seconds after which a running page has seen what was added."""

WANTED = {50: 1.0, 200: 4.0}


@dataclass(slots=True)
class Tally:
    """Seconds of what was done, by what it was; to the first sentence where there is an answer."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def all(self) -> list[float]:
        return [one for kind in self.seconds.values() for one in kind]


@dataclass(slots=True)
class Reader:
    """One tab, with an address of its own."""

    page: PageClient
    tally: Tally
    ids: tuple[str, ...]
    chance: random.Random
    asked: bool = False

    async def act(self) -> None:
        """Do one thing, and note how long it took or how it failed."""
        kind = self.chance.choices(list(MIX), list(MIX.values()))[0]
        began = time.perf_counter()
        try:
            seconds = await self._do(kind)
        except (httpx.HTTPError, AssertionError) as error:
            self.tally.errors[f"{type(error).__name__}: {str(error)[:60]}"] += 1
        else:
            self.tally.seconds[kind].append(seconds or time.perf_counter() - began)

    async def _do(self, kind: str) -> float:
        client = self.page.client
        question = self.chance.choice(QUESTIONS)
        match kind:
            case "follow-up" if self.asked:
                return await self._ask(self.chance.choice(FOLLOW_UPS))
            case "question" | "follow-up":
                return await self._ask(question)
            case "browse":
                like = {"resource": self.chance.choice(self.ids)}
                (await client.get("/api/v1/facets")).raise_for_status()
                (await client.get("/api/v1/similar", params=like)).raise_for_status()
            case "export":
                address = f"/api/v1/resources/{self.chance.choice(self.ids)}?format=bibtex"
                (await client.get(address)).raise_for_status()
            case _:
                (await client.post("/api/v1/ask", json={"question": question})).raise_for_status()
        return 0.0

    async def _ask(self, question: str) -> float:
        self.asked = True
        await self.page.ask(question)
        return self.page.seconds_to_answer


@dataclass(slots=True)
class Adder:
    """Adds readings to a home from outside the service."""

    home: Path
    files: Path
    added: list[str] = field(default_factory=list)
    """The titles of those that `add` acknowledged."""
    killed: int = 0

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """For as long as this lasts."""
        task = asyncio.create_task(self._go_on())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _go_on(self) -> None:
        chance = random.Random(1)
        for number in itertools.count():
            await asyncio.sleep(ADDING)
            path = Town(number).write(self.files)
            kill_after = chance.uniform(0, 3) if number % KILLED == KILLED - 1 else None
            if await self._add(path, kill_after):
                self.added.append(path.stem)

    async def _add(self, path: Path, kill_after: float | None) -> bool:
        """Whether it said that it added the file."""
        environment = {**os.environ, "ASSISTANT_HOME": str(self.home)}
        command = (sys.executable, "-m", "assistant", "add", str(path))
        process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=subprocess.PIPE)
        if kill_after is not None:
            await asyncio.sleep(kill_after)
            if process.returncode is None:
                process.kill()
                self.killed += 1
        printed, _ = await process.communicate()
        return printed.startswith(b"added ")


@contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of a service that is ready."""
    environment = {
        **os.environ,
        "ASSISTANT_HOME": str(home),
        "ASSISTANT_TRUSTED_PROXIES": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, str(ROOT / "app.py"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the service did not start"
        try:
            yield found[0].rstrip("/"), process.pid
        finally:
            process.terminate()


async def load(address: str, readers: int, seconds: float, think: float) -> Tally:
    """What so many readers did in so many seconds, with `think` seconds between two things on average."""
    tally = Tally()
    until = time.monotonic() + seconds
    ids = tuple(one["id"] for one in await readings_at(address))

    async def read(number: int) -> None:
        chance = random.Random(number)
        headers = {"x-forwarded-for": f"203.0.{number >> 8}.{number & 255}"}
        await asyncio.sleep(chance.uniform(0, think))
        limits = httpx.Limits(keepalive_expiry=2)  # before the server ends an idle connection
        async with httpx.AsyncClient(base_url=address, timeout=60, headers=headers, limits=limits) as client:
            reader = Reader(await PageClient.open(client), tally, ids, chance)
            while time.monotonic() < until:
                await reader.act()
                await asyncio.sleep(chance.expovariate(1 / think))

    for result in await asyncio.gather(*map(read, range(readers)), return_exceptions=True):
        if isinstance(result, BaseException):
            tally.errors[f"a reader left: {result!r}"[:80]] += 1
    return tally


async def readings_at(address: str) -> list[dict[str, Any]]:
    """What the service has, page by page."""
    listed: list[dict[str, Any]] = []
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        while True:
            answer = await client.get("/api/v1/resources", params={"limit": 100, "offset": len(listed)})
            page = answer.raise_for_status().json()["resources"]
            listed += page
            if not page:
                return listed


async def load_while_adding(address: str, adder: Adder, readers: int, seconds: float, think: float) -> Tally:
    """The same while readings are added; one that was acknowledged and is not there is an error."""
    async with adder.at_work():
        tally = await load(address, readers, seconds, think)
    await asyncio.sleep(SEEN_WITHIN)
    there = {str(one["id"]) for one in await readings_at(address)}
    for lost in [name for name in adder.added if not any(name in id_ for id_ in there)]:
        tally.errors[f"{lost} was added and is not there"] += 1
    return tally


def row(readers: int, seconds: float, think: float) -> tuple[object, ...]:
    """One line of the table; the details go to standard output."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with served(home):
            pass  # the starter collection is indexed here: that is not what is measured
        with served(home) as (address, process):
            asyncio.run(load(address, 5, 5, 1))  # what is loaded when it is first used is loaded now
            held = [memory(process)]
            sampler = Timer(min(AT_WORK, seconds / 2), lambda: held.append(memory(process)))
            sampler.start()
            adder = Adder(home, Path(folder))
            tally = asyncio.run(load_while_adding(address, adder, readers, seconds, think))
            held.append(memory(process))
    _say(f"{readers:>4} readers; {len(adder.added)} readings added, {adder.killed} processes killed")
    for kind, times in sorted(tally.seconds.items()):
        p50, p95 = _percentile(times, 50), _percentile(times, 95)
        _say(f"{readers:>4} {kind:<20} {len(times):>6}  p50 {p50}  p95 {p95}")
    for error, number in tally.errors.most_common(5):
        _say(f"{number:>5} times {error}")
    wanted = f"≤ {WANTED[readers]} s" if readers in WANTED else ""
    return (
        readers,
        len(tally.all),
        *(_percentile(tally.all, percent) for percent in (50, 95, 99)),
        wanted,
        tally.errors.total(),
        f"{held[0]:.0f}, {held[1]:.0f}, {held[2]:.0f} MB ({(held[2] / held[1] - 1) * 100:+.1f} % at work)",
    )


def _percentile(times: list[float], percent: int) -> str:
    return f"{np.percentile(times, percent):.2f} s" if times else "none"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Let many readers use the service at once.")
    parser.add_argument("--readers", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--think", type=float, default=10)
    parser.add_argument("--keep", action="store_true", help="write the table into docs/performance.md")
    options = parser.parse_args()
    rows = [row(readers, options.seconds, options.think) for readers in options.readers]
    for line in rows:
        _say(" | ".join(map(str, line)))
    if options.keep:
        readers = " ".join(map(str, options.readers))
        command = f"python -m tests.benchmarks.load --readers {readers} --seconds {options.seconds:g} --keep"
        keep("load", COLUMNS, rows, command)


if __name__ == "__main__":
    main()
