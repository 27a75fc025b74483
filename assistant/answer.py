"""What comes back from a question: sentences, the citations that back them, and readings to go on with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.resource import Passage, Resource

Support = Literal["quoted", "supported", "unsupported"]
Intent = Literal["question", "readings", "small talk"]


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

    def to_json(self) -> dict[str, Any]:
        """The citation as `ask --json` prints it."""
        return {
            "number": self.number,
            "resource": self.resource.id,
            "title": self.resource.title,
            "url": self.url,
            "passage": self.passage.text,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, the numbers of its citations, and how well they back it."""

    text: str
    citations: tuple[int, ...]
    support: Support

    def to_json(self) -> dict[str, Any]:
        """The sentence as `ask --json` prints it."""
        return {"text": self.text, "citations": list(self.citations), "support": self.support}


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
class Answer:
    """The whole answer to one question. Not answered: no sentences, a suggestion, the nearest readings.

    `remark` is one line from the assistant itself: small talk, or why nothing is answered.
    `confidence` is between 0 and 1; `milliseconds` names the stages understand, search and write.
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
    milliseconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The answer's words without citation numbers; empty where nothing is answered."""
        return " ".join(sentence.text for sentence in self.sentences)

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
            "milliseconds": {stage: round(ms, 2) for stage, ms in self.milliseconds.items()},
        }
