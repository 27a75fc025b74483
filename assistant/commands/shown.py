"""Answers, passages and readings as text for a terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer, AnswerSentence, Reading
from assistant.web.addresses import archived_copy
from assistant.web.strings import ENGLISH as WORDS
from assistant.web.view import Source, sources_of
from corpus.links import link_to
from corpus.resource import Resource

if TYPE_CHECKING:
    from embeddings.search import Hit

WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""

_INDENT = "    "


def answer_text(answer: Answer) -> str:
    """The sentences with their numbers, what the numbers stand for, and where to read on."""
    blocks = [*_head(answer)]
    if answer.sentences:
        blocks.append(_wrapped(" ".join(_sentence_words(sentence) for sentence in answer.sentences)))
    if sources := sources_of(answer):
        blocks.append(_block(WORDS.sources, (_source_lines(source, answer) for source in sources)))
    if answer.readings:
        blocks.append(_block(_readings_heading(answer), map(_reading_lines, answer.readings)))
    if answer.suggestions:
        asks = ([_wrapped(plain(text), "  ")] for text in answer.suggestions)
        blocks.append(_block(WORDS.try_asking, asks))
    return "\n\n".join(blocks)


def hits_text(hits: Sequence[Hit]) -> str:
    """Passages by number, each with its reading and its address."""
    if not hits:
        return "No reading passes these filters: take one away."
    blocks = []
    for number, hit in enumerate(hits, start=1):
        address = link_to(hit.resource, hit.passage.start, hit.passage.end)
        lines = [
            _wrapped(f"{number:>2}. {_about(hit.resource)}"),
            _wrapped(plain(hit.passage.text), _INDENT),
            *([_INDENT + plain(address)] if address else []),
            _id_line(hit.resource),
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def readings_text(readings: Sequence[Reading]) -> str:
    """One reading after the other, each with why it is there, its address and its id."""
    return "\n".join(line for reading in readings for line in _reading_lines(reading))


def count(number: int, noun: str) -> str:
    """`1 reading`, `2 readings`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def plain(text: str) -> str:
    """The text on one line, without characters that a terminal would obey."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _head(answer: Answer) -> Iterator[str]:
    if answer.understood_as != answer.question and answer.intent != "small talk":
        yield _wrapped(f"{WORDS.understood_as}: {plain(answer.understood_as)}")
    if answer.remark:
        yield _wrapped(plain(answer.remark))


def _sentence_words(sentence: AnswerSentence) -> str:
    if sentence.support == "unsupported":
        return f"({WORDS.marks['unsupported']}: {plain(sentence.text)})"
    marks = "".join(f" [{number}]" for number in sentence.citations)
    return plain(sentence.text) + marks


def _source_lines(source: Source, answer: Answer) -> list[str]:
    resource = source.resource
    numbers = " ".join(f"[{number}]" for number in source.numbers)
    provenance = WORDS.from_notes if resource.notes else WORDS.in_its_words
    lines = [_wrapped(f"{numbers} {_about(resource)}; {provenance}"), *_address_lines(resource)]
    cited = (citation for citation in answer.citations if citation.number in source.numbers)
    at_words = dict.fromkeys(c.link for c in cited if c.link and c.link != c.url)
    lines += [f"{_INDENT}at the words: {plain(link)}" for link in at_words]
    lines += [f"{_INDENT}learned at {plain(address)}" for address in source.learned_at]
    if archive := archived_copy(resource):
        lines.append(f"{_INDENT}{WORDS.archived}: {plain(archive)}")
    return [*lines, _id_line(resource)]


def _reading_lines(reading: Reading) -> list[str]:
    lines = [_wrapped(f"- {_about(reading.resource)}")]
    if reading.why:
        lines.append(_wrapped(plain(reading.why), _INDENT))
    return [*lines, *_address_lines(reading.resource), _id_line(reading.resource)]


def _readings_heading(answer: Answer) -> str:
    heading: str = WORDS.nearest
    if answer.intent == "readings":
        heading = WORDS.readings_found
    elif answer.answered:
        heading = WORDS.readings
    return heading


def _about(resource: Resource) -> str:
    """Title, people, publisher, year and kind, as far as they are known."""
    known = (*resource.people[:3], resource.publisher, resource.date and resource.date[:4], resource.kind)
    return plain(", ".join([resource.title, *(part for part in known if part)]))


def _address_lines(resource: Resource) -> list[str]:
    if not resource.url:
        return [f"{_INDENT}({WORDS.without_address})"]
    kind = WORDS.address_kinds.get(resource.url_kind or "")
    return [f"{_INDENT}{plain(resource.url)}{f' ({kind})' if kind else ''}"]


def _id_line(resource: Resource) -> str:
    """What `similar`, `export` and `remove` call the reading."""
    return f"{_INDENT}id: {resource.id}"


def _block(heading: str, entries: Iterable[Sequence[str]]) -> str:
    return "\n".join([heading, *(line for lines in entries for line in lines)])


def _wrapped(text: str, indent: str = "") -> str:
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent or ("" if text[:1].isalnum() else _INDENT),
        break_long_words=False,
        break_on_hyphens=False,
    )
