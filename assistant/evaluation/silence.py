"""Does the assistant know when it doesn't know? Answerable questions against those that have no answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean

from assistant.evaluation.benchmark import Benchmark, Question, spread
from assistant.evaluation.metrics import auroc
from assistant.evaluation.trial import Trial
from corpus.resource import Resource


def silence(answerable: Sequence[Trial], unanswerable: Sequence[Trial]) -> dict[str, float]:
    """AUROC of the confidence, and what the shipped threshold does; nothing where a side is empty.

    `accuracy` is the mean over both sides, however many questions each has.
    """
    if not answerable or not unanswerable:
        return {}
    answered = fmean(trial.answered for trial in unanswerable)
    refused = fmean(not trial.answered for trial in answerable)
    return {
        "auroc": auroc([one.confidence for one in answerable], [one.confidence for one in unanswerable]),
        "accuracy": 1 - (answered + refused) / 2,
        "false_answers": answered,
        "false_refusals": refused,
    }


def refused_by_kind(unanswerable: Iterable[Trial]) -> dict[str, float]:
    """The share of each kind of unanswerable question that was not answered, as `refused (KIND)`."""
    kinds: dict[str, list[bool]] = {}
    for trial in unanswerable:
        if trial.question.kind:
            kinds.setdefault(trial.question.kind, []).append(not trial.answered)
    return {f"refused ({kind.removeprefix('unanswerable: ')})": fmean(kinds[kind]) for kind in kinds}


def without_articles(
    benchmark: Benchmark, most: int
) -> Iterator[tuple[tuple[Resource, ...], tuple[Question, ...]]]:
    """Half of the articles each time, with questions on the other half; none where there are no articles."""
    articles = benchmark.articles
    second_half = set(sorted(set(articles.values()))[1::2])
    for kept in (True, False) if articles else ():
        resources = tuple(one for one in benchmark.resources if (articles[one.id] in second_half) is kept)
        inside = {resource.id for resource in resources}
        outside = [one for one in benchmark.questions if inside.isdisjoint(one.relevant)]
        yield resources, spread(outside, most // 2)
