"""Any sentence-transformers model, on PyTorch."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelError
from embeddings.encoder import Progress, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_CHARACTERS = 6400
BATCH_TEXTS = 64
"""Texts at once: eight passages, or many single words, which are 2.5 times as fast so. More is no faster on
a processor, and a question waits for one batch at most."""

THREADS = 4
"""At most this many: a model this small gains nothing from more."""

_SETTINGS = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # Threads that wait by spinning make a question ten times slower whenever another program runs too.
    "OMP_WAIT_POLICY": "PASSIVE",
}


class SentenceTransformersEncoder:
    """A model in a folder. It is loaded when it is first needed (seconds); threads may share it."""

    def __init__(self, folder: Path, name: str, dimensions: int | None = None) -> None:
        self.name = name
        self._folder = folder
        self._dimensions = dimensions
        self._model: SentenceTransformer | None = None
        self._lock = Lock()

    @property
    def dimensions(self) -> int:
        """The length of a vector; loads the model where that is not known beforehand."""
        if self._dimensions is None:
            with self._lock:
                self._dimensions = self._loaded().get_embedding_dimension()
            if self._dimensions is None:
                raise ModelError(f"The model {self.name} has no fixed length of vectors: use another.")
        return self._dimensions

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """float32, (number of texts, dimensions), rows of unit length.

        Raises ModelError where the folder holds no model, or the model gives no finite numbers.
        """
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for done, rows in _batches(texts):
            with self._lock:  # a tokenizer can't be used by two threads at once
                vectors[rows] = self._encode([texts[row] for row in rows])
            if progress:
                progress(done, len(texts))
        if not np.isfinite(vectors).all():
            raise ModelError(f"The model {self.name} gave no number: its weights are damaged.")
        return vectors

    def _encode(self, texts: list[str]) -> Vectors:
        return self._loaded().encode(
            texts,
            batch_size=BATCH_TEXTS,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )

    def _loaded(self) -> SentenceTransformer:
        if self._model is None:
            self._model = _load(self._folder)
        return self._model


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Rows of texts of about one length, so that little is padded, and how many texts are then done."""
    rows = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
    start = 0
    while start < len(rows):
        longest = max(1, len(texts[rows[start]]))
        batch = rows[start : start + max(1, min(BATCH_TEXTS, BATCH_CHARACTERS // longest))]
        start += len(batch)
        yield start, batch


def _load(folder: Path) -> SentenceTransformer:
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(min(THREADS, torch.get_num_threads()))
    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(
            f"There is no sentence-transformers model in {folder} that can be loaded ({error}). "
            "Name another folder, or none for the packaged model."
        ) from error
