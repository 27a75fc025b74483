"""Markdown, with a header or without: a reading of ours as it was written, any other without its marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.body import read_body
from corpus.check import KINDS
from corpus.collection import parse, topics
from corpus.errors import CollectionError
from corpus.front_matter import Field, plain, read_fields, split_header
from corpus.readers.content import CELLS, Content, UnreadableError
from corpus.readers.metadata import Metadata
from corpus.readers.names import address_in, date_in, language_in, people_in, title_in, words_in
from corpus.readers.text import decode, is_binary
from corpus.resource import Resource

# Every repetition has a bound or an end of its own: hostile files repeat signs to make searching slow.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
_SETEXT = re.compile(r"^(?=\S)([^\n|]{1,200})\n(?:=+|-{3,})[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$\n?", re.MULTILINE)
_TABLE_ROW = re.compile(r"^[ \t]*\|(.*?)\|?[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,1000})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"(?<!\!)\[([^\[\]\n^][^\[\]\n]{0,1000})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,300}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]+?)(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"(?<!`)(`{1,3})([^`\n]+)\1(?!`)")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_ESCAPE = re.compile(r"\\([*_`{}()+.!|>~-])")


def read_markdown(data: bytes, name: str) -> Content:
    """The file's words; a reading that this program exported is read back with all its fields."""
    if is_binary(data):
        raise UnreadableError("The file is not text, whatever its name says. Save it as text or PDF.")
    text = plain(decode(data))
    try:
        return _own(parse(text, "reading", name))
    except CollectionError:
        header, markdown, first_line = split_header(text) or ("", text, 1)
    fields, _ = read_fields(header, _not_told) if header else ({}, True)
    body = read_body(_without_marks(markdown), first_line, False, _not_told)
    return Content(body.text.strip("\n"), tuple(body.sections), found=_metadata(fields))


def _own(resource: Resource) -> Content:
    """What the reading says and is, with its sources, and whether it is notes."""
    found = Metadata(**{name: getattr(resource, name) for name in Metadata.__dataclass_fields__})
    return Content(
        resource.text, resource.sections, found=found, sources=resource.sources, notes=resource.notes
    )


def _not_told(_line: int, _wrong: str, _remedy: str) -> None:
    """What would be a mistake in our collection is the way other people write."""


def _without_marks(markdown: str) -> str:
    """The Markdown with headings and lists, but without emphasis, links, pictures, tags and fences."""
    text = _CODE_FENCE.sub("", _COMMENT.sub("", markdown))
    text = _RULE.sub("", _SETEXT.sub(r"# \1\n", text))
    text = _TABLE_ROW.sub(_row, _TABLE_RULE.sub("", text))
    text = _QUOTE.sub("", text)
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", _AUTOLINK.sub(r"\1", text)))
    text = _CODE.sub(r"\2", _TAG.sub("", text))
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", _STRONG.sub(r"\2", text))))


def _row(row: re.Match[str]) -> str:
    """The row's cells on a line that ends in a break, so that the next row has its own."""
    return CELLS.join(cell.strip() for cell in row[1].split("|")) + "\\"


def _metadata(fields: Mapping[str, Field]) -> Metadata:
    """The fields that other programs write too, under their names for them."""
    values = {name.casefold(): [text for text, _ in field.values] for name, field in fields.items()}
    kind = _first(values, "kind", "type")
    known = topics()
    return Metadata(
        title=title_in(_first(values, "title")),
        people=people_in(*_all(values, "people", "authors", "author", "creator")),
        publisher=words_in(_first(values, "publisher")),
        date=date_in(_first(values, "date", "published", "year")),
        language=language_in(_first(values, "language", "lang")),
        url=address_in(_first(values, "url", "source", "link")),
        topics=tuple(topic for topic in _all(values, "topics", "tags") if topic in known),
        places=tuple(_all(values, "places", "place")),
        series=words_in(_first(values, "series")),
        rights=words_in(_first(values, "rights", "license")),
        kind=kind if kind in KINDS else None,
    )


def _all(values: Mapping[str, Sequence[str]], *names: str) -> Sequence[str]:
    return next((values[name] for name in names if values.get(name)), ())


def _first(values: Mapping[str, Sequence[str]], *names: str) -> str:
    return next(iter(_all(values, *names)), "")
