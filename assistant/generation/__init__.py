"""Answers that a language model writes, each sentence checked. Whatever fails, the extractive one stands."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.generation.generate import Task, generate
from assistant.generation.model import LanguageModel
from assistant.generation.models import NO_MODEL, ModelAddress, choose_model, parse_models
from assistant.generation.rewriting import stand_alone

__all__ = [
    "NO_MODEL",
    "LanguageModel",
    "ModelAddress",
    "Task",
    "choose_model",
    "generate",
    "open_models",
    "parse_models",
    "stand_alone",
]


def open_models(addresses: Iterable[ModelAddress]) -> tuple[LanguageModel, ...]:
    """The models at these addresses; nothing is asked of them yet. Without any, no client is loaded."""
    chosen = tuple(addresses)
    if not chosen:
        return ()
    from assistant.generation.client import RemoteModel

    return tuple(map(RemoteModel, chosen))
