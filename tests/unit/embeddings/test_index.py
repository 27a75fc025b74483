"""An index is what the store says, whether it was built or read back, and never what a damaged file says."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.passages import split_passages
from corpus.resource import Passage
from embeddings.index import Index, open_index
from embeddings.indexing import index as add
from embeddings.query import make_query
from embeddings.search import search
from embeddings.store import Store
from embeddings.terms import content_words
from embeddings.texts import passage_text, titled_sentence_texts, word_texts
from tests.fakes import FakeEncoder
from tests.readings import COLLECTION, KERALA, MONDRAGON, SCOP, indexed, reading, stored

SNAPSHOT = "index.snapshot"
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
LONG_RUNS = st.sampled_from(["x" * 801, "合" * 1601, "co-op" * 200, "é" * 900, "word " * 400])


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def store(home: Path, encoder: FakeEncoder) -> Iterator[Store]:
    with stored(home, COLLECTION, encoder) as opened:
        yield opened


def assert_same(one: Index, other: Index) -> None:
    assert one.resources == other.resources
    assert tuple(one.passages) == tuple(other.passages)
    assert one.word_rows == other.word_rows
    rows = np.arange(len(one.passages))
    for ours, theirs in (
        (one.first_sentence, other.first_sentence),
        (one.sentence_vectors[:], other.sentence_vectors[:]),
        (one.titled_vectors[:], other.titled_vectors[:]),
        (one.word_vectors[:], other.word_vectors[:]),
        (one.vectors.reconstruct(rows), other.vectors.reconstruct(rows)),
    ):
        np.testing.assert_array_equal(ours, theirs)
    for text in ("workers of the bakery", "SCOP", "1956"):
        assert found(one, text) == found(other, text)


def found(index: Index, text: str) -> list[tuple[Passage, float]]:
    hits = search(index, make_query(index, FakeEncoder(), [(text, 1.0)]), 20)
    return [(hit.passage, hit.score) for hit in hits]


def test_everything_stored_is_indexed(store: Store, encoder: FakeEncoder, home: Path) -> None:
    index = open_index(store, encoder, home)
    assert tuple(index.resources.values()) == store.resources()
    assert tuple(index.passages) == tuple(store.passages())
    assert [index.resource_of(row).id for row in range(len(index.passages))] == [
        passage.resource_id for passage in index.passages
    ]
    assert index.state == store.state


def test_words_are_counted_as_written_in_the_text_and_in_what_is_told_of_it(home: Path) -> None:
    one = replace(reading("one", "Looms of Uruguay.\nLooms hum."), people=("Ana Ruiz",), publisher="SCOP")
    written = indexed(home, [one, reading("two", "looms in 1956")]).written
    named = {"Looms": 2, "looms": 1, "Uruguay": 1, "Ruiz": 1, "SCOP": 1}
    assert {word: written[word] for word in named} == named
    assert "1956" not in written


def test_rows_of_sentences_line_up_with_their_passages(
    store: Store, encoder: FakeEncoder, home: Path
) -> None:
    index = open_index(store, encoder, home)
    for row, passage in enumerate(index.passages):
        its = slice(index.first_sentence[row], index.first_sentence[row + 1])
        bare = encoder.encode(passage.sentence_texts())
        titled = encoder.encode(titled_sentence_texts(index.resource_of(row), passage))
        np.testing.assert_allclose(index.sentence_vectors[its], bare, atol=1e-3)
        np.testing.assert_allclose(index.titled_vectors[its], titled, atol=1e-3)
    assert index.first_sentence[-1] == len(index.sentence_vectors) == index.sentence_words.size


def test_rows_of_passages_and_words_have_the_vectors_of_their_texts(
    store: Store, encoder: FakeEncoder, home: Path
) -> None:
    index = open_index(store, encoder, home)
    texts = [passage_text(index.resource_of(row), passage) for row, passage in enumerate(index.passages)]
    vectors = index.vectors.reconstruct(np.arange(len(texts)))
    np.testing.assert_allclose(vectors, encoder.encode(texts), atol=1e-3)
    for word, row in index.word_rows.items():
        np.testing.assert_allclose(index.word_vectors[row : row + 1], encoder.encode([word]), atol=1e-3)


@settings(max_examples=60)
@given(title=ANY_TEXT, parts=st.lists(ANY_TEXT | LONG_RUNS, min_size=1, max_size=4), notes=st.booleans())
def test_each_latin_word_of_a_sentence_or_title_has_a_vector(
    title: str, parts: list[str], notes: bool
) -> None:
    resource = reading("any", "".join(parts), title=title, notes=notes)
    for passage in split_passages(resource):
        known = set(word_texts(resource, passage))
        for sentence in (title, *passage.sentence_texts()):
            assert known.issuperset(word for word in content_words(sentence) if word.isascii())


def test_a_snapshot_gives_the_index_that_was_built(store: Store, encoder: FakeEncoder, home: Path) -> None:
    built = open_index(store, encoder, home)
    written = (home / SNAPSHOT).read_bytes()
    assert_same(built, open_index(store, encoder, home))
    assert (home / SNAPSHOT).read_bytes() == written


def test_an_index_from_a_snapshot_encodes_nothing(store: Store, home: Path) -> None:
    encoder = FakeEncoder()
    open_index(store, encoder, home)
    open_index(store, encoder, home)
    assert encoder.encoded == []


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.6, 0.999])
def test_a_snapshot_with_one_byte_changed_is_built_again(
    share: float, store: Store, encoder: FakeEncoder, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    built = open_index(store, encoder, home)
    whole = (home / SNAPSHOT).read_bytes()
    damaged = bytearray(whole)
    damaged[int(share * len(whole))] ^= 1
    (home / SNAPSHOT).write_bytes(damaged)
    with caplog.at_level(logging.WARNING):
        assert_same(built, open_index(store, encoder, home))
    assert "damaged" in caplog.text
    assert (home / SNAPSHOT).read_bytes() == whole


@pytest.mark.parametrize("content", [b"", b"no snapshot\n", b"\n\n"])
def test_a_snapshot_that_is_none_is_built_again(
    content: bytes, store: Store, encoder: FakeEncoder, home: Path
) -> None:
    built = open_index(store, encoder, home)
    (home / SNAPSHOT).write_bytes(content)
    assert_same(built, open_index(store, encoder, home))


def test_a_snapshot_of_another_state_is_never_used(store: Store, encoder: FakeEncoder, home: Path) -> None:
    before = open_index(store, encoder, home)
    store.remove(MONDRAGON.id)
    after = open_index(store, encoder, home)
    assert before.resources.keys() - after.resources.keys() == {MONDRAGON.id}
    assert all(passage.resource_id != MONDRAGON.id for passage in after.passages)
    assert "mondragon" not in after.word_rows


def test_an_index_knows_what_another_store_added(store: Store, encoder: FakeEncoder, home: Path) -> None:
    open_index(store, encoder, home)
    with closing(Store.open(home, encoder)) as other:
        add(other, encoder, [reading("new-looms", "The loom cooperative of Newtown weaves wool.")])
    assert "new-looms" in open_index(store, encoder, home).resources


def test_the_order_in_which_readings_were_added_changes_nothing(tmp_path: Path) -> None:
    assert_same(
        indexed(tmp_path / "one", [KERALA, MONDRAGON, SCOP]),
        indexed(tmp_path / "other", [SCOP, KERALA, MONDRAGON]),
    )


def test_an_empty_store_has_an_index_too(home: Path) -> None:
    for index in (indexed(home, []), indexed(home, [])):
        assert tuple(index.passages) == ()
        assert index.first_sentence.tolist() == [0]
