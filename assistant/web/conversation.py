"""A conversation as the page holds it, and its form in the reader's own browser.

What comes back from a browser is only believed where the collection bears it out: readings are named by id,
citations by offsets, and an answer whose readings have changed since is not shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from assistant.answer import Answer, AnswerSentence, Citation, Intent, Length, Reading, Support, Turn, Usage
from assistant.generation.models import NO_MODEL
from assistant.web.preferences import LONGEST_VALUE, filter_values, filters_of
from corpus.errors import UnknownReading
from corpus.filters import EVERYTHING, Filters
from corpus.resource import Passage, Resource

KEPT_EXCHANGES = 30
"""The browser keeps this many of the latest questions and their answers."""

_Text = Annotated[str, Field(max_length=8000)]
_Name = Annotated[str, Field(max_length=LONGEST_VALUE)]
FindResource = Callable[[str], Resource]

Shared = Literal["", "same", "changed", "differs"]
"""Not from a link; the same collection and answer; another collection; the same one, but another answer."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, and its answer or else one line that says why there is none.

    `outdated` tells that there was an answer, from a collection that has changed since; `stopped` that the
    reader did not wait for the rest; `shared` how an answer that was asked for by a link compares to the
    one that the link was made of. `admitted` is how many readings passed the filters. `number` is its place
    in the conversation, from 1 on, and stays when the browser forgets the first ones.
    """

    question: str
    answer: Answer | None = None
    remark: str = ""
    outdated: bool = False
    stopped: bool = False
    shared: Shared = ""
    filters: Filters = EVERYTHING
    length: Length = "short"
    admitted: int = 0
    number: int = 1


class _SavedCitation(BaseModel):
    number: int
    resource: str
    start: int
    end: int
    words: _Text
    passage: tuple[int, int]


class _SavedSentence(BaseModel):
    text: _Text
    citations: tuple[int, ...]
    support: Support
    repaired: bool = False


class _SavedUsage(BaseModel):
    model: _Name
    seconds_to_first_word: float | None
    seconds: float
    prompt_tokens: int | None
    completion_tokens: int | None


class _SavedReading(BaseModel):
    resource: str
    why: _Text
    editions: tuple[str, ...] = ()


class _SavedExchange(BaseModel):
    question: _Text
    remark: _Text = ""
    understood_as: _Text = ""
    intent: Intent = "question"
    answered: bool = False
    sentences: tuple[_SavedSentence, ...] | None = None
    citations: tuple[_SavedCitation, ...] = ()
    readings: tuple[_SavedReading, ...] = ()
    suggestions: tuple[_Text, ...] = ()
    writer: _Name = NO_MODEL
    usage: _SavedUsage | None = None
    stopped: bool = False
    shared: Shared = ""
    filters: dict[str, list[str]] = {}
    length: Length = "short"
    admitted: int = 0
    number: int = 0


def saved(exchanges: Sequence[Exchange]) -> list[dict[str, Any]]:
    """The latest exchanges as JSON values for the browser to keep."""
    return [_saved(exchange) for exchange in exchanges[-KEPT_EXCHANGES:]]


def restored(values: object, find: FindResource) -> tuple[Exchange, ...]:
    """The exchanges that a browser kept, without what is not in the form of `saved`."""
    if not isinstance(values, list):
        return ()
    find = cache(find)  # most readings are named more than once, and each is looked up in the store
    exchanges: list[Exchange] = []
    for value in values[-KEPT_EXCHANGES:]:
        try:
            exchange = _restored(_SavedExchange.model_validate(value), find)
        except ValidationError:
            continue
        exchanges.append(replace(exchange, number=max(exchange.number, next_number(exchanges))))
    return tuple(exchanges)


def next_number(exchanges: Sequence[Exchange]) -> int:
    """The place of the exchange that comes after these."""
    return exchanges[-1].number + 1 if exchanges else 1


def history(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """What was said before, as the assistant wants it; a question that failed was not said."""
    turns: list[Turn] = []
    for exchange in exchanges:
        if exchange.answer:
            turns.append(Turn("user", exchange.question))
            cited = dict.fromkeys(citation.resource.id for citation in exchange.answer.citations)
            turns.append(Turn("assistant", exchange.answer.text, tuple(cited)))
    return tuple(turns)


def _saved(exchange: Exchange) -> dict[str, Any]:
    answer = exchange.answer
    asked = {
        "question": exchange.question,
        "filters": filter_values(exchange.filters),
        "length": exchange.length,
        "admitted": exchange.admitted,
        "number": exchange.number,
    }
    if answer is None:
        return {**asked, "remark": exchange.remark, "stopped": exchange.stopped}
    return {
        **asked,
        "stopped": exchange.stopped,
        "shared": exchange.shared,
        "remark": answer.remark,
        "understood_as": answer.understood_as,
        "intent": answer.intent,
        "answered": answer.answered,
        "sentences": [sentence.to_json() for sentence in answer.sentences],
        "citations": [_saved_citation(citation) for citation in answer.citations],
        "readings": [
            {"resource": r.resource.id, "why": r.why, "editions": [e.id for e in r.editions]}
            for r in answer.readings
        ],
        "suggestions": list(answer.suggestions),
        "writer": answer.writer,
        "usage": asdict(answer.usage) if answer.usage else None,
    }


def _saved_citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "resource": citation.resource.id,
        "start": citation.start,
        "end": citation.end,
        "words": citation.words,
        "passage": [citation.passage.start, citation.passage.end],
    }


def _restored(value: _SavedExchange, find: FindResource) -> Exchange:
    asked = Exchange(
        value.question,
        remark=value.remark if value.sentences is None else "",
        stopped=value.stopped,
        shared=value.shared,
        filters=filters_of(value.filters),
        length=value.length,
        admitted=value.admitted,
        number=value.number,
    )
    if value.sentences is None:
        return asked
    try:
        answer = Answer(
            question=value.question,
            understood_as=value.understood_as,
            intent=value.intent,
            answered=value.answered,
            sentences=tuple(
                AnswerSentence(s.text, s.citations, s.support, s.repaired) for s in value.sentences
            ),
            citations=tuple(_citation(citation, find) for citation in value.citations),
            readings=tuple(
                Reading(find(r.resource), r.why, 0.0, tuple(map(find, r.editions))) for r in value.readings
            ),
            suggestions=value.suggestions,
            remark=value.remark,
            writer=value.writer,
            usage=Usage(**value.usage.model_dump()) if value.usage else None,
        )
    except (UnknownReading, _Changed):
        return replace(asked, outdated=True)
    return replace(asked, answer=answer)


class _Changed(Exception):
    """The reading no longer has these words at this place."""


def _citation(value: _SavedCitation, find: FindResource) -> Citation:
    resource = find(value.resource)
    start, end = value.passage
    if not 0 <= start <= value.start <= value.end <= end <= len(resource.text):
        raise _Changed(resource.id)
    if resource.text[value.start : value.end] != value.words:
        raise _Changed(resource.id)
    passage = Passage(
        resource.id, start, end, resource.text[start:end], resource.heading_at(start), sentences=()
    )
    return Citation(value.number, resource, passage, value.start, value.end)
