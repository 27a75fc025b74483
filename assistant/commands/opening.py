"""Open the assistant for one command, with a progress bar where readings have to be encoded first."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from assistant.web.progress import IndexingBar

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from embeddings.encoder import Encoder, Progress

MANY = 500
"""Fewer texts than this are encoded without a word, unless somebody watches a terminal."""


@contextmanager
def opened(encoder: Encoder | None, *, ready: bool = False) -> Iterator[Assistant]:
    """The assistant of this environment; `encoder` stands in for the model of the settings.

    `ready` loads the model now instead of at the first question. Raises CoopAssistantError.
    """
    from assistant.assistant import Assistant  # here, since its libraries take their time

    with closing(Assistant.open(encoder=encoder, progress=indexing_progress())) as assistant:
        if ready:
            assistant.warm_up()
        yield assistant


def indexing_progress() -> Progress:
    """A bar on standard error for a person who watches, or for work that takes long."""
    bar = IndexingBar()
    if sys.stderr.isatty():
        return bar
    return lambda done, total: bar(done, total) if total >= MANY else None
