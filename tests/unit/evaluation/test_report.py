from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from assistant.evaluation import Result, evaluate, table
from tests.unit.evaluation.fakes import birds, product

CONTRACT = (
    *("collection", "passages", "questions", "ndcg@10", "recall@10", "recall@100", "mrr@10"),
    *("answer_first", "answer_in_three", "citation_precision", "citation_recall"),
    *("auroc", "accuracy", "false_answers", "false_refusals", "threshold"),
    *("passages_per_second", "query_ms", "ndcg@10_last_turn", "ndcg@10_understood", "ndcg@10_rewrite"),
)

RESULT = Result(
    collection="birds",
    passages=1234,
    questions=30,
    threshold=0.45678,
    passages_per_second=61.234,
    query_ms=(12.34, 45.67),
    measures={"ndcg@10": 0.77449, "auroc_own": 0.69, "false_answers": 0.0},
)


def test_the_json_has_the_keys_of_the_contract_in_their_order(tmp_path: Path) -> None:
    found = evaluate(birds(tmp_path), product=product()).to_json()
    assert tuple(found)[: len(CONTRACT)] == CONTRACT
    assert found["query_ms"].keys() == {"p50", "p95"}
    assert json.loads(json.dumps(found)) == found


def test_what_does_not_apply_is_null_and_what_is_zero_is_not() -> None:
    found = RESULT.to_json()
    assert found["recall@10"] is None
    assert found["ndcg@10_rewrite"] is None
    assert found["false_answers"] == 0.0
    assert (found["ndcg@10"], found["auroc_own"], found["threshold"]) == (0.7745, 0.69, 0.4568)
    assert "limited_to" not in found


def test_the_table_shows_what_was_measured_and_leaves_out_the_rest() -> None:
    shown = table([RESULT.to_json(), replace(RESULT, collection="bees", measures={}).to_json()])
    finding, *_ = shown.split("\n\n**")
    assert "| collection | passages | questions | nDCG@10 |" in finding
    assert "| birds      |    1,234 |        30 |   0.774 |" in finding
    assert "bees" not in finding
    assert "Recall" not in shown
    assert "**Speed**" in shown
    assert "|         61 |            12 |            46 |" in shown


def test_a_quick_look_is_called_one() -> None:
    assert "quick look" not in table([RESULT.to_json()])
    assert "at most 50 questions" in table([replace(RESULT, limited_to=50).to_json()])
