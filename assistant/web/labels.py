"""What the values of a facet are called in the page's language: languages, kinds, topics, places, decades."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from assistant.web.strings import ENGLISH, Strings
from corpus import vocabulary


def label_of(facet: str, value: str, strings: Strings) -> str:
    """The value of this facet in the words of the page; as it stands where they have none."""
    if facet == "decade":
        return str(strings.decade_name.format(value.removesuffix("s")))
    if facet == "place":
        return strings.places.get(value) or _places(strings.code).get(value, value)
    named: Mapping[str, Mapping[str, str]] = {
        "language": strings.languages,
        "kind": strings.kinds,
        "topic": strings.topics,
    }
    return named.get(facet, {}).get(value, value)


@cache
def _places(language: str) -> Mapping[str, str]:
    """Places by their English names, in a language, as the vocabulary has them."""
    if language == ENGLISH.code:
        return {}
    return {
        concept.label: concept.labels[language][0]
        for concept in vocabulary.load().concepts
        if concept.section == "places" and language in concept.labels
    }
