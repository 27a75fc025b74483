"""The assistant as it ships: nothing is set that a reader would not get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from assistant.assistant import Assistant
from assistant.confidence import THRESHOLD
from assistant.evaluation.product import Product, Progress
from corpus.collection import STARTER, load
from corpus.resource import Resource
from embeddings.encoder import Encoder


def shipped(encoder: Encoder) -> Product:
    """The product with this encoder, which may be shared by several measurements."""
    # The weights are loaded on first use: that is not indexing.
    encoder.encode(["ready"])

    @contextmanager
    def opened(home: Path, resources: Sequence[Resource], progress: Progress) -> Iterator[Assistant]:
        indexing = partial(progress, "indexing")
        with closing(
            Assistant.open(home=home, resources=resources, encoder=encoder, progress=indexing)
        ) as it:
            yield it

    return Product(opened, partial(load, STARTER), THRESHOLD)
