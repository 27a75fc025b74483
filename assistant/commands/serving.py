"""`serve`: the page."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.commands.opening import opened
from assistant.settings import Settings
from assistant.web import serving

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from embeddings.encoder import Encoder


def serve(options: Namespace, encoder: Encoder | None) -> int:
    """Serve the page until it is stopped. Raises SettingsError."""
    chosen: dict[str, Any] = {"host": options.host, "port": options.port, "public": options.public or None}
    settings = replace(
        Settings.load(), **{name: value for name, value in chosen.items() if value is not None}
    )
    return serving.serve(partial(_prepared, encoder), settings)


@contextmanager
def _prepared(encoder: Encoder | None) -> Iterator[Assistant]:
    """The assistant, made ready for its first questions while the page is built."""
    with opened(encoder, ready=True) as assistant, ThreadPoolExecutor(1) as beside:
        beside.submit(assistant.warm_up)  # what fails here fails at the first question, and is told there
        yield assistant
