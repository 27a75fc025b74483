"""The passages that may answer a query, as the database finds them by their vectors and by their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from embeddings.encoder import Vectors
from embeddings.postgres import vector_rows
from embeddings.postgres.connections import Read
from embeddings.postgres.hashed import Rows, Texts, unpacked
from embeddings.postgres.statistics import Statistics
from embeddings.search import CANDIDATES

MOST_EXACT = 20_000
"""Up to so many passages all vectors are compared; of more, those that the index of vectors gives."""

MOST_WITH_WORDS = 5_000
"""Passages whose words are compared: those with the rarest terms, or with two of the others."""

_LOOKED_AT = 800
"""Passages that the index of vectors keeps in view at a time (`hnsw.ef_search`)."""

_MOST_LOOKED_AT = 200_000
"""Passages of which it may look at until enough of them pass the filters."""


@dataclass(frozen=True, slots=True)
class Near:
    """Row i of everything is a passage; its sentences begin at `first_sentence[i]`.

    `readings` are the readings' numbers, `places` count the passages of a reading from 0. `vectors` are
    float32 (passages, d), `titled` those of each "Title: sentence", float32 (sentences, d).
    """

    readings: Rows
    places: Rows
    vectors: Vectors
    titled: Vectors
    words: Texts
    pieces: Texts
    sentences: Texts
    first_sentence: Rows

    def joined(self, others: Near) -> Near:
        """These passages, and the others after them."""
        return Near(
            readings=np.concatenate([self.readings, others.readings]),
            places=np.concatenate([self.places, others.places]),
            vectors=np.concatenate([self.vectors, others.vectors]),
            titled=np.concatenate([self.titled, others.titled]),
            words=self.words.joined(others.words),
            pieces=self.pieces.joined(others.pieces),
            sentences=self.sentences.joined(others.sentences),
            first_sentence=np.concatenate([self.first_sentence, others.first_sentence + len(self.titled)]),
        )


def near(read: Read, ids: Iterable[int], dimensions: int) -> Near:
    """The passages with these ids, one at least."""
    found = read(
        "SELECT reading, place, halfvec_send(vector), titled, terms, pieces, sentences"
        " FROM passages WHERE id = ANY(%s::bigint[])",
        [*ids],
    )
    readings, places, vectors, titled, terms, pieces, sentences = zip(*found, strict=True)
    ends = np.cumsum([len(its) for its in sentences])
    return Near(
        readings=np.asarray(readings, np.int64),
        places=np.asarray(places, np.int64),
        vectors=vector_rows.unpacked(vectors, dimensions),
        titled=np.frombuffer(b"".join(titled), "<f2").astype(np.float32).reshape(-1, dimensions),
        words=unpacked(terms),
        pieces=unpacked(pieces),
        sentences=unpacked([*chain.from_iterable(sentences)]),
        first_sentence=np.asarray([0, *ends[:-1]], np.int64),
    )


def by_vector(
    read: Read, vector: Vectors, allowed: Sequence[int] | None, count: int, most_exact: int = MOST_EXACT
) -> list[int]:
    """The ids of the passages with the nearest vectors; `count` are allowed.

    `allowed` are the numbers of readings. Few are compared one by one; of many the index of vectors is asked,
    again and again until enough of what it gives is allowed.
    """
    if count > most_exact:
        read(
            "SELECT set_config('hnsw.ef_search', %s, true),"
            " set_config('hnsw.iterative_scan', 'strict_order', true),"
            " set_config('hnsw.max_scan_tuples', %s, true)",
            str(_LOOKED_AT),
            str(_MOST_LOOKED_AT),
        )
    nearness = "(vector <#> %s::halfvec)" + (" + 0" if count <= most_exact else "")  # by no index
    which, values = _in(allowed)
    query = f"SELECT id FROM passages {which} ORDER BY {nearness} LIMIT {CANDIDATES}"  # noqa: S608
    return [row for (row,) in read(query, *values, _literal(vector))]


def by_words(
    read: Read, statistics: Statistics, words: Mapping[int, float], allowed: Sequence[int] | None
) -> list[int]:
    """The ids of the passages that are best by BM25, of those that have terms which few have."""
    rare, pairs = _telling(words, statistics.found_in(words))
    if not rare:
        return []
    which, values = _in(allowed)
    query = f"SELECT id, terms FROM passages {which + ' AND' if which else 'WHERE'}"  # noqa: S608
    found: dict[int, bytes] = dict(
        read(f"{query} words && %s::integer[] LIMIT {MOST_WITH_WORDS}", *values, rare)
    )
    if pairs:
        has_one = " OR ".join(["words @> %s::integer[]"] * len(pairs))
        found |= read(f"{query} ({has_one}) LIMIT {MOST_WITH_WORDS}", *values, *pairs)
    if not found:
        return []
    ids = [*found]
    scores = statistics.bm25(unpacked([*found.values()]), words)
    return [ids[row] for row in np.argsort(-scores, kind="stable")[:CANDIDATES].tolist()]


def _telling(words: Mapping[int, float], found_in: Sequence[int]) -> tuple[list[int], list[list[int]]]:
    """The rarest terms, as many as `MOST_WITH_WORDS` passages have, one at least; and pairs of the others."""
    there = sorted((times, term) for term, times in zip(words, found_in, strict=True) if times)
    rare: list[int] = []
    left = MOST_WITH_WORDS
    for times, term in there:
        left -= times
        if rare and left < 0:
            break
        rare.append(term)
    others = [term for _, term in there[len(rare) :]]
    return rare, [[*pair] for pair in pairwise(others)]


def _in(allowed: Sequence[int] | None) -> tuple[str, list[Sequence[int]]]:
    if allowed is None:
        return "", []
    return "WHERE reading = ANY(%s::bigint[])", [allowed]


def _literal(vector: Vectors) -> str:
    return f"[{','.join(map(str, vector.tolist()))}]"
