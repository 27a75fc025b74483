"""The packaged model: on OpenVINO, and on PyTorch where OpenVINO can't run. The vectors are the same."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from embeddings.encoder import Encoder, Progress, Vectors, check_packaged
from embeddings.sentence_transformers_encoder import SentenceTransformersEncoder

DIMENSIONS = 384

_log = logging.getLogger(__name__)


def on_openvino(folder: Path, name: str) -> Encoder:
    """Raises ImportError, OSError or RuntimeError where OpenVINO can't run the model."""
    from embeddings.openvino_encoder import (
        OpenVinoEncoder,
    )  # here, since a fifth of a second is much to `status`

    return OpenVinoEncoder(folder, name)


class PackagedEncoder:
    """all-MiniLM-L6-v2. It is loaded when it is first needed; threads may share it.

    `fast` is the way that is tried first.
    """

    dimensions = DIMENSIONS

    def __init__(self, folder: Path, name: str, fast: Callable[[Path, str], Encoder] = on_openvino) -> None:
        self.name = name
        self._folder = folder
        self._fast = fast
        self._encoder: Encoder | None = None
        self._lock = Lock()

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """float32, (number of texts, dimensions), rows of unit length.

        Raises ModelError where a file of the model is not as it was published.
        """
        return self._loaded().encode(texts, progress)

    def _loaded(self) -> Encoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._load()
            return self._encoder

    def _load(self) -> Encoder:
        check_packaged(self._folder)
        try:
            return self._fast(self._folder, self.name)
        except (ImportError, OSError, RuntimeError) as error:
            _log.warning("OpenVINO can't run the model here (%s): PyTorch does, which takes longer.", error)
            return SentenceTransformersEncoder(self._folder, self.name, DIMENSIONS)
