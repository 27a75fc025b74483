"""Who encodes instead of this program: a Ray of several machines, or one on this machine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import WorkersError
from embeddings.encoder import Encoder

if TYPE_CHECKING:
    from embeddings.ray_encoder import RayEncoder

LOCAL = "ray://local"
"""A Ray that is started on this machine, and ends with the work."""

PROCESSORS = 8
"""Of a worker: as many as an encoder uses at once. Where a machine has fewer, a worker takes all of them."""


@contextmanager
def workers(
    address: str, make: Callable[[], Encoder], local: Encoder, processors: int = PROCESSORS
) -> Iterator[RayEncoder]:
    """The workers of the Ray at `ray://HOST:PORT`, or `LOCAL`, each with what `make` gives there.

    Raises WorkersError where nobody answers, or the workers make other vectors than `local`.
    """
    host, port = "", 0
    if address == LOCAL:
        _close_to_others()
    else:
        host, port = _host_and_port(address)
    try:
        from embeddings.ray_encoder import RayEncoder, connected  # an extra, and not quick to import
    except ImportError as error:
        raise WorkersError(
            "Ray is not installed. Run `pip install 'coop-assistant[ray]'` to have workers."
        ) from error
    with connected(address, host, port):
        yield RayEncoder(address, make, local, processors)


def _close_to_others() -> None:
    """Ray reads this when it is imported. Its ports are open to the network, for anyone to run anything."""
    os.environ["RAY_AUTH_MODE"] = "token"
    os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex())
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # it would tell its makers' host of every start


def _host_and_port(address: str) -> tuple[str, int]:
    try:
        parts = urlsplit(address)
        if parts.scheme == "ray" and parts.hostname and parts.port:
            return parts.hostname, parts.port
    except ValueError:
        pass  # a port that is none
    raise WorkersError(f"{address} is no address of a Ray: write ray://HOST:PORT, or {LOCAL}.")
