"""The answer after the search: nothing found, a list of readings, or sentences out of them."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from threading import Event

from assistant import extract, readings
from assistant.answer import Answer, Length
from assistant.generation.generate import Task, generate
from assistant.generation.model import LanguageModel
from assistant.lookup import Found
from assistant.suggestions import suggest
from assistant.understanding import Understanding, Understood
from corpus.filters import Filters
from embeddings.indexes import AnyIndex

READINGS = 6
READING_LIST = 10
NEAREST = 3

NOT_ANSWERED = "The collection has nothing that answers this."
NOTHING_ADMITTED = "No reading passes these filters: take one away."


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What was asked of the index, and what it holds on it."""

    index: AnyIndex
    understanding: Understanding
    understood: Understood
    found: Found
    filters: Filters


def write(
    answer: Answer, looked: LookedUp, length: Length, model: LanguageModel | None, stop: Event
) -> Generator[Answer]:
    """The answer as it grows. Where the evidence is too weak, or readings are wanted, no model is asked."""
    if not looked.found.answers:
        yield _not_answered(answer, looked)
    elif answer.intent == "readings":
        yield _reading_list(answer, looked)
    elif model is None:
        yield _extracted(answer, looked, length)
    else:
        question = looked.understood.question
        task = Task(question.understood_as, question.language, length)
        for growing in generate(_extracted(answer, looked, length), looked.found, task, model, stop):
            yield _with_readings(growing, looked) if growing.usage else growing


def _not_answered(answer: Answer, looked: LookedUp) -> Answer:
    """No sentence, but why, the nearest readings, and what can be asked instead."""
    index, hits, ranked = looked.index, looked.found.hits, looked.found.ranked
    nothing_left = looked.filters and not hits
    return replace(
        answer,
        answered=False,
        remark=NOTHING_ADMITTED if nothing_left else NOT_ANSWERED,
        readings=readings.found(index, hits, NEAREST, ranked.sentences),
        suggestions=suggest(index, looked.understanding, looked.understood, hits),
    )


def _extracted(answer: Answer, looked: LookedUp, length: Length) -> Answer:
    """The answer in sentences that stand in the readings."""
    found, wants_list = looked.found, looked.understood.question.wants_list
    chosen = extract.choose(found.ranked, found.sides, wants_list=wants_list, length=length)
    sentences, citations = extract.write(chosen)
    return _with_readings(replace(answer, sentences=sentences, citations=citations), looked)


def _with_readings(answer: Answer, looked: LookedUp) -> Answer:
    """The same with readings beside those that it cites."""
    cited = list(dict.fromkeys(citation.resource for citation in answer.citations))
    found = looked.found
    beside = readings.found(looked.index, found.hits, READINGS, found.ranked.sentences, leave_out=cited)
    return replace(answer, readings=beside)


def _reading_list(answer: Answer, looked: LookedUp) -> Answer:
    """Readings are what is asked for; the sentences say of the first ones what they are about."""
    found = looked.found
    sentences, citations = extract.write(extract.one_a_work(found.ranked, found.hits))
    listed = readings.found(looked.index, found.hits, READING_LIST, found.ranked.sentences)
    return replace(answer, sentences=sentences, citations=citations, readings=listed)
