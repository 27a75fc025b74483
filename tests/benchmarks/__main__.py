"""All measurements, one after the other: `python -m tests.benchmarks FOLDER QUESTIONS.jsonl [--only NAME …]`.

FOLDER holds the test collections. Nothing else should run meanwhile: it takes some hours. Each measurement
is told before it begins, and one that fails does not keep the others from being taken.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Take them; 1 if any failed."""
    parser = argparse.ArgumentParser(description="Take all measurements, or some.")
    parser.add_argument("benchmarks", type=Path, help="a folder of test collections")
    parser.add_argument("questions", type=Path, help="questions on the starter collection")
    parser.add_argument("--only", metavar="NAME", nargs="+", help="such as startup, latency, quality")
    asked = parser.parse_args(arguments)
    commands = _commands(asked.benchmarks, asked.questions)
    names = asked.only or list(commands)
    for name in names:
        if name not in commands:
            parser.error(f"there is no {name}; there are {', '.join(commands)}")
    failed = [name for name in names if not _succeeds(name, commands[name])]
    if failed:
        sys.stderr.write(f"These failed: {', '.join(failed)}\n")
    return 1 if failed else 0


def _commands(benchmarks: Path, questions: Path) -> dict[str, tuple[object, ...]]:
    """What each measurement is given, quick ones first."""
    squad = benchmarks / "squad-a"
    return {
        "startup": (),
        "related": (),
        "support": (),
        "latency": (squad,),
        "writers": (questions,),
        "indexing": (squad, benchmarks / "cranfield", benchmarks / "med"),
        "nearest": (benchmarks,),
        "growth": (benchmarks,),
        "database": (benchmarks,),
        "agreement": tuple(benchmarks / name for name in ("squad-a", "selqa-dev", "mtrag-a")),
        "kills": (),
        "fuzz_readers": (),
        "load": ("--keep",),
        "quality": (benchmarks, questions),
    }


def _succeeds(name: str, arguments: Sequence[object]) -> bool:
    sys.stderr.write(f"\n== {name}\n")
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *map(str, arguments)]
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
