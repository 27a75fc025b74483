"""Ordinary objects that stand in for slow ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from embeddings.encoder import Progress, Vectors


class FakeEncoder:
    """Hashed bags of words: texts that share words are close, nothing else is. `encoded` lists its work."""

    def __init__(self, dimensions: int = 64, name: str = "bag-of-words") -> None:
        self.name = name
        self.dimensions = dimensions
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()) or ["no word at all"]:
                vectors[row, self._dimension(word)] += 1
            vectors[row] /= np.linalg.norm(vectors[row])
            self.encoded.append(text)
            if progress:
                progress(row + 1, len(texts))
        return vectors

    def _dimension(self, word: str) -> int:
        return int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "big") % self.dimensions
