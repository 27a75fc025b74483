"""What a store acknowledged stays, exactly, whether it is a file or a database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing import get_context

import numpy as np
import pytest

from corpus.errors import HomeError, WrongModel
from corpus.passages import split_passages
from corpus.resource import Passage, Resource, Section, Source
from embeddings.reading_rows import Origin
from embeddings.rows import fingerprint
from embeddings.store import ReadFrom
from embeddings.stores import AnyStore
from embeddings.texts import texts_of
from tests.fakes import FakeEncoder
from tests.stores import Place

ENCODER = FakeEncoder()

SHORT = Resource(id="b-short", title="A short one", kind="report", language="en", text="Members vote.")
LONG = Resource(
    id="a-long",
    title="Coopératives 合作社 🐝",
    kind="guide",
    language="fr",
    text="Une coopérative appartient à ses membres.\nChacun a une voix.\n\nLe surplus \x00\ud800 va là.",
    notes=True,
    people=("Ana", "Béa"),
    date="2019-03",
    topics=("law",),
    url="https://example.org/a?b=c&d='\"",
    listed_by_ilo=True,
    sections=(Section(0, "Membres"), Section(62, "Surplus")),
    sources=(Source(0, 41, "https://example.org/source"),),
    pages=(0, 42),
)


def put(store: AnyStore, resource: Resource, origin: Origin = "user") -> tuple[Passage, ...]:
    passages = split_passages(resource)
    texts = store.missing(texts_of(resource, passages))
    printable = [text.encode("utf-8", "replace").decode() for text in texts]
    store.put(resource, passages, dict(zip(texts, ENCODER.encode(printable), strict=True)), origin)
    return passages


@pytest.fixture
def store(place: Place) -> Iterator[AnyStore]:
    with closing(place.open(ENCODER)) as opened:
        yield opened


def test_a_new_store_is_empty(store: AnyStore) -> None:
    assert (store.resources(), tuple(store.passages())) == ((), ())
    assert store.fingerprints() == {}
    assert store.vectors([]).shape == (0, 64)
    assert store.missing([]) == []


def test_readings_and_passages_come_back_exactly_and_in_order(place: Place) -> None:
    with closing(place.open(ENCODER)) as store:
        short, long = put(store, SHORT), put(store, LONG)
    with closing(place.open(ENCODER)) as store:
        assert store.resources() == (LONG, SHORT)
        assert tuple(store.passages()) == long + short
        assert len(long) == 2
        assert store.fingerprints() == {
            "a-long": fingerprint(LONG, long),
            "b-short": fingerprint(SHORT, short),
        }


def test_vectors_come_back_in_the_order_asked_for(store: AnyStore) -> None:
    texts = texts_of(SHORT, put(store, SHORT))
    asked = [*reversed(texts), texts[0]]
    found, expected = store.vectors(asked), ENCODER.encode(asked)
    assert found.dtype == np.float32
    cosines = (found * expected).sum(axis=1) / np.linalg.norm(found, axis=1)
    assert cosines.min() > 0.9999


def test_only_texts_without_a_vector_are_missing_each_once(store: AnyStore) -> None:
    texts = texts_of(SHORT, put(store, SHORT))
    assert store.missing(["new", *texts, "newer", "new"]) == ["new", "newer"]


def test_a_text_that_two_readings_share_keeps_its_vector_until_the_last_is_removed(
    store: AnyStore, place: Place
) -> None:
    twin = Resource(id="twin", title="Another", kind="report", language="en", text=SHORT.text)
    short, other = (set(texts_of(each, put(store, each))) for each in (SHORT, twin))
    assert "Members vote." in short & other
    assert place.count("vectors") == len(short | other)
    assert store.remove(SHORT.id)
    assert store.missing(["Members vote."]) == []
    assert place.count("vectors") == len(other)
    assert store.remove(twin.id)
    assert place.count("vectors") == place.count("uses") == 0


def test_a_replaced_reading_leaves_nothing_of_the_old_one(store: AnyStore, place: Place) -> None:
    put(store, SHORT)
    changed = Resource(id=SHORT.id, title=SHORT.title, kind="guide", language="en", text="Members share.")
    texts = texts_of(changed, put(store, changed))
    assert store.resources() == (changed,)
    assert store.missing(["Members vote.", "Members share."]) == ["Members vote."]
    assert place.count("vectors") == len(texts)


def test_removing_what_is_not_there_says_so(store: AnyStore) -> None:
    assert not store.remove("nothing")


def test_a_removed_starter_reading_is_remembered_until_it_is_added_again(store: AnyStore) -> None:
    put(store, SHORT, "starter")
    put(store, LONG, "user")
    store.remove(SHORT.id, for_good=True)
    store.remove(LONG.id)
    store.remove("never-there", for_good=True)
    assert store.withdrawn() == {SHORT.id}
    put(store, SHORT)
    assert store.withdrawn() == frozenset()


def test_every_change_changes_the_state_and_reading_does_not(store: AnyStore, place: Place) -> None:
    states = [store.state]
    put(store, SHORT)
    states.append(store.state)
    store.resources()
    store.missing(["a"])
    assert store.state == states[-1]
    with closing(place.open(ENCODER)) as other:
        assert other.state == states[-1]
        other.remove(SHORT.id)
    states.append(store.state)
    assert len(set(states)) == 3


def test_a_reading_without_all_its_vectors_is_refused_whole(store: AnyStore) -> None:
    state = store.state
    with pytest.raises(ValueError, match=r"\d texts of b-short have no vector"):
        store.put(SHORT, split_passages(SHORT), {})
    assert store.resources() == ()
    assert store.state == state


@pytest.mark.parametrize("vector", [np.ones(63), np.full(64, np.nan), np.ones((1, 64))])
def test_what_is_no_vector_is_refused(
    store: AnyStore, vector: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> None:
    passages = split_passages(SHORT)
    with pytest.raises(ValueError, match="64 finite numbers"):
        store.put(SHORT, passages, dict.fromkeys(texts_of(SHORT, passages), vector.astype(np.float32)))


def test_a_passage_that_is_not_in_the_text_is_refused(store: AnyStore) -> None:
    with pytest.raises(ValueError, match="not what b-short says"):
        store.put(SHORT, [Passage(SHORT.id, 0, 3, "Mum", None, ())], {})


def test_what_is_read_together_is_of_one_moment(store: AnyStore, place: Place) -> None:
    put(store, SHORT)
    with store.reading():
        state = store.state
        with closing(place.open(ENCODER)) as other:
            put(other, LONG)
        assert store.resources() == (SHORT,)
        assert store.state == state
    assert store.resources() == (LONG, SHORT)


def test_threads_share_a_store(store: AnyStore) -> None:
    def work(number: int) -> bool:
        resource = Resource(
            id=f"r{number}", title=f"T{number}", kind="k", language="en", text=f"Text {number}."
        )
        texts = texts_of(resource, put(store, resource))
        return len(store.vectors(texts)) == len(texts)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(40))) == [True] * 40
    assert len(store.resources()) == 40


def put_many(place: Place, writer: str) -> None:
    with closing(place.open(FakeEncoder(), patience=30)) as store:
        for number in range(25):
            put(
                store,
                Resource(
                    id=f"{writer}{number}", title=writer, kind="k", language="en", text=f"Text {number}."
                ),
            )


def test_processes_may_begin_a_store_and_write_to_it_at_once(place: Place) -> None:
    processes = [get_context("spawn").Process(target=put_many, args=(place, writer)) for writer in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    with closing(place.open(ENCODER)) as store:
        assert len(store.resources()) == 75
        assert store.state.endswith("-75")


def test_a_program_that_writes_for_long_is_named_as_the_cause(store: AnyStore, place: Place) -> None:
    with place.locked():
        with (
            closing(place.open(ENCODER, patience=0.05)) as hasty,
            pytest.raises(HomeError, match="Another program is writing"),
        ):
            put(hasty, SHORT)
        assert store.resources() == ()  # reading goes on meanwhile


@pytest.mark.parametrize("encoder", [FakeEncoder(name="another"), FakeEncoder(32)])
def test_another_model_is_refused_with_the_command_that_rebuilds(place: Place, encoder: FakeEncoder) -> None:
    place.open(ENCODER).close()
    with pytest.raises(WrongModel, match=r"made with the model bag-of-words.*`python -m assistant rebuild`"):
        place.open(encoder)


def test_a_renewed_store_keeps_every_reading_for_the_new_model(store: AnyStore, place: Place) -> None:
    put(store, SHORT, "starter")
    put(store, LONG, "user")
    with closing(place.open(FakeEncoder(32, "new"), renew=True)) as renewed:
        assert (renewed.resources(), tuple(renewed.passages())) == ((), ())
        assert renewed.waiting("starter") == (SHORT,)
        assert renewed.waiting("user") == (LONG,)
    with pytest.raises(WrongModel):
        put(store, SHORT)
    with pytest.raises(WrongModel):
        store.vectors(["Members vote."])


def test_what_a_reading_was_read_from_is_known_until_it_changes(store: AnyStore) -> None:
    read = ReadFrom("fingerprint", "words", "2026-01-02T03:04:05+00:00")
    put(store, SHORT)
    state = store.state
    store.note_files({SHORT.id: read, "nowhere": read})
    assert store.files() == {SHORT.id: read}
    assert store.state == state
    put(store, SHORT)
    assert store.files() == {}
