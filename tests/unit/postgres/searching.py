"""A store whose database searches by itself."""

from __future__ import annotations

from embeddings.postgres.index import PostgresIndex
from embeddings.postgres.store import PostgresStore
from tests.fakes import FakeEncoder

ENCODER = FakeEncoder()


def searching(address: str) -> PostgresStore:
    return PostgresStore.open(address, ENCODER, searches=True)


def index_of(store: PostgresStore, older: PostgresIndex | None = None) -> PostgresIndex:
    found = store.own_index(older)
    assert found
    return found
