"""A file of questions, one JSON object a line. All of it is checked before anything is asked."""

from __future__ import annotations

import json
from argparse import ArgumentError
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Turn


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what was said before it."""

    question: str
    history: tuple[Turn, ...] = ()


def read_batch(path: Path) -> list[Asked]:
    """The questions of the file, one for each line. ArgumentError names the file and the first wrong line."""
    return [_asked(where, line) for where, line in _lines(path)]


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise ArgumentError(None, f"{path} can't be read ({error.strerror}). Check the path.") from None
    except UnicodeDecodeError:
        raise ArgumentError(None, f"{path} is not UTF-8. Save it with that encoding.") from None
    lines = text.rstrip().split("\n") if text.strip() else []
    yield from ((f"{path}:{number}", line) for number, line in enumerate(lines, start=1))


def _asked(where: str, line: str) -> Asked:
    try:
        values = json.loads(line)
    except ValueError:
        raise _wrong(where, "This is not JSON.") from None
    if not isinstance(values, dict) or not isinstance(values.get("question"), str):
        raise _wrong(where, 'There is no "question" with a text.')
    return Asked(values["question"], _history(where, values.get("history") or []))


def _history(where: str, turns: Any) -> tuple[Turn, ...]:  # noqa: ANN401, whatever JSON holds
    if not isinstance(turns, list):
        raise _wrong(where, 'The "history" is not a list.')
    return tuple(_turn(where, turn) for turn in turns)


def _turn(where: str, turn: Any) -> Turn:  # noqa: ANN401, whatever JSON holds
    match turn:
        case {"role": "user" | "assistant" as role, "content": str() as content}:
            return Turn(role, content)
    raise _wrong(where, 'A turn of the "history" lacks a "role" (user or assistant) or a "content".')


def _wrong(where: str, problem: str) -> ArgumentError:
    return ArgumentError(
        None, f'{where}: {problem} Each line is like {{"question": "…"}}; nothing was asked.'
    )
