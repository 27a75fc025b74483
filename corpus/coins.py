"""Readings as ContextObjects in spans (COinS), which reference managers find in a page.

The keys are those of NISO Z39.88-2004, in the formats journal, book and, for what is neither, Dublin Core.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from corpus.names import Name, personal_name
from corpus.resource import Resource

_FORMAT = "info:ofi/fmt:kev:mtx:"

_BOOKS: Mapping[str, str] = {
    "brief": "report",
    "guide": "report",
    "handbook": "book",
    "publication": "report",
    "statistics": "report",
    "working paper": "report",
}
"""The genre of the kinds that are described as a book."""

_OTHERS: Mapping[str, str] = {
    "blog": "blogPost",
    "interview": "interview",
    "law or standard": "statute",
    "news": "newspaperArticle",
    "organisation page": "webpage",
    "thematic page": "webpage",
}
"""What reference managers call the kinds that are described by Dublin Core; the others are documents."""


def to_coins(resource: Resource) -> str:
    """The `title` of a span of class Z3988: a query in UTF-8, still to be escaped as HTML."""
    return urlencode([("ctx_ver", "Z39.88-2004"), *_referent(resource)])


def _referent(resource: Resource) -> Iterator[tuple[str, str]]:
    if resource.kind == "journal article":
        yield from _journal(resource)
    elif resource.kind == "encyclopedia article":
        yield from _book(resource, "bookitem")
    elif resource.kind in _BOOKS:
        yield from _book(resource, _BOOKS[resource.kind])
    else:
        yield from _other(resource)
    if resource.date:
        yield "rft.date", resource.date
    yield "rft.language", resource.language
    if resource.url:
        yield "rft_id", resource.url


def _journal(resource: Resource) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", f"{_FORMAT}journal"
    yield "rft.genre", "article"
    yield "rft.atitle", resource.title
    if journal := resource.series or resource.publisher:
        yield "rft.jtitle", journal
    yield from _authors(resource)


def _book(resource: Resource, genre: str) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", f"{_FORMAT}book"
    yield "rft.genre", genre
    if genre == "bookitem":
        yield "rft.atitle", resource.title
        yield "rft.btitle", resource.publisher or ""
    else:
        yield "rft.btitle", resource.title
        if resource.publisher:
            yield "rft.pub", resource.publisher
        if resource.series:
            yield "rft.series", resource.series
    yield from _authors(resource)


def _other(resource: Resource) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", f"{_FORMAT}dc"
    yield "rft.type", _OTHERS.get(resource.kind, "document")
    yield "rft.title", resource.title
    if resource.publisher:
        yield "rft.publisher", resource.publisher
    for person in resource.people:
        yield "rft.creator", str(_name(person, resource))
    if resource.url:
        yield "rft.identifier", resource.url


def _authors(resource: Resource) -> Iterator[tuple[str, str]]:
    """The first author in two parts as well, which tells readers that know no other way."""
    for number, person in enumerate(resource.people):
        name = _name(person, resource)
        if number == 0 and name.given:
            yield "rft.aulast", name.family
            yield "rft.aufirst", name.given
        yield "rft.au", str(name)
    if not resource.people and resource.publisher:
        yield "rft.aucorp", resource.publisher


def _name(person: str, resource: Resource) -> Name:
    return personal_name(person, resource.language)
