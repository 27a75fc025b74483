"""What a reader has set: the page's language, how answers are written, and which readings to look in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import Length
from assistant.generation.models import NO_MODEL
from assistant.web.strings import ENGLISH, LANGUAGES, Strings
from corpus.facets import FACETS, choose, chosen
from corpus.filters import EVERYTHING, Filters

LONGEST_VALUE = 300
"""No topic, place, publisher or model has a longer name; what a browser sends may be."""

Unbacked = Literal["struck", "hidden"]
"""What becomes of a model's sentences that no reading supports."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """As the page uses them. `switched` tells that the language was chosen, not taken from the browser.

    `model` is the name of the one that was chosen, which may not be there any more: see `writer`.
    """

    language: str = ENGLISH.code
    switched: bool = False
    length: Length = "short"
    filters: Filters = EVERYTHING
    model: str = ""
    unbacked: Unbacked = "struck"

    def writer(self, models: Sequence[str]) -> str:
        """Which of the models writes: the chosen one while it is there, else the first, or none of them."""
        return self.model if self.model in (*models, NO_MODEL) else next(iter(models), NO_MODEL)

    @property
    def strings(self) -> Strings:
        """The words of the page in the reader's language."""
        return LANGUAGES[self.language]

    @classmethod
    def of(cls, value: object) -> Preferences:
        """From what a browser kept; whatever is not in the form of `to_json` is left at its default."""
        if not isinstance(value, Mapping):
            return cls()
        language, model = str(value.get("language")), value.get("model")
        return cls(
            language=language if language in LANGUAGES else ENGLISH.code,
            switched=value.get("switched") is True,
            length="fuller" if value.get("length") == "fuller" else "short",
            filters=filters_of(value.get("filters")),
            model=str(model) if _is_name(model) else "",
            unbacked="hidden" if value.get("unbacked") == "hidden" else "struck",
        )

    def to_json(self) -> dict[str, Any]:
        """JSON values for the browser to keep."""
        return {
            "language": self.language,
            "switched": self.switched,
            "length": self.length,
            "filters": filter_values(self.filters),
            "model": self.model,
            "unbacked": self.unbacked,
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
