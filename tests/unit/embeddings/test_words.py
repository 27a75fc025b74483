"""The word index gives what the formulas of BM25 and coverage give, written out plainly."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.bm25 import K1, B
from embeddings.postings import Postings
from embeddings.words import WordIndex

Documents = Sequence[Sequence[str]]

DOCUMENTS = [
    ["worker", "cooperative", "law"],
    ["worker", "worker", "buyout"],
    [],
    ["scop", "law", "law", "law", "reserve", "surplus"],
    ["bank"],
]
TERMS = st.sampled_from(["worker", "cooperative", "law", "scop", "工人", "bank"])
CORPORA = st.lists(st.lists(TERMS, max_size=8), max_size=8)
QUERIES = st.dictionaries(TERMS | st.just("unknown"), st.floats(0.05, 3), max_size=4)


def idf(documents: Documents, term: str) -> float:
    found_in = sum(term in document for document in documents)
    return math.log(1 + (len(documents) - found_in + 0.5) / (found_in + 0.5))


def bm25(documents: Documents, query: Mapping[str, float]) -> list[float]:
    mean = sum(map(len, documents)) / len(documents) if any(documents) else 1.0
    scores = []
    for document in documents:
        score = 0.0
        for term, weight in query.items():
            count = document.count(term)
            saturated = count * (K1 + 1) / (count + K1 * (1 - B + B * len(document) / mean)) if count else 0.0
            score += weight * idf(documents, term) * saturated
        scores.append(score)
    return scores


def coverage(documents: Documents, query: Mapping[str, float]) -> list[float]:
    mass = sum(weight * idf(documents, term) for term, weight in query.items())
    return [
        sum(weight * idf(documents, term) for term, weight in query.items() if term in document) / mass
        if mass
        else 0.0
        for document in documents
    ]


@given(CORPORA, QUERIES)
def test_bm25_is_what_the_formula_gives(documents: list[list[str]], query: dict[str, float]) -> None:
    index = WordIndex.build(documents)
    np.testing.assert_allclose(index.bm25(query), bm25(documents, query), rtol=1e-4, atol=1e-5)


@given(CORPORA, QUERIES)
def test_coverage_is_the_share_of_the_query_that_stands_in_a_text(
    documents: list[list[str]], query: dict[str, float]
) -> None:
    shares = WordIndex.build(documents).coverage(query)
    np.testing.assert_allclose(shares, coverage(documents, query), rtol=1e-4, atol=1e-5)
    assert ((shares >= 0) & (shares <= 1 + 1e-6)).all()


def test_a_text_with_every_term_is_covered_whole_and_one_with_none_not_at_all() -> None:
    shares = WordIndex.build(DOCUMENTS).coverage({"worker": 1.0, "law": 0.5})
    assert shares.tolist() == pytest.approx([1, shares[1], 0, 1 - shares[1], 0])


def test_a_term_that_stands_nowhere_lowers_coverage_and_leaves_bm25() -> None:
    index = WordIndex.build(DOCUMENTS)
    assert index.coverage({"law": 1.0, "submarine": 1.0})[0] < index.coverage({"law": 1.0})[0]
    assert index.bm25({"law": 1.0, "submarine": 1.0}).tolist() == index.bm25({"law": 1.0}).tolist()


def test_rare_terms_tell_more_and_unknown_ones_most() -> None:
    index = WordIndex.build(DOCUMENTS)
    assert 0 < index.idf("law") < index.idf("scop") < index.idf("submarine")
    assert index.idf("law") == pytest.approx(idf(DOCUMENTS, "law"))
    assert index.idf("submarine") == pytest.approx(idf(DOCUMENTS, "submarine"))


def test_it_knows_the_terms_of_its_texts_only() -> None:
    index = WordIndex.build(DOCUMENTS)
    assert index.knows("scop")
    assert not index.knows("submarine")
    assert set(index.terms) == {term for document in DOCUMENTS for term in document}


@given(CORPORA.filter(any))
def test_a_texts_own_weights_are_those_it_is_found_by(documents: list[list[str]]) -> None:
    index = WordIndex.build(documents)
    for row, document in enumerate(documents):
        for term, weight in index.weights_of(document).items():
            assert weight == pytest.approx(float(index.bm25({term: 1.0})[row]), rel=1e-4)


@given(CORPORA, QUERIES)
def test_an_index_comes_back_from_its_files(documents: list[list[str]], query: dict[str, float]) -> None:
    index = WordIndex.build(documents)
    again = WordIndex.from_files(WordIndex.files(Postings.of(documents)))
    assert (again.size, again.terms) == (len(documents), index.terms)
    assert again.bm25(query).tolist() == index.bm25(query).tolist()
    assert again.coverage(query).tolist() == index.coverage(query).tolist()
    assert again.weights_of(["law", "law", "scop"]) == index.weights_of(["law", "law", "scop"])


def test_an_index_of_nothing_finds_nothing() -> None:
    index = WordIndex.build([])
    assert index.size == 0
    assert index.bm25({"law": 1.0}).shape == index.coverage({"law": 1.0}).shape == (0,)


def test_a_query_of_nothing_scores_nothing() -> None:
    index = WordIndex.build(DOCUMENTS)
    assert not index.bm25({}).any()
    assert not index.coverage({}).any()
