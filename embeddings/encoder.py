"""Text to vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are in all."""


class Encoder(Protocol):
    """Anything that turns texts into vectors; tests and users may bring their own."""

    @property
    def name(self) -> str:
        """Tells one set of weights from another; kept in the store."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """float32, (number of texts, dimensions), rows of unit length."""
