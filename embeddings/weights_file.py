"""A model's weights as they lie in their file: the system reads what is used, and takes back what is not."""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_PREFIX = 8
"""Bytes that tell how long the header is, https://github.com/huggingface/safetensors#format."""


class WeightsFile:
    """The numbers of 32 bits in a safetensors file, by name, as long as the file is there."""

    def __init__(self, path: Path) -> None:
        """Raises OSError or ValueError for a file that is none."""
        with path.open("rb") as file:
            # OpenVINO wants arrays that could be written to; were they, the file would stay as it is.
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        begin = _PREFIX + int.from_bytes(self._bytes[:_PREFIX], "little")
        header = json.loads(self._bytes[_PREFIX:begin])
        self.arrays: Mapping[str, NDArray[np.float32]] = {
            name: self._array(begin + told["data_offsets"][0], told["shape"])
            for name, told in header.items()
            if told.get("dtype") == "F32"
        }

    def rest(self) -> None:
        """Give the memory back: what is used after this is read from the file again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._bytes.madvise(mmap.MADV_DONTNEED)

    def _array(self, begin: int, shape: list[int]) -> NDArray[np.float32]:
        return np.frombuffer(self._bytes, np.float32, int(np.prod(shape)), begin).reshape(shape)
