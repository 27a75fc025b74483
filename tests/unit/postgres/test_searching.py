"""A database that searches by itself finds what an index in memory finds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.candidates import candidates
from assistant.readings import Neighbours
from corpus.errors import UnreachableDatabase
from corpus.filters import Filters
from corpus.resource import Passage
from embeddings.encoder import Progress, Vectors
from embeddings.index import Index, open_index
from embeddings.indexing import index as add
from embeddings.indexing import sync
from embeddings.postgres.connections import Connections
from embeddings.postgres.index import PostgresIndex
from embeddings.postgres.store import PostgresStore
from embeddings.query import make_query
from embeddings.search import CANDIDATES, Hit
from embeddings.stores import open_store
from embeddings.terms import words
from tests.fakes import FakeEncoder
from tests.kept_up import assert_kept_up
from tests.postgres_server import Server
from tests.readings import COLLECTION, KERALA, MONDRAGON, SCOP, reading
from tests.unit.postgres.searching import ENCODER, index_of, searching

DATA = Path(__file__).parents[2] / "data"
WORDS = sorted({word for resource in COLLECTION for word in words(f"{resource.title} {resource.text}")})
FILTERS = (
    Filters(),
    Filters(languages=frozenset({"fr", "es"})),
    Filters(topics=frozenset({"finance"}), year_from=2015),
    Filters(places=frozenset({"Nowhere"})),
)


@dataclass(frozen=True)
class Both:
    """The same database, searched in memory and by itself."""

    memory: Index
    database: PostgresIndex


def scores(hits: tuple[Hit, ...]) -> dict[Passage, float]:
    return {hit.passage: hit.score for hit in hits}


@pytest.fixture(scope="module")
def both(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with closing(searching(postgres.new_database())) as store:
        sync(store, ENCODER, COLLECTION)
        yield Both(open_index(store, ENCODER, tmp_path_factory.mktemp("memory")), index_of(store))


@settings(max_examples=150, derandomize=True)  # where all are equal, the last bit decides
@given(
    st.lists(st.sampled_from(WORDS) | st.sampled_from(["submarines", "合作社", "?!", "co-ops"]), max_size=6),
    st.sampled_from(FILTERS),
    st.sampled_from([1, 5, 60]),
)
def test_the_same_passages_are_found_with_the_same_scores(
    both: Both, asked: list[str], filters: Filters, k: int
) -> None:
    text = " ".join(asked)
    query = make_query(both.memory, ENCODER, [(text, 1.0)], favoured={SCOP.id: 0.5})
    ours, theirs, all_theirs = (
        scores(index.search(query, k, filters))
        for index, k in ((both.database, k), (both.memory, k), (both.memory, 100))
    )
    assert [*ours.values()] == pytest.approx([*theirs.values()], abs=1e-3)
    assert ours == pytest.approx({passage: all_theirs[passage] for passage in ours}, abs=1e-3)


def test_what_is_known_of_terms_and_readings_is_the_same(both: Both) -> None:
    memory, database = both.memory, both.database
    for term in ("mondragon", "worker", "submarin"):
        assert database.words.idf(term) == pytest.approx(memory.words.idf(term))
        assert database.words.knows(term) == memory.words.knows(term)
    assert database.words.texts_with(["worker"]) == memory.words.texts_with(["worker"]) > 1
    assert database.words.texts_with([]) == 0
    assert database.written == memory.written
    assert database.size == memory.size
    assert database.lengths.tolist() == memory.lengths.tolist()
    assert list(database.resources) == list(memory.resources)
    assert database.works.keys() == memory.works.keys()
    np.testing.assert_allclose(database.centre, memory.centre, atol=1e-3)
    places, vectors = database.known_words(["mondragon", "submarines", "workers"])
    assert places == memory.known_words(["mondragon", "submarines", "workers"])[0] == [0, 2]
    np.testing.assert_allclose(vectors, ENCODER.encode(["mondragon", "workers"]), atol=1e-3)


def test_readings_are_known_without_their_text_and_given_whole(both: Both) -> None:
    assert both.database.resources[SCOP.id].text == ""
    assert both.database.resources[SCOP.id].topics == SCOP.topics
    assert both.database.whole(SCOP.id) == SCOP
    assert both.database.passages_of(SCOP) == both.memory.passages_of(SCOP)
    ours, theirs = (index.sentence_vectors_of(SCOP) for index in (both.database, both.memory))
    np.testing.assert_allclose(ours, theirs, atol=1e-3)
    openings = both.database.openings([KERALA, SCOP])
    assert [hit.passage for hit in openings] == [both.memory.passages_of(one)[0] for one in (KERALA, SCOP)]
    with pytest.raises(KeyError):
        both.database.whole("no-such")


def test_readings_that_are_alike_are_the_same(both: Both) -> None:
    memory, database = Neighbours(both.memory), Neighbours(both.database)
    np.testing.assert_allclose(database.vectors, memory.vectors, atol=1e-3)
    for resource in COLLECTION:
        ours, theirs = database.of(resource.id, 5), memory.of(resource.id, 5)
        assert [(one.resource, one.why) for one in ours] == [(one.resource, one.why) for one in theirs]


def test_answers_are_the_same_to_the_last_word(postgres: Server, tmp_path: Path) -> None:
    address = postgres.new_database()
    lines = (DATA / "everyday-2.jsonl").read_text("utf-8").splitlines()[::6]
    asked = [json.loads(line)["question"] for line in lines]
    opened = (
        Assistant.open(
            tmp_path / where, store=address, encoder=FakeEncoder(256), searches=where == "database"
        )
        for where in ("memory", "database")
    )
    with closing(next(opened)) as memory, closing(next(opened)) as database:
        for question in (
            *asked,
            "find readings about finance in Spain",
            "newest readings",
            "platfrom co-ops",
        ):
            ours, theirs = database.ask(question), memory.ask(question)
            assert ours.sentences == theirs.sentences
            assert ours.citations == theirs.citations
            assert ours.confidence == pytest.approx(theirs.confidence, abs=1e-4)
            assert [(one.resource.id, one.why) for one in ours.readings] == [
                (one.resource.id, one.why) for one in theirs.readings
            ]
            assert (ours.remark, ours.suggestions) == (theirs.remark, theirs.suggestions)


def test_the_sentence_before_a_passage_is_known_also_where_its_passage_is_not_found(
    database: str, home: Path
) -> None:
    sentences = [f"Sentence {n} tells of {'looms and ' * 30}weavers {n}." for n in range(9)]
    with closing(searching(database)) as store:
        add(store, ENCODER, [reading("long", "\n".join(sentences)), SCOP])
        before: list[list[tuple[str, ...]]] = []
        for index in (open_index(store, ENCODER, home), index_of(store)):
            query = make_query(index, ENCODER, [("weavers 5", 1.0)])
            (hit,) = index.search(query, 1)
            assert hit.passage.start > 0
            found = candidates(index.excerpt([hit]), query, [hit]).sentences
            before.append([candidate.before for candidate in found])
    assert before[0] == before[1]
    assert before[0][0]


def test_what_was_going_on_when_the_server_was_lost_is_done_again(database: str) -> None:
    connections = Connections(database)
    connections.connect()
    moments: list[object] = []

    def work() -> int:
        moments.append(connections.rows("SELECT pg_current_snapshot()::text"))
        if len(moments) == 1:
            connections.rows("SELECT pg_terminate_backend(pg_backend_pid())")
        return len(moments)

    assert connections.read(work) == 2
    with connections.reading(), pytest.raises(UnreachableDatabase):
        moments.clear()
        connections.read(work)  # within a longer moment, which is over
    connections.close()


class PlacedEncoder(FakeEncoder):
    """The words "place 17" point into a direction of their own, from "place 0" on ever farther away."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:  # noqa: ARG002
        angles = [float(next((word for word in text.split() if word.isdigit()), 0)) / 1000 for text in texts]
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        vectors[:, 0], vectors[:, 1] = np.cos(angles), np.sin(angles)
        return vectors


