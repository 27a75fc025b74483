"""The finished sentences of an answer that is being written, each with the numbers of its marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sentencex

from assistant.generation.marks import Event, Mark
from corpus.resource import Span

_LIST_MARK = re.compile(r"\s*(?:(?:[#>]+|[-*•+–]|\d{1,2}[.)])\s+)*")
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}")
_BETWEEN_MARKS = re.compile(r"[ \t,;]*")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as a model wrote it, without its marks; `numbers` are the sources that it named."""

    text: str
    numbers: tuple[int, ...]


class Sentences:
    """Takes events as they come and gives sentences when they are over: when the next one has begun."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._text = ""
        self._marks: list[tuple[int, Mark]] = []

    @property
    def unfinished(self) -> str:
        """The words of the sentence that is being written."""
        return _plain(self._text)

    def add(self, event: Event) -> list[Written]:
        """The sentences that are over now."""
        if isinstance(event, Mark):
            self._add_mark(event)
            return []
        if self._marks and self._marks[-1][0] == len(self._text) and event[:1].isalnum():
            self._text += " "
        self._text += event
        return self._taken(len(self._spans()) - 1)

    def end(self) -> list[Written]:
        """The sentences that are left, whether they have an end or not."""
        return self._taken(len(self._spans()))

    def _add_mark(self, mark: Mark) -> None:
        last = self._marks[-1][0] if self._marks else 0
        if self._marks and _BETWEEN_MARKS.fullmatch(self._text, last):
            self._text = self._text[:last]
        self._text = self._text.rstrip(" \t")
        self._marks.append((len(self._text), mark))

    def _taken(self, count: int) -> list[Written]:
        """The first `count` sentences, which are forgotten."""
        if count < 1:
            return []
        spans = self._spans()
        owners = [self._owner(place, spans) for place, _ in self._marks]
        written = [
            Written(_plain(self._text[span.start : span.end]), self._numbers(owners, number))
            for number, span in enumerate(spans[:count])
        ]
        start = spans[count].start if count < len(spans) else len(self._text)
        rest = zip(self._marks, owners, strict=True)
        self._marks = [(max(0, place - start), mark) for (place, mark), owner in rest if owner >= count]
        self._text = self._text[start:]
        return written

    def _numbers(self, owners: list[int], sentence: int) -> tuple[int, ...]:
        marks = (mark for (_, mark), owner in zip(self._marks, owners, strict=True) if owner == sentence)
        return tuple(dict.fromkeys(number for mark in marks for number in mark.numbers))

    def _owner(self, place: int, spans: list[Span]) -> int:
        """The sentence before a mark; the one after it where the mark begins its line."""
        before = max((number for number, span in enumerate(spans) if span.start < place), default=0)
        after = before + 1
        if after < len(spans) and "\n" in self._text[spans[before].end : place]:
            return before if "\n" in self._text[place : spans[after].start] else after
        return before

    def _spans(self) -> list[Span]:
        """Where each sentence stands; no sentence goes over the end of a line."""
        spans: list[Span] = []
        for line in re.finditer(r"[^\n]+", self._text):
            opening = _LIST_MARK.match(line.group())
            start = line.start() + (opening.end() if opening else 0)
            for part in sentencex.segment(self._language, self._text[start : line.end()]):
                end = start + len(part)
                if any(map(str.isalnum, part)):
                    spans.append(Span(start, end))
                start = end
        return spans


def _plain(text: str) -> str:
    """On one line, without the marks of emphasis."""
    opening = _LIST_MARK.match(text)
    return " ".join(_EMPHASIS.sub("", text[opening.end() if opening else 0 :]).split())
