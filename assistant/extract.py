"""Write an answer out of verbatim sentences, each with its citation. No model; the default."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import AnswerSentence, Citation, Length
from assistant.candidates import Candidate
from assistant.ranking import Ranked
from embeddings.search import Hit
from embeddings.terms import stems_of

SENTENCES = 3
LIST_SENTENCES = 5

FULLER = 2
"""A fuller answer may have this many times the sentences of a short one."""

WORSE = 5.0
"""A sentence this much behind the first (in the ranking's scores) adds nothing to the answer."""

SAME = 0.7
"""Two sentences say the same when they share this much of all their words."""


def choose(
    ranked: Ranked, sides: Sequence[Ranked] = (), *, wants_list: bool = False, length: Length = "short"
) -> tuple[Candidate, ...]:
    """One to a few sentences that together answer, best first, no two of them saying the same.

    A comparison has the best sentence about each of its `sides` too.
    """
    most = LIST_SENTENCES if wants_list else max(SENTENCES, len(sides) + 1)
    if length == "fuller":
        most *= FULLER
    good = [
        candidate
        for candidate, score in zip(ranked.sentences, ranked.scores, strict=True)
        if score > ranked.scores[0] - WORSE
    ]
    chosen: list[Candidate] = []
    for candidate in [*good[:1], *(side.sentences[0] for side in sides), *good[1:]]:
        if len(chosen) < most and not any(_same(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(chosen)


def one_a_work(ranked: Ranked, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    """The best sentence of each of the first works that were found, to introduce a list of readings."""
    best: dict[str, Candidate] = {}
    for candidate in ranked.sentences:
        best.setdefault(candidate.hit.resource.work_id, candidate)
    works = dict.fromkeys(hit.resource.work_id for hit in hits)
    return tuple(best[work] for work in works if work in best)[:SENTENCES]


def write(chosen: Sequence[Candidate]) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """The sentences as they stand in their readings, each with a citation of its own, numbered from 1."""
    citations = tuple(
        Citation(number, c.hit.resource, c.hit.passage, c.span.start, c.span.end)
        for number, c in enumerate(chosen, start=1)
    )
    sentences = tuple(AnswerSentence(c.words, (c.number,), "quoted") for c in citations)
    return sentences, citations


def _same(one: Candidate, other: Candidate) -> bool:
    ours, theirs = frozenset(stems_of(one.words)), frozenset(stems_of(other.words))
    return ours == theirs or len(ours & theirs) > SAME * len(ours | theirs)
