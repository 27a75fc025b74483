"""Read the files of a test collection line by line; whatever is wrong is told with its file and line."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import EvaluationError

_JUDGEMENTS_HEADER = ["query-id", "corpus-id", "score"]


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object and where it stands."""

    file: Path
    line: int
    values: dict[str, Any]

    def error(self, problem: str) -> EvaluationError:
        """An error about this row: what is wrong and what to do."""
        return _error(self.file, self.line, problem)

    def text(self, key: str) -> str:
        """The text at `key`. Raises EvaluationError where there is none."""
        value = self.values.get(key)
        if not isinstance(value, str):
            raise self.error(f'"{key}" is missing or no text. Give each line one.')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts at `key`. Raises EvaluationError where there is none."""
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.error(f'"{key}" is missing or no list of texts. Give each line one.')
        return tuple(value)

    def optional_text(self, key: str) -> str | None:
        """The text at `key`, None where it is absent or null."""
        return self.text(key) if self.values.get(key) is not None else None

    def known(self, key: str, ids: Container[str], where: str) -> str:
        """The id at `key`. Raises EvaluationError where `where` has no such id."""
        value = self.text(key)
        if value not in ids:
            raise self.error(
                f'"{key}" is {value!r}, which {where} does not have. Correct or remove the line.'
            )
        return value


def read_rows(path: Path) -> Iterator[Row]:
    """Each line of a JSON Lines file; empty lines are skipped. Raises EvaluationError."""
    for number, line in _lines(path):
        try:
            values = json.loads(line)
        except ValueError as problem:
            raise _error(path, number, f"not JSON ({problem}). Correct or remove the line.") from None
        if not isinstance(values, dict):
            raise _error(path, number, "not a JSON object. Each line must be one, in braces.")
        yield Row(path, number, values)


def read_by_id(path: Path, *keys: str) -> dict[str, Row]:
    """The rows of a JSON Lines file by their `_id`; each has a text at every one of `keys`.

    Raises EvaluationError, also where an id comes twice.
    """
    found: dict[str, Row] = {}
    for row in read_rows(path):
        identifier = row.text("_id")
        if identifier in found:
            raise row.error(
                f'"_id" {identifier!r} stands in line {found[identifier].line} already. Remove one.'
            )
        for key in keys:
            row.text(key)
        found[identifier] = row
    if not found:
        raise _error(path, 1, "the file is empty. Put one JSON object on each line.")
    return found


def read_judgements(
    path: Path, queries: Container[str], documents: Container[str]
) -> dict[str, dict[str, int]]:
    """The grades above 0 of qrels.tsv: query id -> document id -> grade. Raises EvaluationError."""
    grades: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        fields = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if number == 1:
            if fields != _JUDGEMENTS_HEADER:
                raise _error(
                    path, 1, "not the header. The first line is query-id, corpus-id, score, with tabs."
                )
            continue
        query, document, grade = _judgement(path, number, fields)
        for kind, identifier, known in (("query", query, queries), ("document", document, documents)):
            if identifier not in known:
                raise _error(path, number, f"unknown {kind} {identifier!r}. Correct or remove the line.")
        if grade > 0:
            grades.setdefault(query, {})[document] = grade
    if not grades:
        raise _error(path, 1, "no judgement above 0. Add lines of query-id, corpus-id and score, with tabs.")
    return grades


def _judgement(path: Path, number: int, fields: list[str]) -> tuple[str, str, int]:
    try:
        query, document, grade = fields
        return query, document, int(grade)
    except ValueError:
        wrong = f"{len(fields)} fields" if len(fields) != 3 else f"score {fields[2]!r}"
        raise _error(
            path, number, f"{wrong}. Give query-id, corpus-id and a whole score, with tabs."
        ) from None


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            yield from ((number, line) for number, line in enumerate(file, start=1) if line.strip())
    except OSError as problem:
        raise EvaluationError(f"{path}: can't be read ({problem.strerror}). Check the path.") from None


def _error(path: Path, line: int, problem: str) -> EvaluationError:
    return EvaluationError(f"{path}:{line}: {problem}")
