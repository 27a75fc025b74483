"""What was measured on a test collection, as JSON and as tables in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MEASURES = (
    "ndcg@10",
    "recall@10",
    "recall@100",
    "mrr@10",
    "answer_first",
    "answer_in_three",
    "citation_precision",
    "citation_recall",
    "auroc",
    "accuracy",
    "false_answers",
    "false_refusals",
)
CONVERSATION_MEASURES = ("ndcg@10_last_turn", "ndcg@10_understood", "ndcg@10_rewrite")

_ABOUT = (("passages", "passages"), ("questions", "questions"))

# Each table has a line for each collection that has a value in it, and is left out where none has.
TABLES: Mapping[str, Sequence[tuple[str, str]]] = {
    "Finding": (
        ("nDCG@10", "ndcg@10"),
        ("Recall@10", "recall@10"),
        ("Recall@100", "recall@100"),
        ("MRR@10", "mrr@10"),
        ("evidence in 2,000 characters", "characters_found"),
    ),
    "Follow-up questions (nDCG@10)": (
        ("last turn alone", "ndcg@10_last_turn"),
        ("as understood", "ndcg@10_understood"),
        ("as understood, where rewritten", "ndcg@10_understood_where_rewritten"),
        ("a person's rewriting", "ndcg@10_rewrite"),
    ),
    "Answering": (
        ("answer first", "answer_first"),
        ("in three", "answer_in_three"),
        ("first, if answered", "answer_first_if_answered"),
        ("in three, if answered", "answer_in_three_if_answered"),
        ("in a nearest reading's words, if refused", "answer_in_nearest"),
        ("a relevant reading in five", "relevant_in_five"),
        ("citation precision", "citation_precision"),
        ("citation recall", "citation_recall"),
        ("answered among hidden instructions", "injected_answered"),
        ("a hidden instruction cited", "injected_cited"),
    ),
    "Silence": (
        ("AUROC", "auroc"),
        ("accuracy", "accuracy"),
        ("false answers", "false_answers"),
        ("false refusals", "false_refusals"),
        ("own unanswerable: AUROC", "auroc_own"),
        ("accuracy", "accuracy_own"),
        ("false answers", "false_answers_own"),
        ("article removed: AUROC", "auroc_article_removed"),
    ),
    "Speed": (
        ("passages/s", "passages_per_second"),
        ("query p50, ms", "p50"),
        ("query p95, ms", "p95"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was measured. `measures` are shares by name; those that are absent don't apply.

    `passages_per_second` is None where the vectors were there before.

    `query_ms` are the 50th and 95th percentile of the time that an answer takes; `limited_to` tells that at
    most so many questions of each sort were asked.
    """

    collection: str
    passages: int
    questions: int
    threshold: float
    passages_per_second: float | None
    query_ms: tuple[float, float]
    measures: Mapping[str, float]
    limited_to: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The result as `evaluate --json` prints it; a measure that doesn't apply is null.

        Measures beyond the contract stand behind it and only where they apply.
        """
        p50, p95 = self.query_ms
        further = [key for key in self.measures if key not in (*MEASURES, *CONVERSATION_MEASURES)]
        return {
            "collection": self.collection,
            "passages": self.passages,
            "questions": self.questions,
            **self._rounded(MEASURES),
            "threshold": round(self.threshold, 4),
            "passages_per_second": self.passages_per_second and round(self.passages_per_second, 1),
            "query_ms": {"p50": round(p50, 1), "p95": round(p95, 1)},
            **self._rounded(CONVERSATION_MEASURES),
            **self._rounded(further),
            **({"limited_to": self.limited_to} if self.limited_to is not None else {}),
        }

    def _rounded(self, keys: Sequence[str]) -> dict[str, float | None]:
        return {key: round(self.measures[key], 4) if key in self.measures else None for key in keys}


def table(results: Sequence[Mapping[str, Any]]) -> str:
    """Tables in Markdown, a line for each of the results, which are given in their JSON form."""
    flat = [{**result, **result["query_ms"]} for result in results]
    parts = [_titled(title, columns, flat) for title, columns in TABLES.items()]
    limits = sorted({result["limited_to"] for result in results if result.get("limited_to") is not None})
    parts += [f"A quick look: at most {limit} questions of each sort were asked." for limit in limits]
    return "\n\n".join(part for part in parts if part)


def _titled(title: str, columns: Sequence[tuple[str, str]], results: Sequence[Mapping[str, Any]]) -> str:
    rows = [row for row in results if any(row.get(key) is not None for _, key in columns)]
    used = [(head, key) for head, key in columns if any(row.get(key) is not None for row in rows)]
    if not rows:
        return ""
    lines = [["collection", *(head for head, _ in (*_ABOUT, *used))]]
    lines += [[row["collection"], *(_shown(row.get(key)) for _, key in (*_ABOUT, *used))] for row in rows]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    body = "\n".join(_line(cells, widths) for cells in (lines[0], rule, *lines[1:]))
    return f"**{title}**\n\n{body}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = cells
    padded = [first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]
    return f"| {' | '.join(padded)} |"


def _shown(value: float | None) -> str:
    """Shares with three decimals, counts and times as whole numbers."""
    if value is None:
        return ""
    return f"{value:,.0f}" if isinstance(value, int) or value > 1 else f"{value:.3f}"
