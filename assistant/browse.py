"""The collection without a question: its readings on shelves, by what they are about or in an order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.answer import Reading
from corpus import facets
from corpus.filters import EVERYTHING, Filters
from corpus.resource import Resource

Order = Literal["topic", "place", "kind", "title", "newest"]
ORDERS: tuple[Order, ...] = get_args(Order)
"""What a reader can browse by."""

OTHER_LETTERS = "#"
"""The heading of titles that begin with a digit or a letter of another script."""

_ARTICLES = {
    "de": "der die das ein eine",
    "en": "the a an",
    "es": "el la los las un una unos unas lo",
    "fr": "le la les un une des l'",
    "it": "il lo la i gli le un uno una l' un'",
    "pt": "o a os as um uma uns umas",
}
_NO_LETTER = re.compile(r"^[\W_]+")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Works that stand together; `heading` is a topic, place, kind, letter or year, '' for none."""

    heading: str
    readings: tuple[Reading, ...]


def browse(
    resources: Collection[Resource], by: Order, filters: Filters = EVERYTHING, language: str = "en"
) -> tuple[Shelf, ...]:
    """The readings that pass the filters, one entry a work with its other editions, on shelves.

    Topics, places and kinds come with most works first, letters and years in their order, what is not
    known last. Titles within a shelf stand as a library in `language` (ISO 639-1) sorts them.
    """

    def title(reading: Reading) -> tuple[str, str]:
        return title_key(reading.resource, language), reading.resource.id

    works = sorted(_works(resources, filters, language), key=title)
    if by == "newest":
        works.sort(key=lambda reading: reading.resource.date or "", reverse=True)
    shelves: dict[str, list[Reading]] = {}
    for reading in works:
        for heading in _headings(by, language)(reading.resource):
            shelves.setdefault(heading, []).append(reading)
    return tuple(Shelf(heading, tuple(shelves[heading])) for heading in _arranged(shelves, by))


def title_key(resource: Resource, language: str = "en") -> str:
    """What titles are sorted by: lower case, no accents, no sign or article of its language before it.

    In Spanish ñ is a letter of its own, after n.
    """
    title = _NO_LETTER.sub("", resource.title.casefold().replace("’", "'"))
    articles = _ARTICLES.get(resource.language, "").split()
    article = next((a for a in articles if title.startswith(a if a.endswith("'") else f"{a} ")), "")
    title = _NO_LETTER.sub("", title.removeprefix(article)) or title
    if language == "es":
        title = title.replace("ñ", "n~")
    return "".join(sign for sign in unicodedata.normalize("NFKD", title) if not unicodedata.combining(sign))


def _works(resources: Collection[Resource], filters: Filters, language: str) -> Iterable[Reading]:
    """One reading a work: of the editions that pass, the one in the reader's language, or the first."""
    editions: dict[str, list[Resource]] = {}
    for resource in resources:
        editions.setdefault(resource.work_id, []).append(resource)
    for work in editions.values():
        admitted = [resource for resource in work if filters.admit(resource)]
        if admitted:
            first = min(admitted, key=lambda resource: resource.language != language)
            yield Reading(first, "", 0.0, tuple(resource for resource in work if resource is not first))


def _headings(by: Order, language: str) -> Callable[[Resource], tuple[str, ...]]:
    if by == "title":
        return lambda resource: (_letter(title_key(resource, language)),)
    if by == "newest":
        return lambda resource: (str(resource.year or ""),)
    return lambda resource: facets.values(resource, by) or ("",)


def _letter(key: str) -> str:
    if key[:2] == "n~":
        return "Ñ"
    return key[0].upper() if key and "a" <= key[0] <= "z" else OTHER_LETTERS


def _arranged(shelves: dict[str, list[Reading]], by: Order) -> list[str]:
    """The headings in their order; what is not known comes last."""
    if by == "title":
        return sorted(shelves, key=lambda letter: (letter == OTHER_LETTERS, letter.replace("Ñ", "N~")))
    if by == "newest":
        return sorted(shelves, reverse=True)
    return sorted(shelves, key=lambda heading: (not heading, -len(shelves[heading]), heading.casefold()))
