"""Measured tables in docs/performance.md: each benchmark writes its own, between two marks."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
LIBRARIES = ("faiss-cpu", "gradio", "numpy", "openvino", "sentence-transformers", "torch")

Row = Sequence[object]


def keep(name: str, columns: Row, rows: Iterable[Row], command: str) -> str:
    """Write the table between the marks of this name, with where and how it was measured; and return it.

    Raises ValueError where the page has no such marks.
    """
    lines = [_line(columns), _line("---" for _ in columns), *map(_line, rows)]
    text = "\n".join([*lines, "", f"`{command}`, {circumstances()}."])
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    page = PAGE.read_text("utf-8")
    if begin not in page or end not in page:
        raise ValueError(f"{PAGE} has no lines {begin} and {end}: put them where the table shall stand.")
    before, after = page.partition(begin)[0], page.partition(end)[2]
    PAGE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", "utf-8")
    return text


def kept(name: str) -> dict[str, list[str]]:
    """The cells of a table that `keep` wrote, by column; of columns of one name the first."""
    table = PAGE.read_text("utf-8").partition(f"<!-- {name}:begin -->")[2].partition("\n`")[0]
    columns, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n") if line
    ]
    found: dict[str, list[str]] = {}
    for place, column in enumerate(columns):
        found.setdefault(column, [row[place] for row in rows])
    return found


def circumstances() -> str:
    """The machine, what else it was doing, and the versions that count, in one line."""
    load = f", {os.getloadavg()[0]:.1f} programs running" if hasattr(os, "getloadavg") else ""
    versions = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    day = datetime.now(UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores ({_processor()}){load}"
    return f"{day}, {machine}, {platform.system()}, Python {platform.python_version()}, {versions}"


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds that something took, and seconds of work that all threads of this process did meanwhile.

    Where other programs run, work says more: it counts no waiting for them.
    """

    wall: float
    work: float


def timed(work: Callable[[], object]) -> Taken:
    """Do it, and say what it took."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - began, time.process_time() - worked)


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile, in milliseconds."""
    middle, high = np.percentile(seconds, [50, 95]) * 1000
    return float(middle), float(high)


def memory(process: int) -> float:
    """What a process holds in memory now, in megabytes; Linux only."""
    return _status(process, "VmRSS")


def most_memory(process: int) -> float:
    """The most that it has held so far."""
    return _status(process, "VmHWM")


def mapped(process: int) -> float:
    """How much of its memory lies in files too, as libraries do: the system drops it for want of room."""
    return _status(process, "RssFile")


def _status(process: int, name: str) -> float:
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    names = file.read_text("utf-8") if file.exists() else ""
    return names.partition("model name")[2].partition("\n")[0].strip("\t :") or platform.machine()
