"""Every finished sentence against the passages: those that it cites, then the others that were found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Support
from assistant.generation.directions import direction
from assistant.generation.sentences import Written
from assistant.generation.sources import Source
from assistant.support import check
from corpus.resource import Span
from embeddings.terms import content_words, stem

MOST_TOGETHER = 3
"""Sentences of a passage that may back one sentence together."""

OTHERS = 3
"""Passages that are tried where the cited ones fail: those that share most words with the sentence."""

LEAST_SHARED = 0.5
"""Of a sentence's words, what others must share with it to be tried: none was backed by less than .54."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a source."""

    source: Source
    span: Span
    text: str
    stems: frozenset[str]
    is_order: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence, what backs it, and how well. `repaired` where that is not what the model cited."""

    text: str
    places: tuple[Place, ...]
    support: Support
    repaired: bool = False


class Checker:
    """Checks sentences against the same sources."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._places = {source.number: _places(source) for source in sources}

    def check(self, written: Written) -> Checked:
        """What backs the sentence; an order is only backed by an order, and a question by nothing."""
        kind = direction(written.text)
        if kind not in (None, "order"):
            return Checked(written.text, (), "unsupported")
        stems = _stems(written.text)
        known = {
            number: alike
            for number, places in self._places.items()
            if (alike := [place for place in places if place.is_order or kind is None])
        }
        cited = [known[number] for number in written.numbers if number in known]
        backed = [found for places in cited if (found := _backing(written.text, stems, places))]
        if not backed and len(cited) > 1:
            together = _backing(written.text, stems, [place for places in cited for place in places])
            backed = [together] if together else []
        if backed:
            return _checked(written.text, backed)
        others = {number: places for number, places in known.items() if number not in written.numbers}
        for places in _nearest(stems, others):
            if found := _backing(written.text, stems, places):
                return _checked(written.text, [found], repaired=True)
        return Checked(written.text, (), "unsupported")


def _nearest(stems: frozenset[str], others: Mapping[int, Sequence[Place]]) -> list[Sequence[Place]]:
    """The sources that share most with the sentence."""
    shared = {number: max(len(stems & place.stems) for place in places) for number, places in others.items()}
    best = sorted(shared, key=lambda number: -shared[number])[:OTHERS]
    return [others[number] for number in best]


@dataclass(frozen=True, slots=True)
class _Backing:
    places: tuple[Place, ...]
    support: Support


def _backing(text: str, stems: frozenset[str], places: Sequence[Place]) -> _Backing | None:
    """The one sentence that backs the text, or the few that do together."""
    for tried in _tries(stems, places):
        support = check(text, "\n".join(place.text for place in tried))
        if support != "unsupported":
            return _Backing(tuple(tried), support)
    return None


def _tries(stems: frozenset[str], places: Sequence[Place]) -> Iterator[list[Place]]:
    """The two sentences that share most with the text, and the first with those that add most to it."""
    least = LEAST_SHARED * len(stems)
    ranked = sorted(places, key=lambda place: -len(stems & place.stems))
    yield from ([place] for place in ranked[:2] if len(stems & place.stems) >= least)
    together, missing = ranked[:1], stems - ranked[0].stems
    while missing and len(together) < MOST_TOGETHER:
        adding = max(places, key=lambda place: len(missing & place.stems))
        if not missing & adding.stems:
            return
        together, missing = [*together, adding], missing - adding.stems
        if len(stems - missing) >= least:
            yield sorted(together, key=lambda place: (place.source.number, place.span.start))


def _checked(text: str, backed: Sequence[_Backing], *, repaired: bool = False) -> Checked:
    quoted = any(found.support == "quoted" for found in backed)
    places = tuple(place for found in backed for place in found.places)
    return Checked(text, places, "quoted" if quoted else "supported", repaired)


def _places(source: Source) -> tuple[Place, ...]:
    return tuple(
        Place(source, span, text, _stems(text), direction(text) == "order")
        for span, text in zip(source.spans, source.sentences, strict=True)
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, content_words(text)))
