"""A resource from what was given, what was found, and the name of the file."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.readers.content import Content
from corpus.readers.metadata import Metadata
from corpus.resource import Resource

DEFAULT_LANGUAGE = "en"
DEFAULT_KIND = "document"

_MARKS = re.compile(r"[\s_]+")


def assemble(id: str, content: Content, given: Metadata, spoken: str | None, file: str) -> Resource:  # noqa: A002
    """The reading; enough words tell their language better than the mark that the file has."""
    known = given.over(replace(content.found, language=spoken or content.found.language))
    return Resource(
        id=id,
        title=known.title or _title(content, file),
        kind=known.kind or DEFAULT_KIND,
        language=known.language or DEFAULT_LANGUAGE,
        text=content.text,
        notes=content.notes,
        series=known.series,
        people=known.people,
        publisher=known.publisher,
        date=known.date,
        places=known.places,
        topics=known.topics,
        url=known.url,
        url_kind=known.url_kind if known.url else None,
        archived_url=known.archived_url,
        rights=known.rights,
        sections=content.sections,
        sources=content.sources,
        pages=content.pages,
        file=file,
    )


def _title(content: Content, file: str) -> str:
    """The heading that the text begins with, or the file's name in words."""
    if content.sections and content.sections[0].start == 0:
        return content.sections[0].heading
    name = _MARKS.sub(" ", PurePosixPath(file).stem).strip()
    return name[:1].upper() + name[1:] or file
