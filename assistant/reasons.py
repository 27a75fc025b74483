"""Why a reading is offered: what it has in common with another one, the rarest first, or what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus import vocabulary
from corpus.resource import Resource
from embeddings.indexes import AnyIndex
from embeddings.terms import stems

WIDE_PLACES = frozenset({"Global"})
"""Said of a reading that is about no place more than another."""

LONGEST_REASON = 280
"""Characters of a sentence that is quoted as one: few are longer."""

COMMON = 12
"""A term that stands in more than one of so many passages says little."""

TERMS_WITHIN = 4000
"""Characters of a reading that are looked through for terms: its beginning says what it is about."""

# Three or more capitals, or two or more words with a capital that don't begin a sentence.
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w-]+"
_NAME = re.compile(
    rf"(?<=[\w,;] )\b{_CAPITAL}(?:(?: (?:of|for|de|du|des|del|di))? {_CAPITAL})+|\b[A-Z]{{3,}}\b"
)


@dataclass(frozen=True, slots=True)
class Common:
    """What two readings share: people, topics, places, and terms that stand in both; the rarest first."""

    people: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def __str__(self) -> str:
        """`also on worker buyouts, in Italy; both mention “CFI”`; nothing in common is no words."""
        topic = f"on {self.topics[0]}" if self.topics else ""
        place = f"in {self.places[0]}" if self.places else ""  # Kerala, and not India as well
        parts = [
            f"also with {_listed(self.people[:2])}" if self.people else "",
            f"also {', '.join(filter(None, (topic, place)))}" if topic or place else "",
            f"both mention {_listed([f'“{term}”' for term in self.terms[:2]])}" if self.terms else "",
        ]
        return "; ".join(filter(None, parts))


def why(index: AnyIndex, resource: Resource, others: Sequence[Resource]) -> str:
    """What the reading shares with the first of the others that it shares something with, or ''."""
    found = (str(common(index, resource, other)) for other in others)
    return next(filter(None, found), "")


def common(index: AnyIndex, resource: Resource, other: Resource) -> Common:
    """What the two readings share; what is the rarest in the index comes first."""
    places = set(resource.places) & set(other.places) - WIDE_PLACES
    topics = set(resource.topics) & set(other.topics)
    shared = Common(
        people=tuple(person for person in resource.people if person in other.people),
        topics=_rarest_first(topics, lambda topic: index.facets.count("topics", topic)),
        places=_rarest_first(places, lambda place: index.facets.count("places", place)),
    )
    said = set(stems(" ".join((*shared.people, *shared.topics, *shared.places))))
    terms, theirs = terms_of(resource), terms_of(other)
    both = [term for term in terms if term in theirs and not said.issuperset(stems(term))]
    frequent = {term: _passages_with(index, terms[term]) for term in both}
    telling = [term for term, passages in frequent.items() if passages * COMMON <= index.size]
    return replace(shared, terms=_without_parts(_rarest_first(telling, frequent.__getitem__)))


def terms_of(resource: Resource) -> Mapping[str, tuple[str, ...]]:
    """The field's terms and the names that stand in a reading's beginning, each with its synonyms."""
    return _terms(resource.text[:TERMS_WITHIN], resource.language)


def says(text: str) -> str:
    """A sentence of the reading as a reason."""
    return f"says: {shortened(text)}"


def shortened(text: str) -> str:
    """The text, cut at a word where it is long."""
    if len(text) <= LONGEST_REASON:
        return text
    return text[:LONGEST_REASON].rsplit(" ", 1)[0].rstrip(",;:") + " …"


@lru_cache(maxsize=10_000)
def _terms(text: str, language: str) -> Mapping[str, tuple[str, ...]]:
    found = vocabulary.load().expand(text, language)
    covered = {at for one in found for at in range(one.start, one.end)}
    names = [match.group() for match in _NAME.finditer(text) if not covered.issuperset(range(*match.span()))]
    concepts = [one.concept for one in found if one.concept.section == "field"]
    return {name: (name,) for name in names} | {one.label: one.labels["en"] for one in concepts}


def _passages_with(index: AnyIndex, synonyms: Iterable[str]) -> int:
    """How many passages have all words of one of the synonyms, at most."""
    return sum(index.words.texts_with(stems(synonym)) for synonym in synonyms)


def _rarest_first(items: Iterable[str], frequency: Callable[[str], int]) -> tuple[str, ...]:
    return tuple(sorted(items, key=lambda item: (frequency(item), item)))


def _without_parts(terms: Sequence[str]) -> tuple[str, ...]:
    """The terms but for those that say again what an earlier one says."""
    kept: list[str] = []
    for term in terms:
        if not any(term in other or other in term for other in kept):
            kept.append(term)
    return tuple(kept)


def _listed(items: Sequence[str]) -> str:
    return " and ".join(items)
