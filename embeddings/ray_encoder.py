"""Text to vectors by many machines: Ray's workers hold the model. Needs the extra `ray`."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import ray
from ray.exceptions import RayError
from ray.util import ActorPool

from corpus.errors import WorkersError
from embeddings.encoder import Encoder, Progress, Vectors

PIECE = 64
"""Texts that are sent to a worker at once."""

AGAIN = 3
"""So often is a worker that died begun again, and what it was doing done again."""

_REACHED, _BEGUN = 5.0, 120.0
"""Seconds to wait for an answer of the address, and for the workers to load the model."""


@contextmanager
def connected(address: str, host: str, port: int) -> Iterator[None]:
    """While this lasts, Ray is at hand: the one at the host, or without one a new one on this machine.

    Raises WorkersError.
    """
    quiet = {"logging_level": "ERROR", "log_to_driver": False}
    try:
        if host:
            socket.create_connection((host, port), _REACHED).close()  # Ray itself would take half a minute
            with warnings.catch_warnings(action="ignore"):  # what they are about is raised as well
                ray.init(address, **quiet)
        else:
            ray.init("local", include_dashboard=False, **quiet)
    except (OSError, RuntimeError) as error:
        raise WorkersError(
            f"No Ray answers at {address} ({_in_a_line(error)}). Start it, with the same versions of Python "
            "and Ray as here; if it asks for a token, set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN."
        ) from error
    try:
        yield
    finally:
        ray.shutdown()


class RayEncoder:
    """The same vectors as `local` makes, which is not used itself; `workers` tells how many make them."""

    def __init__(self, address: str, make: Callable[[], Encoder], local: Encoder, processors: int) -> None:
        """Begin workers, each with what `make` gives there, and of at most so many processors.

        Raises WorkersError where they fail, or have another model than `local`.
        """
        self.name = local.name
        self._local = local
        self._address = address
        try:
            self._actors = _begun(address, make, local.name, processors)
        except (RayError, ConnectionError) as error:
            raise _failed(address, error) from error
        self.workers = len(self._actors)

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._local.dimensions

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """float32, (number of texts, dimensions), rows of unit length.

        Raises WorkersError where they fail, or die again and again.
        """
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        pieces = [list(texts[start : start + PIECE]) for start in range(0, len(texts), PIECE)]
        done = 0
        try:
            for piece in ActorPool(self._actors).map(lambda worker, sent: worker.encode.remote(sent), pieces):
                vectors[done : done + len(piece)] = piece
                done += len(piece)
                if progress:
                    progress(done, len(texts))
        except (RayError, ConnectionError) as error:
            raise _failed(self._address, error) from error
        return vectors


class _Worker:
    """What runs in a process of its own, on whichever machine has room."""

    def __init__(self, make: Callable[[], Encoder]) -> None:
        self._encoder = make()

    def name(self) -> str:
        return self._encoder.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode(texts)


def _begun(address: str, make: Callable[[], Encoder], name: str, processors: int) -> list[Any]:
    """The workers for which there is room at present; each says that it has our model."""
    machines = [int(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node["Alive"]]
    each = min([processors, *filter(None, machines)])
    worker = ray.remote(_Worker).options(
        num_cpus=each, max_restarts=AGAIN, max_task_retries=AGAIN, scheduling_strategy="SPREAD"
    )
    actors = [worker.remote(make) for count in machines for _ in range(count // each)]
    names = {actor.name.remote(): actor for actor in actors}
    ready, _ = ray.wait(list(names), num_returns=len(names), timeout=_BEGUN) if names else ([], [])
    if not ready:
        raise WorkersError(f"The Ray at {address} has no room for a worker. Wait until it is less busy.")
    for its in ray.get(ready):
        if its != name:
            raise WorkersError(
                f"The workers at {address} have the model {its}, and this is {name}: their vectors can't "
                "be mixed. Install the same version there."
            )
    return [names[asked] for asked in ready]


def _failed(address: str, error: Exception) -> WorkersError:
    why = _in_a_line(getattr(error, "cause", None) or error)
    return WorkersError(
        f"The workers at {address} failed ({why}). They need the same version of this program as here. What "
        "was told of is kept: do the rest again."
    )


def _in_a_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
