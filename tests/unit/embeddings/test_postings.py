"""Postings of texts that were moved and joined are those of the texts in their new rows."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.postings import MOST_COUNTED, TOGETHER, Postings

TERMS = st.sampled_from(["worker", "cooperative", "law", "scop", "工人", "bank"])
DOCUMENTS = st.lists(st.lists(TERMS, max_size=6), max_size=6)


def entries(postings: Postings) -> dict[str, list[tuple[int, int]]]:
    """Row and count of each term's texts, in the order in which they are kept."""
    starts = [0, *postings.ends.tolist()]
    pairs = list(zip(postings.rows.tolist(), postings.counts.tolist(), strict=True))
    return {
        term: pairs[start:end]
        for term, start, end in zip(postings.terms, starts, postings.ends.tolist(), strict=False)
    }


@given(DOCUMENTS)
def test_they_tell_how_often_each_text_has_each_term(documents: list[list[str]]) -> None:
    made = Postings.of(documents)
    for term, found in entries(made).items():
        assert found == [(row, its.count(term)) for row, its in enumerate(documents) if term in its]
    assert set(made.terms) == {term for document in documents for term in document}
    assert made.lengths.tolist() == [len(document) for document in documents]
    assert made.occurrences == Counter(chain.from_iterable(documents))


def test_more_texts_than_are_sorted_at_once_keep_their_order() -> None:
    documents = [["all", str(row % 7)] for row in range(2 * TOGETHER + 1)]
    found = entries(Postings.of(documents))
    assert found["all"] == [(row, 1) for row in range(len(documents))]
    assert found["3"] == [(row, 1) for row in range(3, len(documents), 7)]


@given(DOCUMENTS, DOCUMENTS, st.data())
def test_old_texts_that_stay_and_new_ones_make_what_all_together_make(
    old: list[list[str]], new: list[list[str]], data: st.DataObject
) -> None:
    stay = [document for document in old if data.draw(st.booleans())]
    kept = iter(stay)
    remaining = next(kept, None)
    order = data.draw(st.permutations([True] * len(stay) + [False] * len(new)))
    places = {True: iter([at for at, is_old in enumerate(order) if is_old])}
    to = []
    for document in old:
        stays = remaining is document
        to.append(next(places[True]) if stays else -1)
        remaining = next(kept, None) if stays else remaining
    new_rows = np.asarray([at for at, is_old in enumerate(order) if not is_old], np.int64)
    documents = [iter(stay), iter(new)]
    whole = Postings.of([next(documents[0 if is_old else 1]) for is_old in order])

    moved = Postings.of(old).moved(np.asarray(to, np.int64), len(order))
    joined = moved.joined(Postings.of(new).moved(new_rows, len(order)))

    assert entries(joined) == entries(whole)
    assert joined.lengths.tolist() == whole.lengths.tolist()


@given(DOCUMENTS)
def test_they_come_back_from_their_files(documents: list[list[str]]) -> None:
    made = Postings.of(documents)
    again = Postings.from_files(made.to_files())
    assert entries(again) == entries(made)
    assert again.terms == made.terms
    assert again.lengths.tolist() == made.lengths.tolist()


def test_a_term_that_stands_too_often_to_be_counted_is_counted_as_often_as_can_be() -> None:
    made = Postings.of([["law"] * (MOST_COUNTED + 5)])
    assert made.counts.tolist() == [MOST_COUNTED]
    assert made.lengths.tolist() == [MOST_COUNTED + 5]
