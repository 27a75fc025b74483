"""The formulas of BM25, for whatever counts the terms."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75


def idf(texts: int, found_in: NDArray[Any]) -> NDArray[np.float64]:
    """How telling terms are that stand in `found_in` of so many texts.

    Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, with
    ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
    """
    return np.asarray(np.log1p((texts - found_in + 0.5) / (found_in + 0.5)), np.float64)


def saturated(count: Any, relative_length: Any) -> Any:  # noqa: ANN401 - numbers or arrays alike
    """What a term counts for by how often it stands in a text of this length, where the mean one is 1."""
    return count * (K1 + 1) / (count + K1 * (1 - B + B * relative_length))
