"""What a set of readings can be narrowed down by, with how many readings each choice leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from corpus.filters import EVERYTHING, Filters, decade_of
from corpus.resource import Resource


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a facet's choices stand in `Filters`, and what a reading has of it."""

    chosen: str
    values: Callable[[Resource], Iterable[str | None]]


_FIELDS: Mapping[str, _Field] = MappingProxyType(
    {
        "language": _Field("languages", lambda resource: (resource.language,)),
        "kind": _Field("kinds", lambda resource: (resource.kind,)),
        "topic": _Field("topics", lambda resource: resource.topics),
        "place": _Field("places", lambda resource: resource.places),
        "publisher": _Field("publishers", lambda resource: (resource.publisher,)),
        "decade": _Field("decades", lambda resource: (decade_of(resource),)),
    }
)

FACETS = tuple(_FIELDS)
"""The names of the facets, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, the number of readings that it leaves, and whether it is chosen now."""

    facet: str
    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to narrow down by. Most readings first; decades latest first."""

    name: str
    choices: tuple[Choice, ...]

    def to_json(self) -> dict[str, Any]:
        """The facet for programs: its name and its choices."""
        choices = [{"value": c.value, "count": c.count, "chosen": c.chosen} for c in self.choices]
        return {"facet": self.name, "choices": choices}


def facets_of(resources: Collection[Resource], filters: Filters = EVERYTHING) -> tuple[Facet, ...]:
    """Every facet of the readings that pass the filters.

    A facet's own choices don't shrink its own counts: each count is what choosing that value, instead
    or as well, finds. A value that is chosen is listed even where no reading is left.
    """
    return tuple(_facet(name, resources, filters) for name in FACETS)


def values(resource: Resource, facet: str) -> tuple[str, ...]:
    """What a reading has of a facet; nothing where that is not known. Raises KeyError for no facet."""
    return tuple(value for value in _FIELDS[facet].values(resource) if value)


def chosen(filters: Filters, facet: str) -> frozenset[str]:
    """The values of a facet that the filters name. Raises KeyError for no facet."""
    names: frozenset[str] = getattr(filters, _FIELDS[facet].chosen)
    return names


def choose(filters: Filters, facet: str, names: Iterable[str]) -> Filters:
    """The filters with these values of a facet instead of those before. Raises KeyError for no facet."""
    changed: dict[str, Any] = {_FIELDS[facet].chosen: frozenset(names)}
    return replace(filters, **changed)


def _facet(name: str, resources: Iterable[Resource], filters: Filters) -> Facet:
    others = choose(filters, name, ())
    now = chosen(filters, name)
    admitted = filter(others.admit, resources) if others else resources
    counts = Counter(value for resource in admitted for value in set(values(resource, name)))
    counts.update(dict.fromkeys(now, 0))
    choices = [Choice(name, value, number, value in now) for value, number in counts.items()]
    if name == "decade":
        choices.sort(key=lambda choice: choice.value, reverse=True)
    else:
        choices.sort(key=lambda choice: (-choice.count, choice.value.casefold()))
    return Facet(name, tuple(choices))
