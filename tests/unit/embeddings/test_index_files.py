"""An index made of an older one is what a new one would be, and costs what is new alone."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.encoder import Vectors
from embeddings.index import Index, open_index
from embeddings.index_files import TOLD_EACH, TOLD_FROM
from embeddings.indexing import index as add
from embeddings.store import Store
from embeddings.vector_table import TOGETHER
from tests.fakes import FakeEncoder
from tests.readings import COLLECTION, reading, stored

TEXTS = (
    "Members own the bakery. Each of them has one vote.",
    "The looms are theirs. The looms were bought in 1956. Nobody sells them.",
    "A law. " * 40,
    "合作社 is a word.",
    "",
)
CHANGES = st.lists(
    st.tuples(st.sampled_from("abcde"), st.none() | st.sampled_from(TEXTS), st.booleans()), max_size=9
)


class CountedStore(Store):
    """A store that counts the vectors that it is asked for."""

    asked = 0

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.asked += len(texts)
        return super().vectors(texts)


def assert_same(one: Index, other: Index) -> None:
    """The same in every number; words and terms may be in another order."""
    assert one.resources == other.resources
    assert set(one.word_rows) == set(other.word_rows)
    assert one.written == other.written
    words = sorted(one.word_rows)
    its = [np.asarray([index.word_rows[word] for word in words], np.int64) for index in (one, other)]
    rows = np.arange(len(one.passages))
    for ours, theirs in (
        (one.vectors.reconstruct(rows), other.vectors.reconstruct(rows)),
        (one.sentence_vectors[:], other.sentence_vectors[:]),
        (one.titled_vectors[:], other.titled_vectors[:]),
        (one.word_vectors[its[0]], other.word_vectors[its[1]]),
    ):
        np.testing.assert_array_equal(ours, theirs)
    for ours_of_words, theirs_of_words in (
        (one.words, other.words),
        (one.pieces, other.pieces),
        (one.sentence_words, other.sentence_words),
    ):
        assert set(ours_of_words.terms) == set(theirs_of_words.terms)
        for term in ours_of_words.terms:
            np.testing.assert_array_equal(ours_of_words.bm25({term: 1.0}), theirs_of_words.bm25({term: 1.0}))


def new_index(store: Store, encoder: FakeEncoder | None = None) -> Index:
    """Made where no older one is."""
    with TemporaryDirectory() as empty:
        return open_index(store, encoder or FakeEncoder(), Path(empty))


@settings(max_examples=40, deadline=None)
@given(CHANGES)
def test_after_any_changes_it_is_what_a_new_one_would_be(
    changes: list[tuple[str, str | None, bool]],
) -> None:
    with TemporaryDirectory() as folder, stored(Path(folder), COLLECTION, FakeEncoder()) as store:
        open_index(store, FakeEncoder(), Path(folder))
        for id_, text, looked_at in changes:
            if text is None:
                store.remove(id_)
            else:
                add(store, FakeEncoder(), [reading(id_, text)])
            if looked_at:
                open_index(store, FakeEncoder(), Path(folder))
        assert_same(open_index(store, FakeEncoder(), Path(folder)), new_index(store))


def test_the_store_is_asked_for_the_vectors_of_a_new_reading_alone(home: Path) -> None:
    with stored(home, COLLECTION, FakeEncoder()):
        pass
    with closing(CountedStore.open(home, FakeEncoder())) as store:
        open_index(store, FakeEncoder(), home)
        of_all, store.asked = store.asked, 0
        add(store, FakeEncoder(), [reading("new", "Weavers mend looms.")])
        changed = open_index(store, FakeEncoder(), home)
        assert 0 < store.asked <= 7 < of_all  # a passage, its sentence twice, and four words
        assert_same(changed, new_index(store))


def test_an_older_index_of_another_encoder_is_not_used(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    with stored(home, COLLECTION, FakeEncoder()) as store:
        open_index(store, FakeEncoder(), home)

    other = FakeEncoder(name="other")
    with closing(Store.open(home, other, renew=True)) as store:
        add(store, other, [*store.waiting("starter"), *store.waiting("user")])
        with caplog.at_level(logging.INFO):
            changed = open_index(store, other, home)
        assert "stale" in caplog.text
        assert_same(changed, new_index(store, other))


def test_an_older_index_that_is_damaged_is_not_used(home: Path) -> None:
    with stored(home, COLLECTION, FakeEncoder()) as store:
        open_index(store, FakeEncoder(), home)
        add(store, FakeEncoder(), [reading("new", "Weavers mend looms.")])
        snapshot = home / "index.snapshot"
        content = bytearray(snapshot.read_bytes())
        content[-5] ^= 1
        snapshot.write_bytes(content)
        assert_same(open_index(store, FakeEncoder(), home), new_index(store))


def test_one_of_several_blocks_is_what_a_new_one_would_be_after_a_change_within_them(home: Path) -> None:
    lines = [f"Loom {number} weaves." for number in range(TOGETHER + 9)]
    encoder = FakeEncoder(dimensions=8)
    with stored(home, [reading("c", "\n".join(lines)), reading("a", "It goes.")], encoder) as store:
        open_index(store, encoder, home)
        add(store, encoder, [reading("b", "\n".join(["A new one.", *lines[::2]]))])
        store.remove("a")
        assert_same(open_index(store, encoder, home), new_index(store, encoder))


def test_progress_of_a_large_index_is_told_to_its_end_and_of_a_small_change_not_at_all(home: Path) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    lines = (f"Loom {number} weaves." for number in range(TOLD_FROM))
    with stored(home, [reading("long", "\n".join(lines))], FakeEncoder(dimensions=8)) as store:
        open_index(store, FakeEncoder(dimensions=8), home, tell)
        total = told[-1][1]
        assert total > TOLD_FROM
        assert [done for done, _ in told] == [*range(TOLD_EACH, total, TOLD_EACH), total]
        told.clear()
        add(store, FakeEncoder(dimensions=8), [reading("short", "One line.")])
        open_index(store, FakeEncoder(dimensions=8), home, tell)
        assert told == []
