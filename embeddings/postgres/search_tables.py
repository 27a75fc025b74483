"""What the database searches by: a row for each passage, and how many of them have each term.

The tables are made when a process first wants to search in the database, and kept up with every change
from then on: `store.searched` is the version of them, or '' where there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

import numpy as np
from pgvector import HalfVector
from pgvector.psycopg import register_vector
from psycopg import Connection

from corpus.resource import Passage, Resource
from embeddings.index import FORMAT
from embeddings.postgres import reading_rows, vector_rows
from embeddings.postgres.connections import rows
from embeddings.postgres.counted import Counted, Split, count
from embeddings.postgres.hashed import packed
from embeddings.postgres.schema import Meta
from embeddings.rows import passages_from_row, resource_to_row
from embeddings.texts import passage_text, titled_sentence_texts

VERSION = f"1.{FORMAT}"
"""Changes with the tables, and with how texts are split into words."""

UNFINISHED = f"{VERSION} unfinished"
"""The version of tables that are being filled."""

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
CREATE INDEX IF NOT EXISTS passages_by_vector ON passages USING hnsw (vector halfvec_ip_ops)
    WITH (m = 16, ef_construction = 200);
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


def keep(connection: Connection, number: int, resource: Resource, passages: Sequence[Passage]) -> Counted:
    """Add the rows of a reading, whose vectors are in the store, and give what is to be counted of it."""
    register_vector(connection)
    vectors = _Vectors(connection, resource, passages)
    connection.execute(
        "INSERT INTO readings VALUES (%s, %s, %s, %b)",
        (number, resource_to_row(without_text(resource)), len(passages), vectors.mean()),
    )
    splits = [Split.of(resource, passage) for passage in passages]
    connection.cursor().executemany(
        "INSERT INTO passages (reading, place, vector, titled, words, terms, pieces, sentences)"
        " VALUES (%s, %s, %b, %b, %s, %b, %b, %s)",
        [
            (
                number,
                place,
                vectors.of_passage(passage),
                vectors.titled(passage),
                sorted({*split.words}),
                packed(split.words),
                packed(split.pieces),
                [packed(sentence) for sentence in split.sentences],
            )
            for place, (passage, split) in enumerate(zip(passages, splits, strict=True))
        ],
    )
    return Counted.of(resource, splits)


def forget(connection: Connection, name: str, resource_id: str) -> None:
    """Take what a reading added out of the counts; its other rows go with the reading's own.

    `name` is the database, as messages name it.
    """
    which = "id = %s AND number IN (SELECT number FROM readings)"
    for row in reading_rows.select(partial(rows, connection), name, which, resource_id):
        resource = row.resource()
        splits = (Split.of(resource, one) for one in passages_from_row(resource, row.passages))
        count(connection, Counted.of(resource, splits), -1)


def without_text(resource: Resource) -> Resource:
    """What is known about the reading, and nothing that tells of places in its text."""
    return replace(resource, text="", sections=(), sources=(), pages=())


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
