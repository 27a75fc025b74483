"""What a reader has set: the page's language, the length of answers, and which readings to look in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.answer import Length
from assistant.web.strings import ENGLISH, LANGUAGES, Strings
from corpus.facets import FACETS, choose, chosen
from corpus.filters import EVERYTHING, Filters

LONGEST_VALUE = 300
"""No topic, place or publisher is longer; what a browser sends may be."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """As the page uses them. `switched` tells that the language was chosen, not taken from the browser."""

    language: str = ENGLISH.code
    switched: bool = False
    length: Length = "short"
    filters: Filters = EVERYTHING

    @property
    def strings(self) -> Strings:
        """The words of the page in the reader's language."""
        return LANGUAGES[self.language]

    @classmethod
    def of(cls, value: object) -> Preferences:
        """From what a browser kept; whatever is not in the form of `to_json` is left at its default."""
        if not isinstance(value, Mapping):
            return cls()
        language = str(value.get("language"))
        return cls(
            language=language if language in LANGUAGES else ENGLISH.code,
            switched=value.get("switched") is True,
            length="fuller" if value.get("length") == "fuller" else "short",
            filters=filters_of(value.get("filters")),
        )

    def to_json(self) -> dict[str, Any]:
        """JSON values for the browser to keep."""
        return {
            "language": self.language,
            "switched": self.switched,
            "length": self.length,
            "filters": filter_values(self.filters),
        }


def filters_of(value: object) -> Filters:
    """Filters from `{facet: [value, …]}`; what is not in this form is left out."""
    filters = EVERYTHING
    if isinstance(value, Mapping):
        for facet in FACETS:
            names = value.get(facet)
            if isinstance(names, list):
                filters = choose(filters, facet, (n for n in names if _is_name(n)))
    return filters


def filter_values(filters: Filters) -> dict[str, list[str]]:
    """The filters as `{facet: [value, …]}`, in the order of the facets, without those that choose nothing."""
    return {facet: sorted(chosen(filters, facet)) for facet in FACETS if chosen(filters, facet)}


def toggled(filters: Filters, facet: str, name: str) -> Filters:
    """The filters with one value chosen, or taken away if it was chosen. KeyError for no facet."""
    return choose(filters, facet, chosen(filters, facet) ^ {name})


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_VALUE
