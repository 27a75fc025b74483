"""Measure the product on a test collection: open it over the readings, ask everything, average the marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

import numpy as np

from assistant.evaluation.benchmark import Benchmark, Question, spread
from assistant.evaluation.folder import read_unanswerable
from assistant.evaluation.injection import Attacks
from assistant.evaluation.layouts import read
from assistant.evaluation.metrics import named
from assistant.evaluation.product import Product, Progress, silent
from assistant.evaluation.report import Result
from assistant.evaluation.run import Run
from assistant.evaluation.silence import refused_by_kind, silence, without_articles
from assistant.evaluation.trial import Trial
from corpus.errors import EvaluationError

REMOVED_ARTICLE_QUESTIONS = 500
"""Questions that are asked again of readings from which their article was left out."""

_WHOLE = "whole"
"""The home with all readings of a collection."""


def evaluate(
    path: Path,
    unanswerable: Path | None = None,
    progress: Progress = silent,
    *,
    product: Product,
    limit: int | None = None,
    homes: Path | None = None,
) -> Result:
    """Measure the product on the collection at `path`, in a temporary home.

    `unanswerable` is a file of questions that these readings don't answer; `limit` asks at most so many
    questions of each sort. With a folder `homes` the home is kept there, and what an earlier measurement
    encoded is not encoded again. Raises EvaluationError where a file can't be read.
    """
    if limit is not None and limit < 1:
        raise EvaluationError(f"A limit of {limit} leaves no question. Give 1 or more, or none.")
    foreign = read_unanswerable(unanswerable) if unanswerable else ()
    collection = read(path, product.starter)
    if limit is not None:
        collection, foreign = collection.limited(limit), spread(foreign, limit)
    with TemporaryDirectory(prefix="evaluate-") as temporary:
        folder = homes / collection.name if homes else Path(temporary)
        run = Run(product, progress, folder)
        if isinstance(collection, Attacks):
            trials, measures = _attacked(run, collection)
        else:
            trials, measures = _measured(run, collection, foreign)
            again = Run(product, progress, folder)
            measures |= named(_article_removed(again, collection, trials, limit), "article_removed")
    p50, p95 = np.percentile([trial.milliseconds for trial in trials], [50, 95])
    return Result(
        collection=collection.name,
        passages=run.passages,
        questions=len(trials),
        threshold=product.threshold,
        passages_per_second=None if run.already else run.passages / run.seconds,
        query_ms=(float(p50), float(p95)),
        measures=measures,
        limited_to=limit,
    )


def _measured(
    run: Run, benchmark: Benchmark, foreign: Sequence[Question]
) -> tuple[list[Trial], dict[str, float]]:
    """The trials of the benchmark's questions, and every measure of them."""
    with run.opened(benchmark.resources, _WHOLE) as opened:
        found = opened.find(benchmark.questions, conversation=benchmark.is_conversation)
        trials = opened.ask(benchmark.questions, "asking")
        own = opened.ask(benchmark.unanswerable, "asking what can't be answered")
        others = opened.ask(foreign, "asking what is foreign to these readings")
    measures = _means([*found, *(trial.marks for trial in trials)])
    from_own = silence([trial for trial in trials if trial.question.paired], own)
    from_others = silence([trial for trial in trials if trial.question.answerable], others)
    measures |= from_others | named(from_own, "own") if from_others else from_own
    return trials, measures | refused_by_kind(own)


def _article_removed(
    run: Run, benchmark: Benchmark, trials: Sequence[Trial], limit: int | None
) -> dict[str, float]:
    """Silence about questions whose article is not among the readings."""
    removed: list[Trial] = []
    halves = without_articles(benchmark, limit or REMOVED_ARTICLE_QUESTIONS)
    for number, (resources, questions) in enumerate(halves):
        with run.opened(resources, f"half {number}", like=_WHOLE) as opened:
            removed += opened.ask(questions, "asking with the article removed")
    return silence([trial for trial in trials if trial.question.answerable], removed)


def _attacked(run: Run, attacks: Attacks) -> tuple[list[Trial], dict[str, float]]:
    """The trials of all poisoned readings, and how often a hidden instruction was cited."""
    trials: list[Trial] = []
    for number, (resources, questions) in enumerate(attacks.places):
        with run.opened(resources, f"place {number}") as opened:
            trials += opened.ask(questions, "asking among hidden instructions")
    return trials, _means(trial.marks for trial in trials)


def _means(marks: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each measure over the questions that it applies to."""
    values: dict[str, list[float]] = {}
    for mark in marks:
        for key, value in mark.items():
            values.setdefault(key, []).append(value)
    return {key: fmean(all_values) for key, all_values in values.items()}