def test_a_rare_filter_finds_what_the_index_of_vectors_gives_last(postgres: Server) -> None:
    encoder = PlacedEncoder(8, "placed")
    address = f"{postgres.new_database()}&options=-cenable_seqscan%3Doff%20-cenable_sort%3Doff"
    far = [reading(f"far-{n}", f"{900 + n} rare", title="", topics=("rare",)) for n in range(3)]
    near = [reading(f"near-{n:03}", f"{n} here", title="") for n in range(900)]
    with closing(PostgresStore.open(address, encoder, searches=True)) as store:
        index_of(store)
        add(store, encoder, [*near, *far])
        connections = Connections(address)
        index = PostgresIndex.open(connections, most_exact=0)
        query = make_query(index, encoder, [("0", 1.0)])
        hits = index.search(query, CANDIDATES, Filters(topics=frozenset({"rare"})))
        assert {hit.resource.id for hit in hits} == {one.id for one in far}
        found = index.search(query, CANDIDATES)
        assert {hit.resource.id for hit in found} >= {f"near-{n:03}" for n in range(CANDIDATES - 10)}
        vector = "[" + ",".join(map(str, query.vector.tolist())) + "]"
        plan = connections.rows(
            "EXPLAIN SELECT id FROM passages ORDER BY vector <#> %s::halfvec LIMIT 300", vector
        )
        assert "passages_by_vector" in str(plan)
        connections.close()


def test_what_another_process_changes_is_found_at_once_and_nothing_old(database: str, home: Path) -> None:
    with closing(searching(database)) as store, closing(open_store(home, ENCODER, database)) as other:
        add(store, ENCODER, [MONDRAGON, SCOP])
        before = index_of(store)
        whole = before.whole(MONDRAGON.id)
        add(other, ENCODER, [KERALA, reading(MONDRAGON.id, "Mondragon has changed all of its words.")])
        other.remove(SCOP.id)
        now = index_of(store, before)
        assert set(now.resources) == {MONDRAGON.id, KERALA.id}
        assert now.whole(MONDRAGON.id).text != whole.text
        hits = now.search(make_query(now, ENCODER, [("Mondragon changed SCOP", 1.0)]), 10)
        assert {hit.resource.id for hit in hits} == {MONDRAGON.id, KERALA.id}
        assert hits[0].passage.text == "Mondragon has changed all of its words."
        stale = before.search(make_query(before, ENCODER, [("Mondragon coffee house", 1.0)]), 10)
        assert {hit.resource.id for hit in stale} <= {MONDRAGON.id, SCOP.id}
    assert_kept_up(database)


@pytest.mark.parametrize(
    ("word", "stands"), [("mondragon", True), ("societe", True), ("mandragon", False), ("", False)]
)
def test_a_word_is_known_as_it_is_written_whatever_its_accents(both: Both, word: str, stands: bool) -> None:
    assert both.database.writes(word) is stands
