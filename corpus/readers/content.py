"""What the reader of a format makes of a file's bytes, before it is a resource."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.front_matter import plain
from corpus.readers.metadata import NOTHING_GIVEN, Metadata
from corpus.resource import Section, Source

LONGEST_HEADING = 250
"""A longer heading is a paragraph that was marked up to look like one."""

CELLS = " | "
"""Stands between the cells of a table's row."""

_SPACE = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n[ \n]*")


class UnreadableError(Exception):
    """The file gives no text; the message says why, and what to do, in whole sentences."""


class ScannedError(UnreadableError):
    """The file has pictures of pages, but no text."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's own words and what it says about itself; offsets are into `text`, as in `Resource`."""

    text: str
    sections: tuple[Section, ...] = ()
    pages: tuple[int, ...] = ()
    found: Metadata = NOTHING_GIVEN
    sources: tuple[Source, ...] = ()
    notes: bool = False


@dataclass(slots=True)
class ContentBuilder:
    """Takes a file's blocks in their order; what has no words leaves no trace."""

    parts: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    length: int = 0

    def heading(self, text: str) -> None:
        """The next block stands under this heading."""
        words = " ".join(tidy(text).split())
        if len(words) > LONGEST_HEADING:
            self.paragraph(words)
        elif words:
            self.headings.append(words)

    def paragraph(self, text: str, separator: str = "\n\n") -> None:
        """A block of its own; `separator` stands before it, a line's end or an empty line."""
        words = tidy(text)
        if not words:
            return
        before = separator if self.length else ""
        self.length += len(before)
        self.sections.extend(Section(self.length, heading) for heading in self.headings)
        self.headings.clear()
        self.parts += (before, words)
        self.length += len(words)

    def row(self, cells: list[str]) -> None:
        """A table's row on a line of its own."""
        words = [" ".join(tidy(cell).split()) for cell in cells]
        if any(words):
            self.paragraph(CELLS.join(words), "\n")

    def content(self, found: Metadata = NOTHING_GIVEN) -> Content:
        """All of it; headings at the very end have nothing under them, and are text."""
        for heading in self.headings[:]:
            self.headings.clear()
            self.paragraph(heading)
        return Content("".join(self.parts), tuple(self.sections), tuple(self.pages), found)


def tidy(text: str) -> str:
    """The text without hidden characters, with single spaces, and no empty lines within."""
    return _AROUND_BREAK.sub("\n", _SPACE.sub(" ", plain(text))).strip()
