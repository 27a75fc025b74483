"""RIS files, as reference managers and publishers write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import rispy
from rispy.parser import ParseError

from corpus.readers.content import UnreadableError
from corpus.readers.records import MOST_RECORDS, Record, listed, make_record
from corpus.readers.text import decode

_FILES = ("file_attachments1", "file_attachments2")


def read_ris(data: bytes) -> list[Record]:
    """The records; UnreadableError if there is something else between them."""
    try:
        entries = rispy.loads(decode(data), skip_unknown_tags=True)
    except (ParseError, ValueError, KeyError, IndexError) as error:
        raise UnreadableError("The RIS file is damaged. Export it again.") from error
    return [_ris_record(entry) for entry in entries[:MOST_RECORDS]]


def _ris_record(entry: Mapping[str, Any]) -> Record:
    def text(*names: str) -> str:
        return next((value for name in names if isinstance(value := entry.get(name), str)), "")

    people = entry.get("authors") or entry.get("first_authors") or entry.get("secondary_authors") or []
    files = [str(file) for name in _FILES for file in listed(entry.get(name))]
    return make_record(
        kind=text("type_of_reference"),
        key=text("id"),
        doi=text("doi"),
        abstract=text("abstract", "notes_abstract"),
        files=[file.removeprefix("file://") for file in files],
        title=text("title", "primary_title", "short_title"),
        people=[str(person) for person in people],
        date=text("date").rstrip("/") or text("year", "publication_year"),
        publisher=text("publisher"),
        series=text("journal_name", "secondary_title", "tertiary_title"),
        url=next((str(url) for url in listed(entry.get("urls") or entry.get("url"))), ""),
        language=text("language"),
        rights="",
    )
