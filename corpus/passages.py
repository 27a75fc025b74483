"""Split a resource's text into sentences, and sentences into passages; nothing is lost or repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import sentencex

from corpus.resource import Passage, Resource, Span

PASSAGE_CHARACTERS = 800
"""Whole sentences up to this length, without overlap, find more of an answer than fixed cuts do."""

LONGEST_SENTENCE = 800
"""Longer runs without a full stop (tables, lists, code) are cut at white space."""

WHOLE_PARAGRAPHS = 400
"""A passage so long ends with its paragraph: evidence rarely goes on in the next."""

_LINE = re.compile(r"[^\n]+")
_WORDS = re.compile(rf"\S(?:.{{0,{LONGEST_SENTENCE - 2}}}\S)?(?=\s|$)|\S{{{LONGEST_SENTENCE}}}", re.DOTALL)


def split_passages(resource: Resource, characters: int = PASSAGE_CHARACTERS) -> tuple[Passage, ...]:
    """Passages of whole sentences, none across a heading, in the order of the text."""
    return tuple(
        _passage(resource, group) for group in _groups(resource, split_sentences(resource), characters)
    )


def split_sentences(resource: Resource) -> tuple[Span, ...]:
    """Every sentence of the text without the white space around it.

    In notes a line is one sentence, as their author wrote it. Elsewhere a line may hold many.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(resource.text):
        parts = [line.group()] if resource.notes else sentencex.segment(resource.language, line.group())
        start = line.start()
        for part in parts:
            spans.extend(_bounded(resource.text, start, start + len(part)))
            start += len(part)
    return tuple(spans)


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without white space at its ends, cut where it is longer than a sentence can be."""
    stripped = text[start:end].strip()
    if not stripped:
        return
    start += text[start:end].index(stripped)
    if len(stripped) <= LONGEST_SENTENCE:
        yield Span(start, start + len(stripped))
        return
    for words in _WORDS.finditer(stripped):
        yield Span(start + words.start(), start + words.end())


def _groups(resource: Resource, sentences: Iterable[Span], characters: int) -> Iterator[list[Span]]:
    group: list[Span] = []
    for sentence in sentences:
        if group and _ends(resource, group, sentence, characters):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _ends(resource: Resource, group: Sequence[Span], following: Span, characters: int) -> bool:
    """Whether the passage ends before the sentence that follows it."""
    start, end = group[0].start, group[-1].end
    if following.end - start > characters:
        return True
    if resource.heading_at(following.start) != resource.heading_at(start):
        return True
    paragraph_ends = not resource.notes and "\n" in resource.text[end : following.start]
    return paragraph_ends and end - start >= WHOLE_PARAGRAPHS


def _passage(resource: Resource, sentences: list[Span]) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    return Passage(
        resource.id, start, end, resource.text[start:end], resource.heading_at(start), tuple(sentences)
    )
