"""What comes back from a question: sentences, the citations that back them, and readings to go on with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from corpus.links import link_to
from corpus.resource import Passage, Resource

Support = Literal["quoted", "supported", "unsupported"]
Intent = Literal["question", "readings", "small talk"]
Length = Literal["short", "fuller"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation. `cited` names the readings that an answer cited."""

    role: Literal["user", "assistant"]
    content: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that back a sentence: characters `start` to `end` of the resource's text."""

    number: int
    resource: Resource
    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> str:
        """The cited words themselves."""
        return self.resource.text[self.start : self.end]

    @property
    def url(self) -> str | None:
        """The address that the cited words were learned from, if one was seen."""
        return self.resource.url_at(self.start)

    @property
    def link(self) -> str | None:
        """The address that opens at the cited words, as far as they stand at it word for word."""
        return link_to(self.resource, self.start, self.end)

    def to_json(self) -> dict[str, Any]:
        """The citation as `ask --json` prints it."""
        return {
            "number": self.number,
            "resource": self.resource.id,
            "title": self.resource.title,
            "url": self.link,
            "passage": self.passage.text,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, the numbers of its citations, and how well they back it.

    `repaired` tells that a model cited something else, or nothing, and these citations were found for it.
    """

    text: str
    citations: tuple[int, ...]
    support: Support
    repaired: bool = False

    def to_json(self) -> dict[str, Any]:
        """The sentence as `ask --json` prints it."""
        return {
            "text": self.text,
            "citations": list(self.citations),
            "support": self.support,
            "repaired": self.repaired,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading worth opening next, and why. `editions` are other readings of the same work."""

    resource: Resource
    why: str
    score: float
    editions: tuple[Resource, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The reading as `ask --json` and `similar --json` print it."""
        return {
            "resource": self.resource.id,
            "title": self.resource.title,
            "url": self.resource.url,
            "why": self.why,
            "score": round(self.score, 4),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What it took to have a language model write. Tokens are None where its server doesn't count them."""

    model: str
    seconds_to_first_word: float | None
    seconds: float
    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The same as `ask --json` prints it."""
        return {
            key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole answer to one question. Not answered: no sentences, a suggestion, the nearest readings.

    `remark` is one line from the assistant itself: small talk, why nothing is answered, why no model wrote.
    `writing` is the beginning of a sentence that a model has not finished: unchecked, and gone from the last
    answer of a stream. `usage` is there when a model was asked. `confidence` is between 0 and 1;
    `milliseconds` names the stages understand, search and write.
    """

    question: str
    understood_as: str
    intent: Intent
    answered: bool
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    readings: tuple[Reading, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    remark: str = ""
    writer: str = "extract"
    writing: str = ""
    usage: Usage | None = None
    milliseconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What is backed of the answer, without citation numbers; empty where nothing is answered."""
        return " ".join(one.text for one in self.sentences if one.support != "unsupported")

    def to_json(self) -> dict[str, Any]:
        """The answer as `ask --json` prints it; these keys are a contract."""
        return {
            "question": self.question,
            "understood_as": self.understood_as,
            "intent": self.intent,
            "answered": self.answered,
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "citations": [citation.to_json() for citation in self.citations],
            "readings": [reading.to_json() for reading in self.readings],
            "suggestions": list(self.suggestions),
            "confidence": round(self.confidence, 4),
            "remark": self.remark,
            "writer": self.writer,
            "usage": self.usage.to_json() if self.usage else None,
            "milliseconds": {stage: round(ms, 2) for stage, ms in self.milliseconds.items()},
        }
