"""Everything that can go wrong on purpose. Each message says what happened and what to do next.

CoopAssistantError
├── CollectionError      a folder of readings has problems (all of them, see `problems`)
├── UnknownReading       no reading has this id
├── HomeError            the home folder, or what is kept in it or in place of it, can't be used
│   ├── WrongModel       the store was built with another model
│   ├── DamagedStore     the store's file is not what was written
│   ├── DamagedBackup    the file is no backup, or not what was written
│   └── DatabaseError    the PostgreSQL database or its driver is unfit, full or refuses
│       └── UnreachableDatabase  it does not answer at present
├── ModelError           the weights are missing, altered or no model
├── WorkersError         machines that should encode don't answer, fail, or have another model
├── FetchError           an address was not fetched
│   ├── RefusedAddress   it is none that may be fetched
│   ├── RobotsRefusal    its host asks programs to stay away from it
│   ├── GonePage         nothing is there any more
│   │   └── GoneHost     there is no such host, or no network
│   ├── NoAnswer         its host gives no usable answer at present
│   └── UnfitContent     what is there is too large, cut short, or nothing that can be read
├── LanguageModelError   a language model is named that is not there, or in no known form
├── QuestionError        a question that can't be taken: empty, or too long
├── SettingsError        a setting has a value that is not allowed
├── UnavailableError     the service can't take this now: too many questions, too slow, or stopping
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


class DamagedBackup(HomeError):
    """The file is no backup of ours, or not what was written."""


class DatabaseError(HomeError):
    """The PostgreSQL database is unfit, full or refuses something, or its driver is missing."""


class UnreachableDatabase(DatabaseError):
    """The PostgreSQL database does not answer, or no more; another time it may."""


class ModelError(CoopAssistantError):
    """The weights are missing, altered or not a sentence-transformers model."""


class WorkersError(CoopAssistantError):
    """The workers that should encode texts are not there, fail, or have another model."""


class FetchError(CoopAssistantError):
    """An address was not fetched. `wrong` is what happened, `remedy` a sentence on what to do."""

    def __init__(self, address: str, wrong: str, remedy: str) -> None:
        self.address, self.wrong, self.remedy = address, wrong, remedy
        super().__init__(f"{address}: {wrong}. {remedy}")


class RefusedAddress(FetchError):
    """Another scheme than http and https, a user's name in it, or a host that is not public."""


class RobotsRefusal(FetchError):
    """The host's robots.txt asks programs to stay away from this address."""


class GonePage(FetchError):
    """The host is no more, or says that the page is not there."""


class GoneHost(GonePage):
    """No name server knows the host; without a network they may know none at all."""


class NoAnswer(FetchError):
    """The host doesn't answer, or says that it can't or won't; another time it may."""


class UnfitContent(FetchError):
    """The answer is too large, cut short, damaged, or of a type that is no reading."""


class LanguageModelError(CoopAssistantError):
    """A language model is named that is not configured, or in no known form."""


class QuestionError(CoopAssistantError):
    """A question that can't be taken: empty, or too long."""


class EvaluationError(CoopAssistantError):
    """A test collection can't be read; the message names the file and the line."""


class SettingsError(CoopAssistantError):
    """An environment variable has a value that is not allowed; the message names it and what is."""


class UnavailableError(CoopAssistantError):
    """The service can't take a question now. `seconds` tells when to try again."""

    def __init__(self, message: str, seconds: int, *, yours: bool = False) -> None:
        """`yours`: this client has asked too much; otherwise all of them together."""
        super().__init__(message)
        self.seconds = seconds
        self.yours = yours
