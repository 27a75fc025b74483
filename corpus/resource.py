"""The nouns everything speaks of: a resource (a reading) and its passages.

Offsets are always characters into `Resource.text`, which is the body without headings' marks,
footnote marks or any other markup.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

ARCHIVE = "https://web.archive.org/web/2023/"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of a resource's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and where the text under it begins; it lasts until the next section."""

    start: int
    heading: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the words of one span were learned, if not at the resource's own address."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One reading. `notes` tells our own sentences about it (True) from its own words (False).

    `pages` are where each page begins, page 1 first; `file` names the user's file that was read.
    """

    id: str
    title: str
    kind: str
    language: str
    text: str
    notes: bool = False
    series: str | None = None
    people: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    url: str | None = None
    url_kind: str | None = None
    archived_url: str | None = None
    alternative_urls: tuple[str, ...] = ()
    work: str | None = None
    rights: str | None = None
    listed_by_ilo: bool = False
    sections: tuple[Section, ...] = ()
    sources: tuple[Source, ...] = ()
    pages: tuple[int, ...] = ()
    file: str | None = None

    @property
    def work_id(self) -> str:
        """What translations and editions share: the work's id, or the resource's own."""
        return self.work or self.id

    @property
    def year(self) -> int | None:
        """The year of `date`, which is YYYY, YYYY-MM or YYYY-MM-DD."""
        return int(self.date[:4]) if self.date else None

    def heading_at(self, start: int) -> str | None:
        """The heading that the character at `start` stands under."""
        number = bisect_right([section.start for section in self.sections], start)
        return self.sections[number - 1].heading if number else None

    def page_at(self, start: int) -> int | None:
        """The page, counted from 1, that the character at `start` stands on, for texts with pages."""
        return bisect_right(self.pages, start) or None

    def url_at(self, start: int) -> str | None:
        """The address that the sentence at `start` was learned from: its own source, or the reading's."""
        for source in self.sources:
            if source.start <= start < source.end:
                return source.url
        return self.url


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of a resource, found and cited together; offsets are into the resource's text."""

    resource_id: str
    start: int
    end: int
    text: str
    heading: str | None
    sentences: tuple[Span, ...]

    def sentence_texts(self) -> tuple[str, ...]:
        """The words of each sentence, as they stand in the text."""
        return tuple(self.text[s.start - self.start : s.end - self.start] for s in self.sentences)
