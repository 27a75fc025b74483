"""Write an answer out of verbatim sentences, each with its citation. No model; the default."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import AnswerSentence, Citation
from assistant.candidates import Candidate
from assistant.ranking import Ranked
from embeddings.terms import stem

SENTENCES = 3
LIST_SENTENCES = 5

WORSE = 5.5
"""A sentence this much behind the first (in the ranking's scores) adds nothing to the answer."""

SAME = 0.7
"""Two sentences say the same when they share this much of all their words."""


def choose(ranked: Ranked, sides: Sequence[str] = (), *, wants_list: bool = False) -> tuple[Candidate, ...]:
    """One to a few sentences that together answer, best first, no two of them saying the same.

    A comparison has a sentence about each of its `sides` that is spoken of at all.
    """
    most = LIST_SENTENCES if wants_list else max(SENTENCES, len(sides))
    good = [
        candidate
        for candidate, score in zip(ranked.sentences, ranked.scores, strict=True)
        if score > ranked.scores[0] - WORSE
    ]
    chosen: list[Candidate] = []
    for candidate in [*good[:1], *_about_each(ranked.sentences, sides), *good[1:]]:
        if len(chosen) < most and not any(_same(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(chosen)


def one_a_work(ranked: Ranked) -> tuple[Candidate, ...]:
    """The best sentence of each of the first works, to introduce a list of readings."""
    first: dict[str, Candidate] = {}
    for candidate in ranked.sentences:
        first.setdefault(candidate.hit.resource.work_id, candidate)
    return tuple(first.values())[:SENTENCES]


def write(chosen: Sequence[Candidate]) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """The sentences as they stand in their readings, each with a citation of its own, numbered from 1."""
    citations = tuple(
        Citation(number, c.hit.resource, c.hit.passage, c.span.start, c.span.end)
        for number, c in enumerate(chosen, start=1)
    )
    sentences = tuple(AnswerSentence(c.words, (c.number,), "quoted") for c in citations)
    return sentences, citations


def _about_each(sentences: Sequence[Candidate], sides: Sequence[str]) -> list[Candidate]:
    """The best sentence about each side; a side counts as spoken of when its first word stands there."""
    found: list[Candidate] = []
    for side in sides:
        wanted = side.casefold()
        about = (
            c for c in sentences if wanted in c.text.casefold() or wanted in c.hit.resource.title.casefold()
        )
        if (first := next(about, None)) is not None:
            found.append(first)
    return found


def _same(one: Candidate, other: Candidate) -> bool:
    ours, theirs = frozenset(map(stem, one.words)), frozenset(map(stem, other.words))
    return len(ours & theirs) > SAME * len(ours | theirs)
