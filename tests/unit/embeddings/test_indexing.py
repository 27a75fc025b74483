"""Nothing is encoded twice, and whatever interrupts the work leaves whole readings."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.passages import split_passages
from corpus.resource import Resource
from embeddings.encoder import Progress, Vectors
from embeddings.indexing import index, sync
from embeddings.store import FILE, Store
from embeddings.stores import AnyStore
from embeddings.texts import texts_of
from tests.fakes import FakeEncoder
from tests.stores import Place


def reading(number: int, facts: int = 3) -> Resource:
    text = "\n".join(f"Cooperative {number} noted fact {fact}." for fact in range(facts))
    return Resource(
        id=f"r{number:03}", title=f"Title {number}", kind="k", language="en", text=text, notes=True
    )


def all_texts(resource: Resource) -> tuple[str, ...]:
    return texts_of(resource, split_passages(resource))


READINGS = tuple(reading(number) for number in range(5))
IDS = tuple(resource.id for resource in READINGS)


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def store(place: Place, encoder: FakeEncoder) -> Iterator[AnyStore]:
    with closing(place.open(encoder)) as opened:
        yield opened


def ids(store: AnyStore) -> tuple[str, ...]:
    return tuple(resource.id for resource in store.resources())


def test_new_readings_are_kept_with_every_text_encoded_once(store: AnyStore, encoder: FakeEncoder) -> None:
    summary = index(store, encoder, READINGS)
    assert summary.added == IDS
    assert store.resources() == READINGS
    texts = sorted({text for resource in READINGS for text in all_texts(resource)})
    assert sorted(encoder.encoded) == texts
    cosines = (store.vectors(texts) * FakeEncoder().encode(texts)).sum(axis=1)
    np.testing.assert_allclose(cosines, 1, atol=1e-3)


def test_unchanged_readings_cost_no_encoding_and_no_write(store: AnyStore, encoder: FakeEncoder) -> None:
    index(store, encoder, READINGS)
    encoder.encoded.clear()
    state = store.state
    assert index(store, encoder, READINGS).unchanged == IDS
    assert encoder.encoded == []
    assert store.state == state


def test_of_a_changed_reading_only_new_texts_are_encoded(store: AnyStore, encoder: FakeEncoder) -> None:
    index(store, encoder, READINGS)
    encoder.encoded.clear()
    changed = replace(READINGS[0], text=READINGS[0].text + "\nIt grew.")
    summary = index(store, encoder, [changed, *READINGS[1:]])
    assert (summary.replaced, summary.unchanged) == (IDS[:1], IDS[1:])
    assert set(encoder.encoded) == set(all_texts(changed)) - set(all_texts(READINGS[0]))
    assert {"It grew.", "Title 0: It grew."} < set(encoder.encoded)
    assert store.resources()[0] == changed


def test_a_change_of_what_is_known_about_a_reading_replaces_it(store: AnyStore, encoder: FakeEncoder) -> None:
    index(store, encoder, READINGS)
    encoder.encoded.clear()
    assert index(store, encoder, [replace(READINGS[0], publisher="A press")]).replaced == IDS[:1]
    assert encoder.encoded == []


def test_progress_counts_texts_in_all(store: AnyStore, encoder: FakeEncoder) -> None:
    seen: list[tuple[int, int]] = []
    index(store, encoder, [reading(number, 40) for number in range(9)], lambda *at: seen.append(at))
    total = len(encoder.encoded)
    assert total > 512  # several batches
    assert seen == [(done + 1, total) for done in range(total)]


def test_a_starter_reading_that_left_the_collection_leaves_the_store(
    store: AnyStore, encoder: FakeEncoder
) -> None:
    sync(store, encoder, READINGS)
    assert sync(store, encoder, READINGS[1:]).removed == IDS[:1]
    assert ids(store) == IDS[1:]
    assert sync(store, encoder, READINGS).added == IDS[:1]


def test_a_reading_that_the_user_added_never_leaves_with_the_collection(
    store: AnyStore, encoder: FakeEncoder
) -> None:
    own = replace(READINGS[0], title="My own words on it")
    index(store, encoder, [own, reading(99)])
    sync(store, encoder, READINGS)
    assert store.resources()[0] == own
    sync(store, encoder, ())
    assert ids(store) == ("r000", "r099")


def test_a_starter_reading_that_the_user_removed_stays_away(store: AnyStore, encoder: FakeEncoder) -> None:
    sync(store, encoder, READINGS)
    store.remove("r002", for_good=True)
    sync(store, encoder, READINGS)
    assert "r002" not in ids(store)
    index(store, encoder, [READINGS[2]])
    assert "r002" in ids(store)


def test_after_a_change_of_model_every_reading_is_encoded_again(
    store: AnyStore, encoder: FakeEncoder, place: Place
) -> None:
    sync(store, encoder, READINGS)
    index(store, encoder, [reading(99)])
    other = FakeEncoder(32, "another")
    with closing(place.open(other, renew=True)) as renewed:
        sync(renewed, other, READINGS)
        assert ids(renewed) == (*IDS, "r099")
        assert sorted(other.encoded) == sorted(encoder.encoded)
        assert renewed.fingerprints("user").keys() == {"r099"}


class MeddlingEncoder(FakeEncoder):
    """While it encodes, another process removes the only reading that has a text in common."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        with closing(self._place.open(FakeEncoder())) as other:
            other.remove("r000")
        return super().encode(texts, progress)


def test_a_text_whose_vector_is_deleted_meanwhile_is_still_kept(
    store: AnyStore, encoder: FakeEncoder, place: Place
) -> None:
    index(store, encoder, READINGS[:1])
    twin = replace(READINGS[0], id="twin", title="Another title")
    index(store, MeddlingEncoder(place), [twin])
    assert ids(store) == ("twin",)
    assert len(store.vectors(all_texts(twin))) == len(all_texts(twin))


WORKER = """
import sys, time
from pathlib import Path
from embeddings.indexing import index
from embeddings.store import Store
from tests.fakes import FakeEncoder
from tests.unit.embeddings.test_indexing import reading

encoder = FakeEncoder()
store = Store.open(Path(sys.argv[1]), encoder)
print("open", flush=True)
for number in range(400):
    index(store, encoder, [reading(number)])
    print(number, flush=True)
"""


@pytest.mark.parametrize("seconds", [0.0, 0.013, 0.05, 0.11, 0.2])
def test_a_kill_loses_no_reading_that_was_acknowledged(home: Path, seconds: float) -> None:
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(home)], stdout=subprocess.PIPE, text=True)
    assert worker.stdout
    assert worker.stdout.readline() == "open\n"
    time.sleep(seconds)
    os.kill(worker.pid, signal.SIGKILL)
    acknowledged = len(worker.stdout.read().split())
    worker.stdout.close()
    worker.wait()

    encoder = FakeEncoder()
    with closing(Store.open(home, encoder)) as store:
        kept = store.resources()
        assert kept == tuple(reading(number) for number in range(len(kept)))
        assert acknowledged <= len(kept) < 400
        for resource in kept:
            store.vectors(all_texts(resource))
        index(store, encoder, [reading(number) for number in range(len(kept) + 1)])
        assert set(encoder.encoded) <= set(all_texts(reading(len(kept))))
    with closing(sqlite3.connect(home / FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        unused = "SELECT count(*) FROM vectors WHERE id NOT IN (SELECT vector FROM uses)"
        assert connection.execute(unused).fetchone() == (0,)
