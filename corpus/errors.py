"""Everything that can go wrong on purpose. Each message says what happened and what to do next.

CoopAssistantError
├── CollectionError      a folder of readings has problems (all of them, see `problems`)
├── UnknownReading       no reading has this id
├── HomeError            the home folder, or a file in it, can't be used
│   ├── WrongModel       the store was built with another model
│   └── DamagedStore     the store's file is not what was written
├── ModelError           the weights are missing, altered or no model
├── QuestionError        a question that can't be taken: empty, or too long
└── EvaluationError      a test collection can't be read
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class CoopAssistantError(Exception):
    """The root of the tree: catch this to catch every failure that is explained to the user."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one file of a collection, and what to do about it."""

    file: str
    line: int
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong} {self.remedy}"


class CollectionError(CoopAssistantError):
    """A folder of readings has problems; `problems` lists all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UnknownReading(CoopAssistantError):
    """No reading of the collection has this id."""


class HomeError(CoopAssistantError):
    """The home folder, or a file in it, can't be used."""


class WrongModel(HomeError):
    """The store's vectors were made by another model."""


class DamagedStore(HomeError):
    """The store's file is not what was written."""


class ModelError(CoopAssistantError):
    """The weights are missing, altered or not a sentence-transformers model."""


class QuestionError(CoopAssistantError):
    """A question that can't be taken: empty, or too long."""


class EvaluationError(CoopAssistantError):
    """A test collection can't be read; the message names the file and the line."""
