"""`mcp`: the assistant for programs that speak the Model Context Protocol, over standard input and output."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from assistant.commands.opening import opened

if TYPE_CHECKING:
    from embeddings.encoder import Encoder


def serve(_: Namespace, encoder: Encoder | None) -> int:
    """Answer until standard input ends. Nothing but the protocol goes to standard output."""
    from assistant.mcp import ReadingServer

    with opened(encoder, ready=True) as assistant:
        ReadingServer(assistant).run("stdio")
    return 0
