"""all-MiniLM-L6-v2 as an OpenVINO graph, made from its weights alone: no PyTorch, no export.

BERT: Devlin et al., 2019, https://arxiv.org/abs/1810.04805; pooling: Reimers and Gurevych, 2019,
https://arxiv.org/abs/1908.10084. The names of the weights are those in the published model.safetensors.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.openvino_offline import Model, Node, ops

LAYERS = 6
HEADS = 12
HEAD_SIZE = 32
EPSILON = 1e-12
HIDDEN = -10_000.0
"""Added to the attention scores of padding, whose softmax is then 0."""

Weights = Mapping[str, NDArray[np.float32]]


def build(weights: Weights) -> Model:
    """The graph from token ids and their mask, int32 (texts, tokens), to unit vectors, float32 (texts, 384).

    The mask is 1 for tokens, 0 for padding. The graph uses the memory of `weights`.
    """
    ids = ops.parameter([-1, -1], np.int32)
    mask = ops.parameter([-1, -1], np.int32)
    kept = ops.convert(mask, "f32")
    hidden = _multiply_by(ops.subtract(_constant(1.0), kept), HIDDEN)
    hidden = ops.unsqueeze(hidden, _integers([1, 2]))
    states = _embedded(weights, ids)
    for layer in range(LAYERS):
        states = _layer(weights, f"encoder.layer.{layer}", states, hidden)
    return Model([_pooled(states, kept)], [ids, mask], "all-MiniLM-L6-v2")


def _embedded(weights: Weights, ids: Node) -> Node:
    """Each token's word, its place and its kind of segment, which is always the first."""
    length = ops.gather(ops.shape_of(ids, "i32"), _integers(1), _integers(0))
    places = ops.unsqueeze(ops.range(_integers(0), length, _integers(1), "i32"), _integers(0))
    words = ops.gather(_shared(weights["embeddings.word_embeddings.weight"]), ids, _integers(0))
    at = ops.gather(_shared(weights["embeddings.position_embeddings.weight"]), places, _integers(0))
    segment = _constant(weights["embeddings.token_type_embeddings.weight"][0])
    return _normed(weights, "embeddings.LayerNorm", ops.add(ops.add(words, segment), at))


def _layer(weights: Weights, name: str, states: Node, hidden: Node) -> Node:
    attended = _attended(weights, f"{name}.attention.self", states, hidden)
    attended = _dense(weights, f"{name}.attention.output.dense", attended)
    states = _normed(weights, f"{name}.attention.output.LayerNorm", ops.add(attended, states))
    widened = ops.gelu(_dense(weights, f"{name}.intermediate.dense", states), "erf")
    narrowed = _dense(weights, f"{name}.output.dense", widened)
    return _normed(weights, f"{name}.output.LayerNorm", ops.add(narrowed, states))


def _attended(weights: Weights, name: str, states: Node, hidden: Node) -> Node:
    query, key, value = (
        _in_heads(_dense(weights, f"{name}.{part}", states)) for part in ("query", "key", "value")
    )
    scores = _multiply_by(ops.matmul(query, key, False, True), HEAD_SIZE**-0.5)
    mixed = ops.matmul(ops.softmax(ops.add(scores, hidden), -1), value, False, False)
    together = ops.transpose(mixed, _integers([0, 2, 1, 3]))
    return ops.reshape(together, _integers([0, 0, HEADS * HEAD_SIZE]), True)


def _in_heads(states: Node) -> Node:
    apart = ops.reshape(states, _integers([0, 0, HEADS, HEAD_SIZE]), True)
    return ops.transpose(apart, _integers([0, 2, 1, 3]))


def _dense(weights: Weights, name: str, states: Node) -> Node:
    product = ops.matmul(states, _shared(weights[f"{name}.weight"]), False, True)
    return ops.add(product, _shared(weights[f"{name}.bias"]))


def _normed(weights: Weights, name: str, states: Node) -> Node:
    normed = ops.mvn(states, _integers([-1]), True, EPSILON, "inside_sqrt")
    return ops.add(ops.multiply(normed, _shared(weights[f"{name}.weight"])), _shared(weights[f"{name}.bias"]))


def _pooled(states: Node, kept: Node) -> Node:
    """The mean of the tokens' states, padding left out, at unit length."""
    each = ops.unsqueeze(kept, _integers([2]))
    total = ops.reduce_sum(ops.multiply(states, each), _integers([1]), False)
    mean = ops.divide(total, ops.reduce_sum(each, _integers([1]), False))
    return ops.normalize_l2(mean, _integers([1]), EPSILON, "max")


def _multiply_by(node: Node, factor: float) -> Node:
    return ops.multiply(node, _constant(factor))


def _constant(value: ArrayLike) -> Node:
    return ops.constant(np.asarray(value, np.float32))


def _integers(value: int | list[int]) -> Node:
    return ops.constant(np.asarray(value, np.int32))


def _shared(weight: NDArray[np.float32]) -> Node:
    return ops.constant(weight, shared_memory=True)
