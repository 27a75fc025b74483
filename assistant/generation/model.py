"""What writing asks of a language model, whatever it is and wherever it runs."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Literal, Protocol, TypedDict


class Message(TypedDict):
    """What is said to a model, and in which role."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a server has counted."""

    prompt: int
    completion: int


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that are waited: to connect, for the first word, between words, in all, and when told to."""

    connect: float = 3.0
    first_word: float = 45.0
    next_word: float = 15.0
    whole: float = 110.0
    retry: float = 8.0


class LanguageModel(Protocol):
    """Whatever writes when it is asked."""

    @property
    def name(self) -> str:
        """What readers call it."""

    def stream(self, messages: Sequence[Message], most_tokens: int, stop: Event) -> Generator[str | Tokens]:
        """The pieces of its answer as they come, and at last what they cost, where that is counted.

        The request is cancelled when `stop` is set or the iterator is closed. Raises ModelFailure.
        """
