"""How often the readings that belong together are found by each other: judged pairs, and the time it takes.

    python -m tests.benchmarks.related

The pairs of tests/data/related.jsonl were judged by what the readings are about.
"""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from time import perf_counter

import numpy as np

from assistant.assistant import Assistant

PAIRS = Path(__file__).parents[1] / "data" / "related.jsonl"
K = 10


def main() -> None:
    """Print Recall@10 of the related pairs, how many others are among the ten, and the times."""
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    with closing(Assistant.open()) as assistant:
        ten = {reading: neighbours(assistant, reading) for reading in {pair["reading"] for pair in pairs}}
        times = [milliseconds(assistant, resource.id) for resource in assistant.resources]
    for related in (True, False):
        judged = [pair for pair in pairs if pair["related"] is related]
        among = sum(pair["other"] in ten[pair["reading"]] for pair in judged)
        name = f"{'related' if related else 'not related'} pairs among the first {K}"
        print(f"{name:<40} {among}/{len(judged)} = {among / len(judged):.3f}")  # noqa: T201
    p50, p95 = np.percentile(times, (50, 95))
    print(f"{'milliseconds, p50 and p95':<40} {p50:.1f} {p95:.1f}")  # noqa: T201


def neighbours(assistant: Assistant, reading: str) -> frozenset[str]:
    """The works nearest to a reading, every edition of them."""
    found = assistant.similar(reading, K)
    return frozenset(one.id for near in found for one in (near.resource, *near.editions))


def milliseconds(assistant: Assistant, reading: str) -> float:
    """What finding ten neighbours takes."""
    start = perf_counter()
    assistant.similar(reading, K)
    return 1000 * (perf_counter() - start)


if __name__ == "__main__":
    main()
