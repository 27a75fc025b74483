"""What the database searches by: a row for each passage, and how many of them have each term.

The tables are made when a process first wants to search in the database, and kept up with every change
from then on: `store.searched` is the version of them, or '' where there are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

import numpy as np
from pgvector import HalfVector
from pgvector.psycopg import register_vector
from psycopg import Connection

from corpus.resource import Passage, Resource
from embeddings.postgres import reading_rows, vector_rows
from embeddings.postgres.connections import rows
from embeddings.postgres.hashed import hashed, packed
from embeddings.postgres.schema import Meta
from embeddings.rows import passages_from_row, resource_to_row
from embeddings.terms import fold, grams, stems, written_words
from embeddings.texts import passage_text, sentence_texts, titled_sentence_texts, told_of

VERSION = "1"
"""Changes with the tables and with what is in them, also when texts are split into words in another way."""

UNFINISHED = f"{VERSION} unfinished"
"""The version of tables that are being filled."""

WORDS, PIECES, SENTENCES = "w", "p", "s"
"""Kinds of terms: the stems and the letter pieces of passages, the stems of bare sentences."""

LONGEST_WORD = 40
"""Letters of a word that is noted as it is written: longer ones are no words, or too long to index."""

# `about` is the reading without its text. `words` has each term once, for the index; `terms` has all of them.
_TABLES = """
CREATE TABLE readings (
    number bigint PRIMARY KEY REFERENCES resources (number) ON DELETE CASCADE,
    about text NOT NULL,
    passages integer NOT NULL,
    mean halfvec({dimensions})
);
CREATE TABLE passages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reading bigint NOT NULL REFERENCES resources (number) ON DELETE CASCADE,
    place integer NOT NULL,
    vector halfvec({dimensions}) NOT NULL,
    titled bytea NOT NULL,
    words integer[] NOT NULL,
    terms bytea NOT NULL,
    pieces bytea NOT NULL,
    sentences bytea[] NOT NULL
);
CREATE INDEX passages_of_reading ON passages (reading);
CREATE TABLE terms (
    kind text COLLATE "C" NOT NULL,
    term integer NOT NULL,
    found_in bigint NOT NULL,
    PRIMARY KEY (kind, term)
);
CREATE TABLE totals (kind text COLLATE "C" PRIMARY KEY, texts bigint NOT NULL, terms bigint NOT NULL);
CREATE TABLE written (
    word text COLLATE "C" PRIMARY KEY,
    folded text COLLATE "C" NOT NULL,
    times bigint NOT NULL
);
CREATE INDEX written_by_times ON written (times DESC);
CREATE INDEX written_by_folded ON written (folded);
"""

_INDEXES = """
CREATE INDEX IF NOT EXISTS passages_by_words ON passages USING gin (words);
CREATE INDEX IF NOT EXISTS passages_by_vector ON passages USING hnsw (vector halfvec_ip_ops);
"""


def are_kept(connection: Connection, meta: Meta) -> bool:
    """Whether there are such tables to keep up; those of another version are of no more use, and go."""
    if meta.searched and meta.searched not in (VERSION, UNFINISHED):
        drop(connection)
        connection.execute("UPDATE store SET searched = ''")
        return False
    return bool(meta.searched)


def make(connection: Connection, dimensions: int) -> None:
    """Empty tables, which are not searched before they are filled."""
    drop(connection)
    connection.execute(_TABLES.format(dimensions=dimensions).encode())
    connection.execute("UPDATE store SET searched = %s", (UNFINISHED,))


def finish(connection: Connection) -> None:
    """The tables are filled, and searched from now on. Indexes are made sooner of rows that are there."""
    connection.execute(_INDEXES.encode())
    connection.execute("UPDATE store SET searched = %s", (VERSION,))


def drop(connection: Connection) -> None:
    """Take the tables away."""
    connection.execute("DROP TABLE IF EXISTS readings, passages, terms, totals, written")


def keep(connection: Connection, number: int, resource: Resource, passages: Sequence[Passage]) -> None:
    """The rows of a reading that has none; its vectors are in the store."""
    register_vector(connection)
    vectors = _Vectors(connection, resource, passages)
    connection.execute(
        "INSERT INTO readings VALUES (%s, %s, %s, %b)",
        (number, resource_to_row(without_text(resource)), len(passages), vectors.mean()),
    )
    connection.cursor().executemany(
        "INSERT INTO passages (reading, place, vector, titled, words, terms, pieces, sentences)"
        " VALUES (%s, %s, %b, %b, %s, %b, %b, %s)",
        [
            (
                number,
                place,
                vectors.of_passage(passage),
                vectors.titled(passage),
                sorted({hashed(term) for term in stems(passage_text(resource, passage))}),
                packed(stems(passage_text(resource, passage))),
                packed(grams(passage_text(resource, passage))),
                [packed(stems(sentence)) for sentence in sentence_texts(resource, passage)],
            )
            for place, passage in enumerate(passages)
        ],
    )
    _count(connection, Counted.of(resource, passages), 1)


def forget(connection: Connection, name: str, resource_id: str) -> None:
    """Take what a reading added out of the counts; its other rows go with the reading's own.

    `name` is the database, as messages name it.
    """
    which = "id = %s AND number IN (SELECT number FROM readings)"
    for row in reading_rows.select(partial(rows, connection), name, which, resource_id):
        resource = row.resource()
        _count(connection, Counted.of(resource, passages_from_row(resource, row.passages)), -1)


def without_text(resource: Resource) -> Resource:
    """What is known about the reading, and nothing that tells of places in its text."""
    return replace(resource, text="", sections=(), sources=(), pages=())


@dataclass(frozen=True, slots=True)
class Counted:
    """How many texts of each kind a reading has, their terms, in how many each stands, and its words."""

    texts: Counter[str] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)
    found_in: Counter[tuple[str, int]] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, resource: Resource, passages: Iterable[Passage]) -> Counted:
        """What is counted of one reading."""
        words = written_words(told_of(resource))
        counted = cls(written=Counter(word for word in words if len(word) <= LONGEST_WORD))
        for passage in passages:
            text = passage_text(resource, passage)
            counted._add(WORDS, stems(text))
            counted._add(PIECES, grams(text))
            for sentence in sentence_texts(resource, passage):
                counted._add(SENTENCES, stems(sentence))
        return counted

    def _add(self, kind: str, terms: Sequence[str]) -> None:
        self.texts[kind] += 1
        self.terms[kind] += len(terms)
        self.found_in.update((kind, number) for number in {*map(hashed, terms)})


class _Vectors:
    """Those of a reading's passages, out of the store."""

    def __init__(self, connection: Connection, resource: Resource, passages: Sequence[Passage]) -> None:
        self._resource = resource
        self._passages = passages
        texts = dict.fromkeys(
            chain.from_iterable(
                (passage_text(resource, passage), *titled_sentence_texts(resource, passage))
                for passage in passages
            )
        )
        self._vectors = vector_rows.found(partial(rows, connection), texts)

    def of_passage(self, passage: Passage) -> HalfVector:
        return HalfVector(self._vectors[passage_text(self._resource, passage)])

    def titled(self, passage: Passage) -> bytes:
        """float16, those of all its sentences."""
        its = [self._vectors[text] for text in titled_sentence_texts(self._resource, passage)]
        return np.stack(its).astype("<f2").tobytes()

    def mean(self) -> HalfVector | None:
        """Of the passages."""
        if not self._passages:
            return None
        its = [self._vectors[passage_text(self._resource, one)] for one in self._passages]
        return HalfVector(np.mean(its, axis=0))


def _count(connection: Connection, counted: Counted, sign: int) -> None:
    """Add what was counted, or take it away. What comes to nothing stays as a nought."""
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
