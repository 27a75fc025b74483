"""The passages that a model may use, numbered from 1, without the sentences that can't back anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.answer import Length
from assistant.generation.directions import direction
from assistant.lookup import Found
from assistant.ranking import Ranked
from corpus.resource import Resource, Span
from embeddings.search import Hit

PASSAGES: Mapping[Length, int] = {"short": 8, "fuller": 10}
"""More passages make small models mix them up, and are slow to read."""

CONTEXT_TOKENS = 4096
"""What every model is taken to be able to read at once; Ollama gives none more unless it is told to."""

INSTRUCTION_TOKENS = 500
ANSWER_TOKENS: Mapping[Length, int] = {"short": 400, "fuller": 800}

BYTES_PER_TOKEN = 3
"""Cautious for every script: a token of English has four or more, one of Chinese about three."""

MUCH_ASKED_FOR = 2.0
"""An order ("Elect a board.") is a step to take if it is no more than this behind the best sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as a model gets it: `spans` are its sentences, without those that state nothing."""

    number: int
    hit: Hit
    spans: tuple[Span, ...]

    @property
    def resource(self) -> Resource:
        """The reading that it stands in."""
        return self.hit.resource

    @property
    def sentences(self) -> tuple[str, ...]:
        """The words of each sentence."""
        return tuple(self.resource.text[span.start : span.end] for span in self.spans)

    @property
    def text(self) -> str:
        """All sentences, one a line, so that nothing joins what did not stand together."""
        return "\n".join(self.sentences)


def choose_sources(found: Found, length: Length, share: float = 1.0) -> tuple[Source, ...]:
    """The passages whose sentences answer best, best first, a share of those there is room for."""
    room = BYTES_PER_TOKEN * (CONTEXT_TOKENS - INSTRUCTION_TOKENS - ANSWER_TOKENS[length])
    chosen: list[Source] = []
    for source in _sources(found):
        room -= len(source.text.encode()) + len(source.resource.title.encode())
        if chosen and (room < 0 or len(chosen) == PASSAGES[length]):
            break
        chosen.append(replace(source, number=len(chosen) + 1))
    return tuple(chosen[: max(1, round(share * len(chosen)))])


def _sources(found: Found) -> Iterator[Source]:
    """Every passage once, in the order of its best sentence; those of a comparison's sides by turns."""
    gaps = _gaps(found)
    met: set[int] = set()
    for hit in _hits(found):
        if hit.row in met:
            continue
        met.add(hit.row)
        spans = tuple(span for span in hit.passage.sentences if _can_back(hit, span, gaps))
        if spans:
            yield Source(0, hit, spans)


def _hits(found: Found) -> Iterator[Hit]:
    lists = [ranked.sentences for ranked in (found.ranked, *found.sides)]
    for place in range(max(map(len, lists))):
        yield from (sentences[place].hit for sentences in lists if place < len(sentences))


def _gaps(found: Found) -> Mapping[tuple[int, int], float]:
    """How far each sentence is behind the best of its ranking, by the passage's row and where it starts."""
    gaps: dict[tuple[int, int], float] = {}
    for ranked in (found.ranked, *found.sides):
        gaps |= _gaps_of(ranked)
    return gaps


def _gaps_of(ranked: Ranked) -> Mapping[tuple[int, int], float]:
    return {
        (candidate.hit.row, candidate.span.start): ranked.scores[0] - score
        for candidate, score in zip(ranked.sentences, ranked.scores, strict=True)
    }


def _can_back(hit: Hit, span: Span, gaps: Mapping[tuple[int, int], float]) -> bool:
    kind = direction(hit.resource.text[span.start : span.end])
    asked_for = gaps.get((hit.row, span.start), MUCH_ASKED_FOR + 1) <= MUCH_ASKED_FOR
    return kind is None or (kind == "order" and asked_for)
