"""How well each word of the question is met around each candidate sentence: by itself, or by its meaning.

Two words meet fully when they share a stem, and the nearer the closer the vectors of the two words are,
each encoded alone: "sponsored" meets some of "paid". What is asked in other words is so found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidates, distinct_words
from embeddings.indexes import AnyIndex
from embeddings.query import Query
from embeddings.terms import stems_of

NEAR = 0.5
"""Cosine of two words from which on they meet at all."""

IN_TITLE = 0.9
IN_SENTENCE_BEFORE = 0.5
IN_PASSAGE = 0.3
"""What a word counts for that is met beside the sentence instead of in it."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Matches:
    """Rows are the question's words, columns the candidates; `weights`, float32 (words,), add up to 1.

    `close` is met in the sentence, its title or the sentence before; `context` also in the rest of the
    passage. `mass` is the idf of all words together: how much the question says.
    """

    weights: Floats
    mass: float
    close: Floats
    context: Floats

    def in_context(self) -> Floats:
        """The share of the question, float32 (candidates,), that is met in or around each sentence."""
        return self.weights @ self.context

    def most_missing(self, candidate: int) -> float:
        """The idf of the word that is met least in or around this candidate, as far as it is not met."""
        unmet = self.mass * self.weights * (1 - self.context[:, candidate])
        return float(unmet.max(initial=0.0))

    def telling(self) -> Floats:
        """The same of the words that set candidates apart: what all of them hold says nothing of any."""
        if not self.close.size:
            return np.zeros(self.close.shape[1], np.float32)
        weights = self.weights * (self.close.max(axis=1) - self.close.mean(axis=1))
        return np.asarray(weights / max(float(weights.sum()), 1e-9) @ self.close, np.float32)


def match(index: AnyIndex, query: Query, asked: Mapping[str, float], found: Candidates) -> Matches:
    """Compare every word that is asked (weighted stems, all of them in the query) with every candidate's
    surroundings. There must be a candidate.
    """
    sentences = found.sentences
    titles = {c.hit.resource.id: distinct_words(c.hit.resource.title) for c in sentences}
    title_words = [titles[candidate.hit.resource.id] for candidate in sentences]
    words = [candidate.words for candidate in sentences]
    words_before = [candidate.before for candidate in sentences]
    texts = list(dict.fromkeys((*words, *title_words, *words_before)))
    met = dict(zip(texts, _met(index, query, asked, texts).T, strict=True))
    in_sentence, in_title, before = (
        np.stack([met[text] for text in its], axis=1) for its in (words, title_words, words_before)
    )
    in_passage = _best_of_passage(in_sentence, [candidate.hit.row for candidate in sentences])
    close = np.maximum.reduce([in_sentence, IN_TITLE * in_title, IN_SENTENCE_BEFORE * before])
    idf = np.asarray([index.words.idf(term) * weight for term, weight in asked.items()], np.float32)
    mass = float(idf.sum())
    return Matches(idf / max(mass, 1e-9), mass, close, np.maximum(close, IN_PASSAGE * in_passage))


def _best_of_passage(in_sentence: Floats, rows: Sequence[int]) -> Floats:
    """For each candidate what is met best in any sentence of its passage; a passage's stand together."""
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    lengths = np.diff(starts, append=len(rows))
    best = np.maximum.reduceat(in_sentence, starts, axis=1)
    return np.asarray(np.repeat(best, lengths, axis=1), np.float32)


def _met(
    index: AnyIndex, query: Query, asked: Mapping[str, float], texts: Sequence[tuple[str, ...]]
) -> Floats:
    """float32 (terms, texts): how well each term is met by the text's word that meets it best."""
    column = {word: number for number, word in enumerate(dict.fromkeys(chain.from_iterable(texts)))}
    by_word = _met_by_word(index, query, asked, tuple(column))
    met = np.zeros((len(asked), len(texts)), np.float32)
    filled = [number for number, text in enumerate(texts) if text]
    if filled:
        columns = [column[word] for text in texts for word in text]
        starts = np.cumsum([0, *(len(texts[number]) for number in filled[:-1])])
        met[:, filled] = np.maximum.reduceat(by_word[:, columns], starts, axis=1)
    return met


def _met_by_word(index: AnyIndex, query: Query, asked: Mapping[str, float], words: Sequence[str]) -> Floats:
    """float32 (terms, words): 1 where they share a stem, else how near the vectors of the two are."""
    row_of = {term: row for row, term in enumerate(asked)}
    met = np.zeros((len(asked), len(words)), np.float32)
    for number, term in enumerate(stems_of(words)):
        if term in row_of:
            met[row_of[term], number] = 1
    with_meaning = [row for row, term in enumerate(asked) if term in query.meanings]
    with_vector, vectors = index.known_words(words)
    if with_meaning and with_vector:
        meanings = np.stack([query.meanings[term] for term in asked if term in query.meanings])
        near = np.clip((meanings @ vectors.T - NEAR) / (1 - NEAR), 0, 1)
        here = np.ix_(with_meaning, with_vector)
        met[here] = np.maximum(met[here], near)
    return met
