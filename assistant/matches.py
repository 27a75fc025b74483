"""How well each word of the question is met around each candidate sentence: by itself, or by its meaning.

Two words meet fully when they share a stem, and the nearer the closer the vectors of the two words are,
each encoded alone: "sponsored" meets some of "paid". What is asked in other words is so found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidates
from embeddings.index import Index
from embeddings.search import Query
from embeddings.terms import content_words, stem

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


def match(index: Index, query: Query, asked: Mapping[str, float], found: Candidates) -> Matches:
    """Compare every word that is asked (weighted stems, all of them in the query) with every candidate's
    surroundings. There must be a candidate.
    """
    sentences = found.sentences
    rows = [candidate.hit.row for candidate in sentences]
    titles = {c.hit.resource.id: tuple(dict.fromkeys(content_words(c.hit.resource.title))) for c in sentences}
    in_sentence = _met(index, query, asked, [candidate.words for candidate in sentences])
    in_title = _met(index, query, asked, [titles[candidate.hit.resource.id] for candidate in sentences])
    before = _met(index, query, asked, [candidate.before for candidate in sentences])
    in_passage = np.stack([in_sentence[:, np.equal(rows, row)].max(axis=1) for row in rows], axis=1)
    close = np.maximum.reduce([in_sentence, IN_TITLE * in_title, IN_SENTENCE_BEFORE * before])
    idf = np.asarray([index.words.idf(term) * weight for term, weight in asked.items()], np.float32)
    mass = float(idf.sum())
    return Matches(idf / max(mass, 1e-9), mass, close, np.maximum(close, IN_PASSAGE * in_passage))


def _met(index: Index, query: Query, asked: Mapping[str, float], texts: Sequence[Sequence[str]]) -> Floats:
    """float32 (terms, texts): 1 where the stem stands in the text, else how near its nearest word is."""
    stems = [frozenset(map(stem, text)) for text in texts]
    exact = np.asarray([[term in its for its in stems] for term in asked], np.float32)
    exact = exact.reshape(len(asked), len(texts))
    with_meaning = [row for row, term in enumerate(asked) if term in query.meanings]
    compared = [[index.word_rows[word] for word in text if word in index.word_rows] for text in texts]
    filled = [column for column, rows in enumerate(compared) if rows]
    if not filled or not with_meaning:
        return exact
    meanings = np.stack([query.meanings[term] for term in asked if term in query.meanings])
    cosines = meanings @ index.word_vectors[[row for rows in compared for row in rows]].T
    starts = np.cumsum([0] + [len(compared[column]) for column in filled[:-1]])
    near = np.zeros_like(exact)
    nearest = np.maximum.reduceat(cosines, starts, axis=1)
    near[np.ix_(with_meaning, filled)] = np.clip((nearest - NEAR) / (1 - NEAR), 0, 1)
    return np.maximum(exact, near)
