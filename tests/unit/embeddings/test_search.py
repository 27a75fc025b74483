"""Search finds names and numbers, lets nothing past a filter, and gives many works rather than one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.filters import Filters
from corpus.resource import Resource
from embeddings.fusion import PER_WORK
from embeddings.index import Index
from embeddings.query import make_query, weighted_stems
from embeddings.search import Hit, search
from embeddings.terms import stems
from embeddings.texts import passage_text
from tests.fakes import FakeEncoder
from tests.readings import COLLECTION, SCOP, indexed, reading


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("search"))


def found(index: Index, text: str, k: int = 20, filters: Filters | None = None) -> tuple[Hit, ...]:
    return search(index, make_query(index, FakeEncoder(), [(text, 1.0)]), k, filters)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Recommendation No. 193", "recommendation-193"),
        ("SCOP", "scop-law"),
        ("mondragon", "mondragon-story"),
        ("1957", "kerala-coffee-house"),
        ("utilidades del banco", "uruguay-fondes"),
        ("société dont les salariés", "scop-law-fr"),
        ("co-op bakerys in california", "arizmendi-bakeries"),
        ("twelve looms", "weavers-notes"),
    ],
)
def test_exact_names_and_numbers_are_found(index: Index, words: str, expected: str) -> None:
    best = found(index, words)[0].resource
    assert best.id == expected or best.work_id == expected


@pytest.mark.parametrize("words", ["Recomendation", "bakerys", "engineer's", "recuperada"])
def test_a_near_spelling_finds_by_its_letters(index: Index, words: str) -> None:
    scores = index.pieces.bm25(make_query(index, FakeEncoder(), [(words, 1.0)]).pieces)
    assert scores.max() > 0


def test_hits_say_where_they_are_from_and_come_best_first(index: Index) -> None:
    hits = found(index, "workers hold the capital of their company")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert index.passages[hit.row] == hit.passage
        assert hit.resource is index.resources[hit.passage.resource_id]
        assert hit.passage.text == hit.resource.text[hit.passage.start : hit.passage.end]
    assert len({hit.row for hit in hits}) == len(hits)


@pytest.mark.parametrize("k", [0, 1, 3, 1000])
def test_at_most_as_many_as_asked_for(index: Index, k: int) -> None:
    assert len(found(index, "workers", k)) == min(k, len(index.passages))


@pytest.mark.parametrize(
    "text", ["", "the of and", "?!", "☃", "AND OR NOT NEAR(", 'a "b', "foo:bar", "合作社"]
)
def test_any_words_can_be_searched(index: Index, text: str) -> None:
    assert found(index, text, 5) == found(index, text, 5)


def test_in_an_empty_store_nothing_is_found(home: Path) -> None:
    empty = indexed(home, [])
    assert found(empty, "workers") == ()
    assert found(empty, "workers", filters=Filters(languages=frozenset({"en"}))) == ()


def test_a_store_of_one_sentence_is_searched(home: Path) -> None:
    one = indexed(home, [reading("only", "One sentence stands alone.")])
    assert [hit.resource.id for hit in found(one, "anything else")] == ["only"]


def values(*fields: str) -> st.SearchStrategy[frozenset[str]]:
    there = {
        value for field in fields for resource in COLLECTION for value in _as_tuple(getattr(resource, field))
    }
    return st.frozensets(st.sampled_from([*sorted(there), "none such"]), max_size=2)


def _as_tuple(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


FILTERS = st.builds(
    Filters,
    languages=values("language"),
    kinds=values("kind"),
    topics=values("topics"),
    places=values("places"),
    publishers=values("publisher"),
    year_from=st.none() | st.integers(1990, 2020),
    year_to=st.none() | st.integers(1990, 2020),
)


def _passes(filters: Filters, resource: Resource) -> bool:
    """What the filters mean, said once more."""
    if filters.languages and resource.language not in filters.languages:
        return False
    if filters.kinds and resource.kind not in filters.kinds:
        return False
    if filters.topics and not set(resource.topics) & filters.topics:
        return False
    if filters.places and not set(resource.places) & filters.places:
        return False
    if filters.publishers and resource.publisher not in filters.publishers:
        return False
    if filters.year_from is None and filters.year_to is None:
        return True
    if resource.date is None:
        return False
    year = int(resource.date[:4])
    return (filters.year_from or 0) <= year <= (filters.year_to or 9999)


@settings(max_examples=200)
@given(FILTERS, st.sampled_from(["workers", "SCOP capital", "1956", "", "finance for cooperatives in Spain"]))
def test_a_filter_lets_exactly_the_readings_past_that_it_names(
    index: Index, filters: Filters, text: str
) -> None:
    passing = {resource.id for resource in COLLECTION if _passes(filters, resource)}
    assert {hit.resource.id for hit in found(index, text, 100, filters)} == passing


def test_without_a_date_a_reading_passes_no_filter_by_year(index: Index) -> None:
    hits = found(index, "looms", 100, Filters(year_from=1))
    assert "weavers-notes" not in {hit.resource.id for hit in hits}


def test_a_work_has_a_few_passages_before_others_are_left(home: Path) -> None:
    long = "\n".join(f"Solar panels number {n} feed the solar cooperative. {'Sun ' * 190}" for n in range(9))
    others = [reading(f"other-{n}", f"A bakery of {n} workers.") for n in range(6)]
    edition = reading("solar-fr", "Solar panels in French.", work="solar")
    index = indexed(home, [reading("solar", long, work="solar"), edition, *others])
    hits = found(index, "solar panels of the solar cooperative", 100)
    works = [hit.resource.work_id for hit in hits]
    assert Counter(works[: PER_WORK + len(others)])["solar"] == PER_WORK
    assert len(hits) == len(index.passages)
    assert set(works[PER_WORK + len(others) :]) == {"solar"}


def test_the_vectors_candidates_are_those_of_a_plain_matrix_product(index: Index) -> None:
    texts = [passage_text(index.resource_of(row), passage) for row, passage in enumerate(index.passages)]
    matrix = FakeEncoder().encode(texts)
    for text in ("workers elect a board", "SCOP", "capital and reserve"):
        query = make_query(index, FakeEncoder(), [(text, 1.0)])
        scores, rows = index.vectors.search(query.vector, len(texts))
        np.testing.assert_allclose(scores, np.sort(matrix @ query.vector)[::-1], atol=2e-3)
        np.testing.assert_allclose((matrix @ query.vector)[rows], scores, atol=2e-3)


def test_sentence_rows_are_those_of_the_passages_in_their_order(index: Index) -> None:
    rows = np.asarray([3, 0, 5])
    expected = [
        sentence
        for row in rows
        for sentence in range(index.first_sentence[row], index.first_sentence[row + 1])
    ]
    assert index.passages.sentence_rows(rows).tolist() == expected


def test_a_query_weighs_its_parts(index: Index) -> None:
    query = make_query(index, FakeEncoder(), [("pay at Mondragon", 1.0), ("loom", 0.25)])
    assert query.asked == {"pay": 1.0, "mondragon": 1.0, "loom": 0.25}
    assert weighted_stems([("loom looms", 2.0)]) == {"loom": 4.0}
    assert np.linalg.norm(query.vector) == pytest.approx(1)
    alone = make_query(index, FakeEncoder(), [("pay at Mondragon", 1.0)])
    assert search(index, query, 1)[0].resource.id == search(index, alone, 1)[0].resource.id


def test_each_word_asked_has_its_meaning_whether_it_is_known_or_not(index: Index) -> None:
    query = make_query(index, FakeEncoder(), [("Mondragon submarines", 1.0)])
    assert query.meanings.keys() == query.asked.keys() == set(stems("Mondragon submarines"))
    for term, word in zip(stems("Mondragon submarines"), ["mondragon", "submarines"], strict=True):
        np.testing.assert_allclose(query.meanings[term], FakeEncoder().encode([word])[0], atol=1e-3)


def test_only_words_that_the_index_does_not_know_are_encoded_for_a_query(index: Index) -> None:
    encoder = FakeEncoder()
    make_query(index, encoder, [("capital submarines", 1.0)])
    assert encoder.encoded == ["capital submarines", "submarines"]


def test_vectors_of_less_trust_leave_more_to_the_words(index: Index) -> None:
    parts = [("SCOP", 1.0)]
    trusted = search(index, make_query(index, FakeEncoder(), parts), 50)
    doubted = search(index, make_query(index, FakeEncoder(), parts, trust=0.0), 50)
    assert SCOP.id in {hit.resource.id for hit in doubted[:3]}
    assert [hit.score for hit in trusted] != [hit.score for hit in doubted]
