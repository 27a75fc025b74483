"""OpenVINO, imported so that it contacts nobody. Import it from here, never by itself."""

from __future__ import annotations

import sys

# Its converter of other libraries' models, which is not used here, reports each import to a host of its
# makers unless it was told not to. Without it the rest works, and is imported in half the time.
sys.modules["openvino.tools.ovc"] = None  # type: ignore[assignment]

from openvino import Core, InferRequest, Model, Node  # type: ignore[import-untyped]  # noqa: E402
from openvino import opset13 as ops  # noqa: E402

__all__ = ["Core", "InferRequest", "Model", "Node", "ops"]
