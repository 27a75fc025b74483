from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from embeddings.weights_file import WeightsFile


def test_weights_are_those_of_the_file_before_and_after_their_memory_is_given_back(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    kept = {
        "layer.weight": chance.normal(size=(300, 40)).astype(np.float32),
        "layer.bias": chance.normal(size=40).astype(np.float32),
    }
    path = tmp_path / "model.safetensors"
    save_file({**kept, "places": np.arange(7)}, path, metadata={"format": "np"})
    weights = WeightsFile(path)
    assert set(weights.arrays) == set(kept)
    for _ in range(2):
        for name, array in kept.items():
            np.testing.assert_array_equal(weights.arrays[name], array)
        weights.rest()


@pytest.mark.parametrize("content", [b"", b"\x10\0\0\0\0\0\0\0{", b"\xff" * 40])
def test_what_is_no_such_file_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    with pytest.raises(ValueError):
        WeightsFile(path)
