"""A link that asks again what was asked, and knows whether the answer is still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from assistant.answer import Answer, Length
from assistant.web.conversation import Exchange, Shared
from assistant.web.preferences import filter_values, filters_of
from corpus.facets import FACETS
from corpus.filters import EVERYTHING, Filters
from corpus.resource import Resource

DIGITS = 12
LONGEST_QUESTION = 1500
"""A longer question makes no link that every browser and mail program takes."""


class Query(Protocol):
    """The query of an address, as starlette reads it."""

    def get(self, key: str, /) -> str | None:
        """The last value of this name."""

    def getlist(self, key: str, /) -> list[str]:
        """Every value of this name."""


@dataclass(frozen=True, slots=True)
class Link:
    """What an address asks. `collection` and `answer` are fingerprints of when it was made, or ''."""

    question: str
    understood_as: str = ""
    filters: Filters = EVERYTHING
    length: Length = "short"
    collection: str = ""
    answer: str = ""

    @classmethod
    def of(cls, query: Query) -> Link | None:
        """The link of an address; None where it asks nothing."""
        question = (query.get("q") or "").strip()
        if not question:
            return None
        return cls(
            question,
            understood_as=(query.get("as") or "").strip(),
            filters=filters_of({facet: query.getlist(facet) for facet in FACETS}),
            length="fuller" if query.get("length") == "fuller" else "short",
            collection=query.get("collection") or "",
            answer=query.get("answer") or "",
        )

    def compared(self, answer: Answer, collection: str) -> Shared:
        """How this answer, and the collection now, are against those that the link was made of."""
        if not self.collection:
            return ""
        if self.collection != collection:
            return "changed"
        return "same" if self.answer in ("", answer_fingerprint(answer)) else "differs"


def link_query(exchange: Exchange, collection: str) -> str | None:
    """`?q=…` for an exchange, given the collection's fingerprint; None where there is nothing to share."""
    answer = exchange.answer
    if answer is None or len(exchange.question) > LONGEST_QUESTION:
        return None
    values: dict[str, str | Sequence[str]] = {"q": exchange.question}
    if answer.understood_as not in ("", exchange.question):
        values["as"] = answer.understood_as
    values |= filter_values(exchange.filters)
    if exchange.length != "short":
        values["length"] = exchange.length
    values |= {"collection": collection, "answer": answer_fingerprint(answer)}
    return f"?{urlencode(values, doseq=True)}"


def collection_fingerprint(resources: Sequence[Resource]) -> str:
    """Differs when a reading has come, gone or changed its title or text; the same on every machine."""
    digest = hashlib.sha256()
    for resource in sorted(resources, key=lambda resource: resource.id):
        for part in (resource.id, resource.title, resource.text):
            digest.update(hashlib.sha256(part.encode()).digest())
    return digest.hexdigest()[:DIGITS]


def answer_fingerprint(answer: Answer) -> str:
    """Differs when other sentences are said, or other readings cited."""
    said = [sentence.text for sentence in answer.sentences]
    cited = [f"{citation.resource.id}:{citation.start}-{citation.end}" for citation in answer.citations]
    return hashlib.sha256("\n".join((*said, "", *cited)).encode()).hexdigest()[:DIGITS]
