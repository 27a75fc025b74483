"""What a database is searched by is what its readings give, whatever was done to them."""

from __future__ import annotations

from collections import Counter
from functools import partial

import psycopg

from embeddings.postgres import reading_rows
from embeddings.postgres.connections import rows
from embeddings.postgres.counted import Counted, Split
from embeddings.postgres.hashed import packed
from embeddings.postgres.search_tables import VERSION
from embeddings.rows import passages_from_row


def assert_kept_up(address: str) -> None:
    """Fails where a count or a passage is not that of the readings in the database."""
    with psycopg.connect(address, options="-csearch_path=coop_assistant,public") as connection:
        read = partial(rows, connection)
        assert read("SELECT searched FROM store") == [(VERSION,)]
        texts: Counter[str] = Counter()
        terms: Counter[str] = Counter()
        found_in: Counter[tuple[str, int]] = Counter()
        written: Counter[str] = Counter()
        passages = []
        for row in reading_rows.select(read, "the test's", "fingerprint != ''"):
            resource = row.resource()
            its = [Split.of(resource, passage) for passage in passages_from_row(resource, row.passages)]
            counted = Counted.of(resource, its)
            texts += counted.texts
            terms += counted.terms
            found_in += counted.found_in
            written += counted.written
            passages += [
                (row.id, place, packed(split.words), packed(split.pieces)) for place, split in enumerate(its)
            ]
        assert dict(_counts(read("SELECT kind, texts FROM totals"))) == texts
        assert dict(_counts(read("SELECT kind, terms FROM totals"))) == terms
        assert {
            (kind, term): n for kind, term, n in read("SELECT * FROM terms WHERE found_in <> 0")
        } == found_in
        assert dict(read("SELECT word, times FROM written WHERE times <> 0")) == written
        kept = read(
            "SELECT id, place, terms, pieces FROM resources JOIN"
            " (SELECT reading, place, terms, pieces FROM passages) p ON reading = number ORDER BY id, place"
        )
        assert kept == passages
        ids = read("SELECT id FROM resources JOIN readings USING (number) ORDER BY id")
        assert ids == read("SELECT id FROM resources WHERE fingerprint != '' ORDER BY id")


def _counts(found: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(kind, count) for kind, count in found if count]
