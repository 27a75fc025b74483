"""Open the assistant for one command, with a progress bar where readings have to be encoded first."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from assistant.web.progress import IndexingBar

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.generation.models import ModelAddress
    from embeddings.encoder import Encoder, Progress

MANY = 500
"""Fewer texts than this are encoded without a word, unless somebody watches a terminal."""


@contextmanager
def opened(
    encoder: Encoder | None, *, ready: bool = False, models: Iterable[ModelAddress] | None = None
) -> Iterator[Assistant]:
    """The assistant of this environment; `encoder` and `models` stand in for those of the settings.

    `ready` loads the model while the rest is opened, instead of at the first question.
    Raises CoopAssistantError.
    """
    from assistant.settings import Settings  # here and below, since the libraries take their time
    from embeddings.encoder import open_encoder

    encoder = encoder or open_encoder(Settings.load().encoder)
    with ThreadPoolExecutor(1) as beside:
        loading = beside.submit(encoder.encode, ["ready"]) if ready else None
        from assistant.assistant import Assistant
        from assistant.generation.models import open_models

        writers = None if models is None else open_models(models)
        assistant = Assistant.open(encoder=encoder, progress=indexing_progress(), models=writers)
    with closing(assistant):
        if loading:
            loading.result()  # raises what went wrong
        yield assistant


def indexing_progress() -> Progress:
    """A bar on standard error for a person who watches, or for work that takes long."""
    bar = IndexingBar()
    if sys.stderr.isatty():
        return bar
    return lambda done, total: bar(done, total) if total >= MANY else None
