"""A reading as text, the way the store keeps it, and back. Plain JSON: nothing in it is ever run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from corpus.resource import Passage, Resource, Section, Source, Span
from embeddings.texts import texts_of


def resource_to_row(resource: Resource) -> str:
    """Every field of the resource as a JSON object."""
    return json.dumps(asdict(resource), sort_keys=True)


def resource_from_row(row: str) -> Resource:
    """The resource that `resource_to_row` wrote."""
    fields: dict[str, Any] = json.loads(row)
    for name, value in fields.items():
        if isinstance(value, list):
            fields[name] = tuple(value)
    fields["sections"] = tuple(Section(**section) for section in fields["sections"])
    fields["sources"] = tuple(Source(**source) for source in fields["sources"])
    return Resource(**fields)


def passages_to_row(resource: Resource, passages: Iterable[Passage]) -> str:
    """Where the passages and their sentences stand, as JSON; the words are the resource's.

    Raises ValueError for a passage whose words are not those at its place in the resource's text.
    """
    rows = []
    for passage in passages:
        if resource.text[passage.start : passage.end] != passage.text:
            raise ValueError(f"The passage at {passage.start} is not what {resource.id} says there.")
        sentences = [[span.start, span.end] for span in passage.sentences]
        rows.append([passage.start, passage.end, passage.heading, sentences])
    return json.dumps(rows)


def passages_from_row(resource: Resource, row: str) -> tuple[Passage, ...]:
    """The passages that `passages_to_row` wrote, by where they start."""
    return tuple(
        Passage(
            resource.id,
            start,
            end,
            resource.text[start:end],
            heading,
            tuple(Span(first, last) for first, last in sentences),
        )
        for start, end, heading, sentences in sorted(json.loads(row), key=lambda passage: passage[0])
    )


def fingerprint(resource: Resource, passages: Sequence[Passage]) -> str:
    """Changes with the reading, with how it is split, and with which of its words get a vector."""
    parts = (
        resource_to_row(resource),
        passages_to_row(resource, passages),
        json.dumps(texts_of(resource, passages)),
    )
    return sha256("\n".join(parts).encode()).hexdigest()
