"""`python -m corpus check [FOLDER]`: is a folder of readings right?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.collection import STARTER, scan
from corpus.passages import split_sentences
from corpus.resource import Resource


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 for a folder without problems, 1 with problems, 2 for wrong use."""
    parser = argparse.ArgumentParser(
        prog="python -m corpus", description="Look after a collection of readings."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="find everything that is wrong in a folder of readings")
    check.add_argument("folder", nargs="?", type=Path, default=STARTER, metavar="FOLDER")
    folder: Path = parser.parse_args(arguments).folder
    if not folder.is_dir():
        print(f"There is no folder {folder}. Name a folder of Markdown files.", file=sys.stderr)
        return 2
    resources, problems = scan(folder)
    for problem in problems:
        print(problem)
    if problems:
        files = len({problem.file for problem in problems})
        print(f"{_count(len(problems), 'problem')} in {_count(files, 'file')}")
        return 1
    print(f"{_summary(resources)}: no problems")
    return 0


def _summary(resources: Sequence[Resource]) -> str:
    notes = sum(len(split_sentences(resource)) for resource in resources if resource.notes)
    languages = len({resource.language for resource in resources})
    return ", ".join(
        (_count(len(resources), "reading"), _count(notes, "note"), _count(languages, "language"))
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
