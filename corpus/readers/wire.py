"""What the reading process tells, as JSON. What comes back is checked: a hostile file may have written it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from corpus.check import KINDS, URL_KINDS, is_date, is_web_address
from corpus.collection import topics
from corpus.front_matter import plain
from corpus.readers.content import Content
from corpus.readers.held import Held, Members, Records
from corpus.readers.metadata import Metadata
from corpus.readers.names import language_in, words_in
from corpus.readers.records import Record
from corpus.resource import Section, Source


def to_wire(held: Held) -> dict[str, Any]:
    """The kind of what is held, and its fields."""
    return {"is": type(held).__name__, **asdict(held)}


def content_from(reply: Mapping[str, Any]) -> Content:
    """The content; ValueError, KeyError or TypeError if the reply is none."""
    text = plain(_text(reply["text"]))
    return Content(
        text,
        tuple(Section(_offset(one["start"], text), _text(one["heading"])) for one in reply["sections"]),
        tuple(sorted(_offset(page, text) for page in reply["pages"])),
        metadata_from(reply["found"]),
        tuple(
            Source(_offset(one["start"], text), _offset(one["end"], text), url)
            for one in reply["sources"]
            if is_web_address(url := _text(one["url"]))
        ),
        reply["notes"] is True,
    )


def members_from(reply: Mapping[str, Any]) -> Members:
    """An archive's files; ValueError, KeyError or TypeError if the reply tells none."""
    return Members(tuple(_text(name) for name in reply["names"]), _pairs(reply["bad"]))


def records_from(reply: Mapping[str, Any]) -> Records:
    """A bibliography's entries; ValueError, KeyError or TypeError if the reply tells none."""
    records = tuple(
        Record(
            _text(one["key"]),
            _text(one["name"]),
            plain(_text(one["abstract"])),
            tuple(_text(file) for file in one["files"]),
            metadata_from(one["found"]),
        )
        for one in reply["records"]
    )
    return Records(records, _pairs(reply["bad"]))


def metadata_from(reply: Mapping[str, Any]) -> Metadata:
    """What was found, without any value that a reading may not have."""
    values: dict[str, Any] = {}
    for field in fields(Metadata):
        value = reply[field.name]
        if isinstance(value, list):
            texts = [words for one in value if (words := words_in(_text(one)))]
            values[field.name] = tuple(text for text in texts if _may_be(field.name, text))
        elif value is not None:
            words = words_in(_text(value), 2000)
            values[field.name] = words if words and _may_be(field.name, words) else None
    return Metadata(**values)


def _may_be(name: str, text: str) -> bool:
    match name:
        case "kind":
            return text in KINDS
        case "url_kind":
            return text in URL_KINDS
        case "topics":
            return text in topics()
        case "date":
            return is_date(text)
        case "language":
            return language_in(text) == text
        case "url" | "archived_url":
            return is_web_address(text)
    return True


def _pairs(value: Sequence[Sequence[object]]) -> tuple[tuple[str, str], ...]:
    return tuple((_text(first), _text(second)) for first, second in value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _offset(value: object, text: str) -> int:
    if not isinstance(value, int) or not 0 <= value <= len(text):
        raise ValueError("not a place in the text")
    return value
