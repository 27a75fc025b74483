"""The measures, each of one question, as trec_eval defines them (tests compare with ir-measures)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from sklearn.metrics import roc_auc_score

# A Chinese or Japanese character is a word of its own: these languages put no space between words.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)


def ndcg(ranking: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain: the gain is the grade, the discount log2(rank + 1)."""
    best = _discounted(sorted(relevant.values(), reverse=True)[:k])
    return _discounted(relevant.get(document, 0) for document in ranking[:k]) / best


def recall(ranking: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """The share of the relevant documents among the first k."""
    return sum(document in relevant for document in ranking[:k]) / len(relevant)


def reciprocal_rank(ranking: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """1 / the rank of the first relevant document, 0 if it is not among the first k."""
    ranks = (rank for rank, document in enumerate(ranking[:k], start=1) if document in relevant)
    return 1 / next(ranks, math.inf)


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The chance that a positive one scores higher than a negative one; ties count half."""
    labels = [1] * len(positives) + [0] * len(negatives)
    return float(roc_auc_score(labels, [*positives, *negatives]))


def holds_words(text: str, words: str) -> bool:
    """Whether `words` stand in `text` as whole words; case, punctuation and spacing don't count."""
    wanted = _normalised(words)
    return wanted.strip() != "" and wanted in _normalised(text)


def named(measures: Mapping[str, float], name: str) -> dict[str, float]:
    """The measures under keys that end in `_name`."""
    return {f"{key}_{name}": value for key, value in measures.items()}


def _normalised(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
