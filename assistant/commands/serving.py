"""`serve`: the page."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from typing import TYPE_CHECKING

from assistant.commands.opening import opened
from assistant.web import serving

if TYPE_CHECKING:
    from embeddings.encoder import Encoder


def serve(options: Namespace, encoder: Encoder | None) -> int:
    """Serve the page until it is stopped."""
    return serving.serve(partial(opened, encoder, ready=True), options.host, options.port)
