"""Reads damaged documents for some minutes: `python -m tests.benchmarks.fuzz_readers --minutes 10`.

Every file must have an outcome within the limits, and the program itself must go on. Files that end the
reading process are kept in the folder that `--keep` names, and those that took the longest are told.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from time import monotonic

from corpus.readers import LIMITS, Found, ReaderProcess, Skipped, read
from tests.documents import readable, unreadable
from tests.file_makers import damaged

LIMITS_HERE = replace(LIMITS, cpu_seconds=10, wall_seconds=30.0, memory_bytes=1024 << 20)
"""So tight that a file that asks for too much is seen."""

ENDINGS = ("no reader expects", "needs more memory", "was stopped", "nested too deeply", "makes no sense")
"""Words of the reasons for which a process was given up, or could have been."""


@dataclass
class Tally:
    """What was seen."""

    files: int = 0
    readings: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    endings: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)


def fuzz(minutes: float, seed: int, keep: Path | None) -> Tally:
    """Damage and read one document after another until the time is over."""
    random = Random(seed)
    documents = [(one.name, one.data) for one in readable()] + [(one.name, one.data) for one in unreadable()]
    tally = Tally()
    stop = monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as folder, ReaderProcess(LIMITS_HERE) as process:
        while monotonic() < stop:
            name, data = random.choice(documents)
            path = Path(folder) / name
            path.write_bytes(damaged(data, random))
            _read(path, process, tally, keep)
            path.unlink()
    return tally


def _read(path: Path, process: ReaderProcess, tally: Tally, keep: Path | None) -> None:
    started = monotonic()
    outcomes = list(read(path, process=process))
    tally.files += 1
    tally.slowest = sorted([*tally.slowest, (monotonic() - started, path.name)], reverse=True)[:5]
    if not outcomes:
        raise AssertionError(f"{path.name} has no outcome.")
    for outcome in outcomes:
        if isinstance(outcome, Found):
            tally.readings += 1
        elif isinstance(outcome, Skipped):
            tally.skipped[outcome.reason[:60]] += 1
            for ending in ENDINGS:
                if ending in outcome.reason:
                    tally.endings[path.suffix, ending] += 1
                    if keep:
                        (keep / f"{tally.files}-{path.name}").write_bytes(path.read_bytes())


def main() -> None:
    """Run, and tell what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    tally = fuzz(asked.minutes, asked.seed, asked.keep)
    lines = [f"{tally.files} files, {tally.readings} readings, {sum(tally.skipped.values())} skipped"]
    lines += [f"{count:6} {reason}" for reason, count in tally.skipped.most_common(20)]
    lines += [f"{count:6} {suffix}: {ending}" for (suffix, ending), count in tally.endings.most_common()]
    lines += [f"{seconds:6.1f} s {name}" for seconds, name in tally.slowest]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
