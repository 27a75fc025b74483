"""Which language models are configured: where each is, what it is called there, which variable has its key.

The key itself is read when a request is made and never kept, so that no listing or log can show it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from corpus.errors import LanguageModelError

if TYPE_CHECKING:
    from assistant.generation.model import LanguageModel

T = TypeVar("T")

NO_MODEL = "extract"
"""The writer that is always there: verbatim sentences, no model."""

OLLAMA = "http://localhost:11434/v1"
OPENAI = "https://api.openai.com/v1"

KEY, OPENAI_KEY = "ASSISTANT_MODEL_KEY", "OPENAI_API_KEY"

FORMS = f"{NO_MODEL}, ollama:llama3.2, openai:MODEL or http://localhost:8080/v1#MODEL"


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """A model called `name` at the OpenAI-compatible address `url`; `key_variable` holds its key, if any.

    `hosted` tells OpenAI's own service, which takes other parameters than the servers that imitate it.
    """

    name: str
    url: str
    key_variable: str = KEY
    hosted: bool = False

    def key(self, environment: Mapping[str, str] = os.environ) -> str:
        """The key, or an empty text."""
        return environment.get(self.key_variable, "").strip()


def parse_models(text: str | None) -> tuple[ModelAddress, ...]:
    """The models of a setting, in order, with commas between them; none for nothing or "extract".

    Raises LanguageModelError for what has no known form, and for two models of one name.
    """
    written = [part.strip() for part in (text or "").split(",")]
    models = tuple(_parsed(part) for part in written if part and part != NO_MODEL)
    names = [model.name for model in models]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise LanguageModelError(
            f"Two models are called {twice}, and readers could not choose between them. Name one of them."
        )
    return models


def named_models(text: str, configured: str | None) -> tuple[ModelAddress, ...]:
    """The one of the configured models that has this name, or else what is written like them.

    Raises LanguageModelError.
    """
    named = tuple(model for model in parse_models(configured) if model.name == text)
    return named or parse_models(text)


def open_models(addresses: Iterable[ModelAddress]) -> tuple[LanguageModel, ...]:
    """The models at these addresses; nothing is asked of them yet. Without any, no client is loaded."""
    chosen = tuple(addresses)
    if not chosen:
        return ()
    from assistant.generation.client import RemoteModel

    return tuple(map(RemoteModel, chosen))


def choose_model(models: Mapping[str, T], name: str | None) -> T | None:
    """The model of that name; unasked the first one, if there is any; none for "extract".

    Raises LanguageModelError.
    """
    if name is None:
        return next(iter(models.values()), None)
    if name != NO_MODEL and name not in models:
        there = ", ".join((*models, NO_MODEL))
        raise LanguageModelError(f"{_shown(name)} is no model that is configured. There are: {there}.")
    return models.get(name)


def _parsed(text: str) -> ModelAddress:
    provider, _, name = text.partition(":")
    match provider:
        case "ollama" if name:
            return ModelAddress(name, OLLAMA)
        case "openai" if name:
            return ModelAddress(name, OPENAI, OPENAI_KEY, hosted=True)
        case "http" | "https":
            return _at_address(text)
    raise LanguageModelError(f"{_shown(text)} names no language model. Write it like {FORMS}.")


def _at_address(text: str) -> ModelAddress:
    parts = _split(text)
    if not parts or not parts[0] or not parts[1]:
        raise LanguageModelError(
            f"{_shown(text)} is not an address with a model's name after #. Write it like {FORMS}."
        )
    url, name, secret = parts
    if secret:
        raise LanguageModelError(
            f"An address must not hold a key, since addresses are shown. Put the key into {KEY} and write "
            "the address without it."
        )
    return ModelAddress(name, url.rstrip("/"))


def _split(text: str) -> tuple[str, str, bool] | None:
    """Address, name, and whether there is a password or a query in it; None for what is no address."""
    address, _, name = text.partition("#")
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return (address if parts.hostname else ""), name, bool(parts.username or parts.password or parts.query)


def _shown(text: str) -> str:
    """The text without what may be a key: the part of an address before the host, and what is very long."""
    scheme, _, rest = text.partition("://")
    return repr(f"{scheme}://{rest.rpartition('@')[2]}"[:80] if rest else text[:80])
