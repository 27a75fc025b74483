"""A reading's terms, and how many of a database's texts have each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from psycopg import Connection

from corpus.resource import Passage, Resource
from embeddings.postgres.hashed import hashed
from embeddings.terms import fold, grams, stems, written_words
from embeddings.texts import passage_text, sentence_texts, told_of

WORDS, PIECES, SENTENCES = "w", "p", "s"
"""Kinds of terms: the stems and the letter pieces of passages, the stems of bare sentences."""

LONGEST_WORD = 40
"""Letters of a word that is noted as it is written: longer ones are no words, or too long to index."""


@dataclass(frozen=True, slots=True)
class Split:
    """A passage's terms by their numbers, in their order: its stems, letter pieces, and sentences' stems."""

    words: list[int]
    pieces: list[int]
    sentences: list[list[int]]

    @classmethod
    def of(cls, resource: Resource, passage: Passage) -> Self:
        """What a passage is split into."""
        text = passage_text(resource, passage)
        sentences = (stems(sentence) for sentence in sentence_texts(resource, passage))
        return cls(_numbers(stems(text)), _numbers(grams(text)), [_numbers(terms) for terms in sentences])


@dataclass(frozen=True, slots=True)
class Counted:
    """How many texts of each kind a reading has, their terms, in how many each stands, and its words."""

    texts: Counter[str] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)
    found_in: Counter[tuple[str, int]] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, resource: Resource, splits: Iterable[Split]) -> Self:
        """What is counted of one reading, given its passages."""
        words = written_words(told_of(resource))
        counted = cls(written=Counter(word for word in words if len(word) <= LONGEST_WORD))
        for split in splits:
            counted._add(WORDS, split.words)
            counted._add(PIECES, split.pieces)
            for sentence in split.sentences:
                counted._add(SENTENCES, sentence)
        return counted

    def include(self, other: Counted) -> None:
        """Count the other reading as well."""
        self.texts.update(other.texts)
        self.terms.update(other.terms)
        self.found_in.update(other.found_in)
        self.written.update(other.written)

    def _add(self, kind: str, terms: list[int]) -> None:
        self.texts[kind] += 1
        self.terms[kind] += len(terms)
        self.found_in.update((kind, term) for term in {*terms})


def count(connection: Connection, counted: Counted, sign: int = 1) -> None:
    """Add what was counted, or with -1 take it away. What comes to nothing stays as a nought."""
    kinds, terms = zip(*counted.found_in, strict=True) if counted.found_in else ((), ())
    connection.execute(
        "INSERT INTO terms SELECT * FROM unnest(%s::text[], %s::integer[], %s::bigint[])"
        " ON CONFLICT (kind, term) DO UPDATE SET found_in = terms.found_in + excluded.found_in",
        ([*kinds], [*terms], [sign * found_in for found_in in counted.found_in.values()]),
    )
    connection.execute(
        "INSERT INTO totals SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[])"
        " ON CONFLICT (kind) DO UPDATE SET texts = totals.texts + excluded.texts,"
        " terms = totals.terms + excluded.terms",
        (
            [*counted.texts],
            [sign * texts for texts in counted.texts.values()],
            [sign * counted.terms[kind] for kind in counted.texts],
        ),
    )
    connection.execute(
        "INSERT INTO written SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[])"
        " ON CONFLICT (word) DO UPDATE SET times = written.times + excluded.times",
        (
            [*counted.written],
            [*map(fold, counted.written)],
            [sign * times for times in counted.written.values()],
        ),
    )


def _numbers(terms: Iterable[str]) -> list[int]:
    return [*map(hashed, terms)]
