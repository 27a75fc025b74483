"""Try a configured model: is its server there, does it know the model, take the key, read enough at once?"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from threading import Event
from time import perf_counter
from typing import Any

from assistant.generation.client import RemoteModel
from assistant.generation.failure import HAPPENED, Kind, ModelFailure
from assistant.generation.model import Message, Patience, Tokens
from assistant.generation.models import OLLAMA, ModelAddress

PATIENCE = Patience(connect=5, first_word=180, next_word=30, whole=240, retry=10)
"""A model that is loaded from disk first takes its time, and here nobody waits for an answer."""

WORDS = 3200
"""So long a prompt, in words of a token or more, is about the longest that an answer needs."""

MOST_TOKENS = 64
LISTED = 8

ADVICE: Mapping[Kind, str] = {
    "no server": "Start the server, or correct the address in ASSISTANT_MODEL.",
    "bad key": "Put a valid key into {variable}.",
    "unknown model": "Correct the name in ASSISTANT_MODEL.",
    "context too small": "Give it a context of 4,096 tokens or more at its server.",
    "rate limit": "Wait, or ask the service for a higher limit.",
    "time out": "Take a smaller model, or a faster machine.",
    "broken": "Look at the server's log.",
    "empty": "Perhaps it uses up its words on thinking: turn that off, or take a model that doesn't.",
    "not understood": "Is that an OpenAI-compatible server, and does its address end in /v1?",
    "refused": "Look at the server's log.",
}
PULL = "Run `ollama pull {name}`, or correct the name in ASSISTANT_MODEL."
OLLAMA_CONTEXT = "Start Ollama with OLLAMA_CONTEXT_LENGTH=8192; until then it forgets the first passages."


@dataclass(frozen=True, slots=True)
class Trial:
    """How it went. `wrong` and `remedy` are lines to read, empty where all is well."""

    address: ModelAddress
    seconds_to_first_word: float | None
    wrong: str = ""
    remedy: str = ""

    def to_json(self) -> dict[str, Any]:
        """The same for programs; the key is not among it."""
        seconds = self.seconds_to_first_word
        return {
            "model": self.address.name,
            "address": self.address.url,
            "works": not self.wrong,
            "seconds_to_first_word": None if seconds is None else round(seconds, 2),
            "wrong": self.wrong,
            "remedy": self.remedy,
        }


def try_model(address: ModelAddress, patience: Patience = PATIENCE) -> Trial:
    """Ask the model for one word after a prompt as long as answers need."""
    model = RemoteModel(address, patience)
    started, first, tokens = perf_counter(), None, None
    try:
        with closing(model.stream(_prompt(), MOST_TOKENS, Event())) as pieces:
            for piece in pieces:
                first = first or perf_counter() - started
                tokens = piece if isinstance(piece, Tokens) else tokens
        if first is None or (tokens and first and not tokens.completion):
            raise ModelFailure("empty")
        if tokens and tokens.prompt < WORDS:
            raise ModelFailure("context too small", f"It read {tokens.prompt:,} tokens of {WORDS:,} or more.")
    except ModelFailure as failure:
        return _failed(model, failure, first)
    return Trial(address, first)


def _failed(model: RemoteModel, failure: ModelFailure, first: float | None) -> Trial:
    address = model.address
    remedy = ADVICE[failure.kind].format(variable=address.key_variable)
    if address.url == OLLAMA:
        remedy = {"unknown model": PULL.format(name=address.name), "context too small": OLLAMA_CONTEXT}.get(
            failure.kind, remedy
        )
    if failure.kind == "unknown model" and (names := _names(model)):
        remedy += f" The server has: {', '.join(names)}."
    wrong = f"{HAPPENED[failure.kind]}."
    return Trial(address, first, f"{wrong[0].upper()}{wrong[1:]} {failure.detail}".strip(), remedy)


def _names(model: RemoteModel) -> list[str]:
    """Some of the models that the server has, if it tells."""
    try:
        return [str(listed.get("id", "")) for listed in model.listed(Event())][:LISTED]
    except ModelFailure:
        return []


def _prompt() -> tuple[Message, ...]:
    words = " ".join(f"{place % 10}" for place in range(WORDS))
    return (
        Message(role="system", content="You answer with one word."),
        Message(role="user", content=f"{words}\n\nIs one more than zero? Answer yes or no."),
    )
