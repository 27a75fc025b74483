"""The answer after the search: nothing found, a list of readings, or sentences out of them."""

from __future__ import annotations

from dataclasses import replace

from assistant import extract, readings
from assistant.answer import Answer, Length
from assistant.lookup import Found
from assistant.suggestions import suggest
from assistant.understanding import Understanding, Understood
from corpus.filters import Filters
from embeddings.index import Index

READINGS = 6
READING_LIST = 10
NEAREST = 3

NOT_ANSWERED = "The collection has nothing that answers this."
NOTHING_ADMITTED = "No reading passes these filters: take one away."


def not_answered(
    answer: Answer,
    index: Index,
    understanding: Understanding,
    understood: Understood,
    found: Found,
    filters: Filters,
) -> Answer:
    """No sentence, but why, the nearest readings, and what can be asked instead."""
    nothing_left = filters and not found.hits
    return replace(
        answer,
        answered=False,
        remark=NOTHING_ADMITTED if nothing_left else NOT_ANSWERED,
        readings=readings.found(index, found.hits, NEAREST),
        suggestions=suggest(index, understanding, understood, found.hits),
    )


def extracted(answer: Answer, index: Index, understood: Understood, found: Found, length: Length) -> Answer:
    """The answer in sentences that stand in the readings, and readings beside those that it cites."""
    wants_list = understood.question.wants_list
    chosen = extract.choose(found.ranked, found.sides, wants_list=wants_list, length=length)
    sentences, citations = extract.write(chosen)
    cited = list(dict.fromkeys(citation.resource for citation in citations))
    return replace(
        answer,
        sentences=sentences,
        citations=citations,
        readings=readings.found(index, found.hits, READINGS, leave_out=cited),
    )


def reading_list(answer: Answer, index: Index, found: Found) -> Answer:
    """Readings are what is asked for; the sentences say of the first ones what they are about."""
    sentences, citations = extract.write(extract.one_a_work(found.ranked, found.hits))
    listed = readings.found(index, found.hits, READING_LIST)
    return replace(answer, sentences=sentences, citations=citations, readings=listed)
