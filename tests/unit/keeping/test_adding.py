"""What is added is there once, is told of only when it is on disk, and costs nothing the second time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from assistant.adding import TOGETHER, Adding, Kept, full_text
from corpus.readers import Found, Outcome, Skipped, Unchanged
from corpus.resource import Resource, Section, Source
from embeddings.indexing import sync
from embeddings.stores import AnyStore
from tests.fakes import FakeEncoder
from tests.stores import Place


def found(name: str, text: str, fingerprint: str = "1", **fields: object) -> Found:
    given = {"id": name, "title": name.capitalize(), "kind": "document", "language": "en", "file": name}
    return Found(name, Resource(text=text, **given | fields), f"{name}-{fingerprint}")  # type: ignore[arg-type]


BREAD = found("bread", "The bakery belongs to its bakers.")
LOOMS = found("looms", "The weavers bought twelve looms together.")


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def store(place: Place, encoder: FakeEncoder) -> Iterator[AnyStore]:
    with closing(place.open(encoder)) as opened:
        yield opened


def add(store: AnyStore, encoder: FakeEncoder, *outcomes: Outcome) -> list[tuple[str, str]]:
    """What is told, by name."""
    told = Adding(store, encoder).add(outcomes)
    return [(each.name, each.change if isinstance(each, Kept) else each.reason) for each in told]


def test_everything_is_told_in_its_order(store: AnyStore, encoder: FakeEncoder) -> None:
    skipped = Skipped("scan.pdf", "It has no text.")
    known = Unchanged("known.pdf", "known-1")
    assert add(store, encoder, BREAD, skipped, LOOMS, known) == [
        ("bread", "added"),
        ("scan.pdf", "It has no text."),
        ("looms", "added"),
        ("known.pdf", "unchanged"),
    ]
    assert [resource.id for resource in store.resources()] == ["bread", "looms"]


def test_what_is_told_of_is_in_the_store_already(store: AnyStore, encoder: FakeEncoder, place: Place) -> None:
    many = [found(f"r{number}", f"Reading {number}. " + "x y " * (TOGETHER // 8)) for number in range(4)]
    for number, result in enumerate(Adding(store, encoder).add(many)):
        assert isinstance(result, Kept)
        with closing(place.open(FakeEncoder())) as other:
            assert result.id in {resource.id for resource in other.resources()}
            assert len(other.files()) <= number + 2  # not only when everything was read


def test_a_file_that_is_known_need_not_be_read_again(store: AnyStore, encoder: FakeEncoder) -> None:
    add(store, encoder, BREAD)
    adding = Adding(store, encoder)
    assert adding.known("bread", "bread-1")
    assert not adding.known("bread", "bread-2")
    assert not adding.known("looms", "looms-1")


def test_the_same_text_again_changes_nothing_and_encodes_nothing(
    store: AnyStore, encoder: FakeEncoder
) -> None:
    add(store, encoder, BREAD)
    encoder.encoded.clear()
    state = store.state
    assert add(store, encoder, replace(BREAD, fingerprint="another")) == [("bread", "unchanged")]
    assert (encoder.encoded, store.state) == ([], state)
    assert Adding(store, encoder).known("bread", "another")


def test_the_same_words_under_another_name_are_kept_once(store: AnyStore, encoder: FakeEncoder) -> None:
    add(store, encoder, BREAD)
    copy = found("copy", "The bakery  belongs\nto its bakers.")
    (told,) = Adding(store, encoder).add([copy])
    assert told == Kept("copy", "bread", "unchanged", "Copy", 1, twin=True)
    assert len(store.resources()) == 1


def test_two_files_with_the_same_text_in_one_call_are_kept_once(
    store: AnyStore, encoder: FakeEncoder
) -> None:
    copy = found("copy", BREAD.resource.text)
    assert add(store, encoder, BREAD, copy, BREAD) == [
        ("bread", "added"),
        ("copy", "unchanged"),
        ("bread", "unchanged"),
    ]
    assert [resource.id for resource in store.resources()] == ["bread"]


def test_a_changed_file_replaces_its_reading_and_keeps_the_vectors_of_what_stayed(
    store: AnyStore, encoder: FakeEncoder
) -> None:
    add(store, encoder, found("bread", "The bakery is old. It belongs to its bakers."))
    encoder.encoded.clear()
    assert add(store, encoder, found("bread", "The bakery is old. It has a new oven.", "2")) == [
        ("bread", "replaced")
    ]
    assert "It has a new oven." in encoder.encoded
    assert "The bakery is old." not in encoder.encoded
    assert len(store.resources()) == 1


def test_a_file_that_comes_to_say_what_another_says_is_not_left_as_it_was(
    store: AnyStore, encoder: FakeEncoder
) -> None:
    add(store, encoder, BREAD, LOOMS)
    assert add(store, encoder, found("looms", BREAD.resource.text, "2")) == [("looms", "replaced")]
    assert {resource.text for resource in store.resources()} == {BREAD.resource.text}


def test_progress_counts_the_texts_that_are_encoded_together(store: AnyStore, encoder: FakeEncoder) -> None:
    seen: list[tuple[int, int]] = []
    list(Adding(store, encoder).add([BREAD, LOOMS], lambda *at: seen.append(at)))
    assert seen[-1] == (len(encoder.encoded), len(encoder.encoded))


def test_the_full_text_of_a_reading_takes_the_place_of_the_notes_on_it(
    store: AnyStore, encoder: FakeEncoder
) -> None:
    notes = found("a", "Notes on it.", notes=True, url="https://example.org/a", topics=("law",)).resource
    notes = replace(notes, sources=(Source(0, 3, "https://example.org/x"),))
    sync(store, encoder, [notes])
    page = found("page", "What the page says.", sections=(Section(0, "Head"),), pages=(0,)).resource
    full = full_text(notes, page)
    assert (full.id, full.title, full.topics, full.url) == ("a", "A", ("law",), "https://example.org/a")
    assert (full.text, full.notes, full.sources, full.sections) == (page.text, False, (), page.sections)
    add(store, encoder, Found("https://example.org/a", full, "1"))
    sync(store, encoder, [notes])
    assert store.resources() == (full,)
