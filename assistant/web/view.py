"""What the templates show of an answer and of the collection, worked out before any HTML is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.language import language_of
from assistant.web.addresses import safe_address
from assistant.web.labels import label_of
from assistant.web.preferences import filter_values
from assistant.web.strings import Strings
from corpus.links import link_to
from corpus.passages import split_sentences
from corpus.resource import Resource

if TYPE_CHECKING:
    from assistant.web.conversation import Exchange  # whose library the command line does without

Mark = Literal["quoted", "note", "supported", "unsupported"]

CARD_CHARACTERS = 220
"""A passage card shows up to this many characters on each side of the cited words."""

WAYS_IN = 9
"""The first screen offers this many topics."""


@dataclass(frozen=True, slots=True)
class CollectionFigures:
    """What the first screen says of the collection; topics come with their number of readings, most first."""

    readings: int
    notes: int
    languages: int
    topics: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A reading in the list under an answer, with the numbers of the citations that lead to it.

    `learned_at` are the addresses that cited words were seen at, where that is not the reading's own.
    """

    numbers: tuple[int, ...]
    resource: Resource
    learned_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The cited words between what stands before and after them in their passage."""

    before: str
    cited: str
    after: str


def collection_figures(resources: Sequence[Resource]) -> CollectionFigures:
    """Counted from the readings themselves."""
    topics = Counter(topic for resource in resources for topic in resource.topics)
    return CollectionFigures(
        readings=len(resources),
        notes=sum(len(split_sentences(resource)) for resource in resources if resource.notes),
        languages=len({resource.language for resource in resources}),
        topics=tuple(topics.most_common(WAYS_IN)),
    )


def citations_of(sentence: AnswerSentence, answer: Answer) -> tuple[Citation, ...]:
    """The citations of one sentence, in the order of its numbers; a number that leads nowhere is left out."""
    by_number = {citation.number: citation for citation in answer.citations}
    return tuple(by_number[number] for number in sentence.citations if number in by_number)


def mark_of(sentence: AnswerSentence, answer: Answer) -> Mark:
    """How well a sentence is backed. A note is never called a quotation, nor is what cites nothing."""
    citations = citations_of(sentence, answer)
    if not citations:
        return "unsupported"
    if sentence.support == "quoted" and any(citation.resource.notes for citation in citations):
        return "note"
    return sentence.support


def language_of_words(citation: Citation) -> str:
    """The language of cited words: the reading's, or, since notes on it may be in another, the words' own."""
    return language_of(citation.words) if citation.resource.notes else citation.resource.language


def marks_in(answer: Answer) -> tuple[Mark, ...]:
    """The marks that an answer uses, each once."""
    return tuple(dict.fromkeys(mark_of(sentence, answer) for sentence in answer.sentences))


def sources_of(answer: Answer) -> tuple[Source, ...]:
    """One entry for each reading that is cited, in the order of first citation."""
    groups: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        groups.setdefault(citation.resource.id, []).append(citation)
    return tuple(
        Source(tuple(citation.number for citation in group), group[0].resource, _learned_at(group))
        for group in groups.values()
    )


def passage_words(citation: Citation) -> PassageWords:
    """The passage around a citation, cut at a word where it is long."""
    text, offset = citation.passage.text, citation.passage.start
    before, after = text[: citation.start - offset], text[citation.end - offset :]
    if len(before) > CARD_CHARACTERS:
        before = f"… {before[-CARD_CHARACTERS:].partition(' ')[2]}"
    if len(after) > CARD_CHARACTERS:
        after = f"{after[:CARD_CHARACTERS].rpartition(' ')[0]} …"
    return PassageWords(before, citation.words, after)


def link_to_words(citation: Citation) -> str | None:
    """Where a citation leads: to the words themselves where the text is the reading's own."""
    return safe_address(link_to(citation.resource, citation.start, citation.end))


def languages_apart(answer: Answer) -> tuple[str, ...]:
    """The languages, other than the question's, of the readings that an answer cites or offers."""
    asked_in = language_of(answer.understood_as or answer.question)
    readings = [*(c.resource for c in answer.citations), *(r.resource for r in answer.readings)]
    return tuple(dict.fromkeys(r.language for r in readings if r.language != asked_in))


def narrowed_to(exchange: Exchange, strings: Strings) -> str:
    """`from 12 readings: kind study, place Italy`."""
    chosen = [
        f"{strings.fields[facet].lower()} {' / '.join(label_of(facet, name, strings) for name in names)}"
        for facet, names in filter_values(exchange.filters).items()
    ]
    readings = strings.counted(exchange.admitted, strings.readings_count)
    return str(strings.from_readings.format(readings=readings, filters=", ".join(chosen)))


def _learned_at(citations: Sequence[Citation]) -> tuple[str, ...]:
    elsewhere = (safe_address(c.url) for c in citations if c.url != c.resource.url)
    return tuple(dict.fromkeys(address for address in elsewhere if address))
