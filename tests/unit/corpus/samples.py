"""Readings and files for the tests of this package."""

from __future__ import annotations

from corpus.collection import parse
from corpus.errors import CollectionError, Problem
from corpus.resource import Resource

HEADER = """\
title: A title
kind: news
language: en
url: https://example.org/a
"""


def markdown(header: str = HEADER, body: str = "A sentence.\n") -> str:
    return f"---\n{header}---\n\n{body}"


def resource(header: str = HEADER, body: str = "A sentence.\n") -> Resource:
    return parse(markdown(header, body), "a", "a.md")


def notes(body: str) -> Resource:
    return resource(HEADER + "notes: true\n", body)


def problems(text: str, id: str = "a") -> list[Problem]:  # noqa: A002
    """What is wrong with the text of a file a.md."""
    try:
        parse(text, id, "a.md")
    except CollectionError as error:
        return list(error.problems)
    return []
