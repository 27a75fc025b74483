"""Whose readings are meant by a name: a person's, whole or the family name alone, or a publisher's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus import vocabulary
from corpus.resource import Resource
from embeddings.terms import STOP_WORDS, words

_BETWEEN_NAMES = re.compile(r"[()/,;]| and ")
"""A publisher may have several names: "Grassroots Economic Organizing (GEO)", "YES! Magazine / Shareable"."""

Name = tuple[str, ...]
"""The words of a name, folded, without articles."""


def made_by(resources: Iterable[Resource], name: str) -> frozenset[str]:
    """The ids of the readings by whoever has this name, or another one that the vocabulary knows for it."""
    asked = {_name(name), *(_name(other) for other in _other_names(name))} - {()}
    if not asked:
        return frozenset()
    return frozenset(resource.id for resource in resources if asked & _makers(resource))


def _makers(resource: Resource) -> set[Name]:
    """The names of those who made the reading, of a person the family name too."""
    people = [_name(person) for person in resource.people]
    publisher = resource.publisher or ""
    publishers = [_name(part) for part in (publisher, *_BETWEEN_NAMES.split(publisher))]
    families = [_name(person.split()[-1]) for person in resource.people]
    return {*people, *families, *publishers} - {()}


def _name(text: str) -> Name:
    return tuple(word for word in words(text) if word not in STOP_WORDS)


def _other_names(name: str) -> Iterable[str]:
    found = vocabulary.load().expand(name, "en")
    return (label for one in found if _name(one.used) == _name(name) for label in one.labels)
