"""Folders of readings: one Markdown file per reading, its id the file's name.

A file has a YAML header (see `corpus.check`) and a body (see `corpus.body`). `load` wants the whole
folder to be right; `scan` takes what is right and says what is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from corpus.body import Body, read_body
from corpus.check import check_fields, check_required, shown
from corpus.errors import CollectionError, Problem
from corpus.front_matter import Report, plain, read_fields, split_header
from corpus.resource import Resource

STARTER = Path(__file__).parent / "resources"
"""The collection that comes with the program."""

_TOPICS = Path(__file__).parent / "topics.yaml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ID = re.compile(r"\w[\w.-]*")


@cache
def topics() -> Mapping[str, str]:
    """The controlled topics and what each covers."""
    described: dict[str, str] = yaml.load(_TOPICS.read_text("utf-8"), Loader=_LOADER)  # noqa: S506, a safe loader
    return MappingProxyType(described)


def load(folder: Path) -> tuple[Resource, ...]:
    """Every reading in the folder and its subfolders, by id; CollectionError names all problems there are."""
    resources, problems = scan(folder)
    if problems:
        raise CollectionError(problems)
    return resources


def scan(folder: Path) -> tuple[tuple[Resource, ...], tuple[Problem, ...]]:
    """The readings in the folder that are right, by id, and the problems of the others, by file."""
    resources: dict[str, Resource] = {}
    problems: list[Problem] = []
    files: dict[str, Path] = {}
    for path in sorted(path for path in folder.rglob("*.md") if path.is_file()):
        # Some file systems take A.md and a.md for one file: so do we.
        first = files.setdefault(path.stem.casefold(), path)
        if first is not path:
            wrong = f"The id '{shown(path.stem)}' is taken by {_name(first)}."
            problems.append(Problem(_name(path), 1, wrong, "Rename one of the two files."))
            continue
        try:
            resources[path.stem] = read(path)
        except CollectionError as error:
            problems.extend(error.problems)
    if not files:
        remedy = "Put one Markdown file per reading into it."
        problems.append(Problem(_name(folder), 1, "The folder has no .md file.", remedy))
    return tuple(resource for _, resource in sorted(resources.items())), tuple(problems)


def read(path: Path) -> Resource:
    """The reading in one file; CollectionError names all its problems."""
    file = _name(path)
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CollectionError(
            [Problem(file, line, "The file is not UTF-8.", "Save it with the encoding UTF-8.")]
        ) from error
    except OSError as error:
        wrong = f"The file can't be read: {error.strerror}."
        raise CollectionError([Problem(file, 1, wrong, "Allow reading it, or remove it.")]) from error
    return parse(text, path.stem, file)


def _name(path: Path) -> str:
    """The path as a message may show it: on one line."""
    return " ".join(plain(str(path)).split("\n"))


def parse(text: str, id: str, file: str) -> Resource:  # noqa: A002, an id is an id
    """The reading that a Markdown text describes; CollectionError names all its problems, in `file`."""
    problems: list[Problem] = []

    def report(line: int, wrong: str, remedy: str) -> None:
        problems.append(Problem(file, line, wrong, remedy))

    if not _ID.fullmatch(id):
        report(1, f"'{shown(id)}' can't be an id.", "Name the file with letters, digits, - and _ only.")
    parts = split_header(plain(text))
    if parts is None:
        report(1, "The file has no header.", "Begin with a line ---, the fields, and a line --- again.")
        raise CollectionError(problems)
    header, markdown, first_line = parts
    fields, complete = read_fields(header, report)
    if complete:
        check_required(fields, report)
    values = check_fields(fields, topics(), report)
    body = read_body(markdown, first_line, values.get("notes") is True, report)
    _check_body(body, values, first_line, report)
    if problems:
        raise CollectionError(sorted(problems, key=lambda problem: problem.line))
    return Resource(
        id=id, text=body.text, sections=tuple(body.sections), sources=tuple(body.sources), **values
    )


def _check_body(body: Body, values: Mapping[str, Any], first_line: int, report: Report) -> None:
    """The text says something, and each of our own notes says where it was learned."""
    if not body.text.strip():
        report(first_line, "The reading has no text.", "Write its sentences under the header.")
    if values.get("notes") is True and "url" not in values:
        for line in body.unsourced:
            wrong = "The reading has no url, and this note has no source of its own."
            report(
                line,
                wrong,
                "Put a mark such as [^1] at its end and '[^1]: https://…' at the end of the file.",
            )
