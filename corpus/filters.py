"""Narrowing a search down by what is known about a reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Readings that have one of the values in each field that is not empty. Years are both included.

    A decade is written as `decade_of` writes it: 2010s.
    """

    languages: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    decades: frozenset[str] = frozenset()
    year_from: int | None = None
    year_to: int | None = None

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Filters()

    def admit(self, resource: Resource) -> bool:
        """Whether the resource passes every filter. Without a date it passes no filter by year."""
        for field, values_of in FIELDS.items():
            wanted: frozenset[str] = getattr(self, field)
            if wanted and wanted.isdisjoint(values_of(resource)):
                return False
        if self.year_from is None and self.year_to is None:
            return True
        year = resource.year
        return year is not None and (self.year_from or year) <= year <= (self.year_to or year)


EVERYTHING = Filters()
"""Lets every reading through."""


def decade_of(resource: Resource) -> str | None:
    """The decade of the reading's date, as 2010s; None without a date."""
    return None if resource.year is None else f"{resource.year // 10 * 10}s"


FIELDS: Mapping[str, Callable[[Resource], tuple[str, ...]]] = {
    "languages": lambda resource: (resource.language,),
    "kinds": lambda resource: (resource.kind,),
    "topics": lambda resource: resource.topics,
    "places": lambda resource: resource.places,
    "publishers": lambda resource: (resource.publisher or "",),
    "decades": lambda resource: (decade_of(resource) or "",),
}
"""The values of a reading that each field of `Filters` is compared with."""
