"""Which sentence answers best: signals of each candidate, on one scale, weighed.

The weights were found on three test collections, each time leaving one out (docs/quality.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.asked_for import Kind, counted, holds, kind_asked
from assistant.candidates import Candidate, Candidates, candidates
from assistant.confidence import Evidence
from assistant.matches import Matches, match
from embeddings.indexes import AnyIndex
from embeddings.query import Query
from embeddings.search import Hit
from embeddings.terms import stems, words

PASSAGES = 10
"""Passages whose sentences are compared."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidate sentences, best first, with their scores, and the evidence for the first, if there is one."""

    sentences: tuple[Candidate, ...] = ()
    scores: tuple[float, ...] = ()
    evidence: Evidence | None = None


def rank(
    index: AnyIndex, query: Query, text: str, wordings: Sequence[Mapping[str, float]], hits: Sequence[Hit]
) -> Ranked:
    """All sentences of the best hits in order of how well they answer `text`.

    `wordings` are the weighted stems of the question, first in its own words, then in others that may be
    closer to the collection's; those that are met best count.
    """
    if not hits:
        return Ranked()
    best = hits[:PASSAGES]
    found = candidates(index.excerpt(best), query, best)
    tried = [match(index, query, asked, found) for asked in wordings]
    matches = max(tried, key=lambda matches: float(matches.in_context().max()))
    kind = kind_asked(text)
    asked = frozenset(words(text))
    thing = counted(text)
    held = np.asarray(
        [holds(kind, candidate.text, asked, thing) for candidate in found.sentences], np.float32
    )
    scores = _scores(found, matches, kind, held)
    order = np.argsort(-scores, kind="stable")
    return Ranked(
        sentences=tuple(found.sentences[place] for place in order),
        scores=tuple(scores[order].tolist()),
        evidence=_evidence(
            wordings[0], found, matches, kind, held, int(order[0]), float(query.vector @ index.centre)
        ),
    )


def _scores(found: Candidates, matches: Matches, kind: Kind, held: Floats) -> Floats:
    lengths = np.asarray([len(candidate.text) for candidate in found.sentences], np.float32)
    signals = (
        (0.7, found.passage),
        (0.5, found.sentence_cosine),
        (0.25, found.titled_cosine),
        (0.8, matches.telling()),
        (0.6, matches.in_context()),
        (0.9 if kind in ("date", "definition") else 0.45, held),
        (-0.1, np.log(lengths)),
    )
    weights = np.asarray([weight for weight, _ in signals], np.float32)
    return np.asarray(weights @ _scaled(np.stack([values for _, values in signals])), np.float32)


def _scaled(signals: Floats) -> Floats:
    """Z-scores of each row, (signals, candidates)."""
    means, deviations = signals.mean(axis=1, keepdims=True), signals.std(axis=1, keepdims=True)
    return np.asarray((signals - means) / (deviations + 1e-3), np.float32)


def _evidence(
    asked: Mapping[str, float],
    found: Candidates,
    matches: Matches,
    kind: Kind,
    held: Floats,
    first: int,
    subject: float,
) -> Evidence:
    return Evidence(
        closeness=float((found.sentence_cosine + found.passage_cosine).max()),
        context=float(matches.in_context()[first]),
        mass=matches.mass,
        titled=float(found.titled_cosine[first]),
        asks=kind not in ("definition", "other"),
        held=float(held[first]),
        number_missing=_number_missing(asked, found.sentences[first]),
        most_missing=matches.most_missing(first),
        subject=subject,
    )


def _number_missing(asked: Mapping[str, float], candidate: Candidate) -> bool:
    """Whether a number of the question itself is missing; what was asked before it has weights below 1."""
    numbers = {term for term, weight in asked.items() if term.isdigit() and weight >= 1}
    text = f"{candidate.hit.resource.title} {candidate.hit.passage.text}"
    return bool(numbers) and not numbers.issubset(stems(text))
