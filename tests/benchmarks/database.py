"""How a database that searches by itself grows with the collection, beside an index in memory.

    python -m tests.benchmarks.database FOLDER [--passages N …]

The collection and the questions are those of `tests.benchmarks.growth`; the database is a PostgreSQL that
is started for it, with the settings of `SERVER`. A process of its own searches; what it finds is compared
with what an index in memory finds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.filters import Filters
from embeddings.encoder import open_encoder, prepare_for_questions
from embeddings.index import index_of
from embeddings.indexes import AnyIndex
from embeddings.query import make_query
from embeddings.stores import open_store
from tests.benchmarks.growth import (
    FIRST,
    PASSAGES_TOGETHER,
    WARMING,
    Material,
    keep_readings,
    milliseconds,
    questions_in,
)
from tests.benchmarks.performance_page import keep, memory, timed
from tests.postgres_server import Server, running_server

PASSAGES = (1_000, 10_000, 100_000)

SERVER = "-c shared_buffers=1GB -c maintenance_work_mem=1GB -c max_parallel_maintenance_workers=1"
"""What the server is started with: it has to hold the vectors of 100,000 passages in memory to index them."""

NARROW = Filters(topics=frozenset({"topic 3"}))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size, and write the table into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder of test collections")
    parser.add_argument(
        "--passages", type=int, nargs="+", default=PASSAGES, help="sizes (default: %(default)s)"
    )
    asked = parser.parse_args(arguments)
    material = Material.of(asked.folder, open_encoder())
    rows = []
    for size in asked.passages:
        with tempfile.TemporaryDirectory() as home, running_server(SERVER) as server:
            rows.append((f"{size:,}", *_measured(asked.folder, Path(home), server, material, size)))
        sys.stderr.write(f"{rows[-1]}\n")
    columns = (
        "passages",
        "kept",
        "made ready to search",
        "kept and searched, one reading more",
        "in the database",
        "of it for the search",
        "process starts",
        "its memory",
        "search p50",
        "p95",
        "with a filter p50",
        "p95",
        "first ten as in memory",
        "with a filter",
    )
    sys.stdout.write(f"{keep('database', columns, rows, 'python -m tests.benchmarks.database FOLDER')}\n")
    return 0


def _measured(folder: Path, home: Path, server: Server, material: Material, passages: int) -> list[str]:
    encoder = open_encoder()
    address = server.new_database()
    readings = material.readings(passages + PASSAGES_TOGETHER)
    with closing(open_store(home, encoder, address)) as store:
        kept = timed(partial(keep_readings, store, islice(readings, passages // PASSAGES_TOGETHER)))
        before = server.size(address)
    with closing(open_store(home, encoder, address, searches=True)) as store:
        ready = timed(partial(index_of, store, encoder, home))
        its = index_of(store, encoder, home)
        sys.stderr.write(f"kept in {kept.wall:.0f} s, ready in {ready.wall:.0f} s\n")

        def one_more() -> None:
            keep_readings(store, readings)
            its_now = index_of(store, encoder, home, older=its)
            assert its_now.size == passages + PASSAGES_TOGETHER, its_now.size

        more = timed(one_more)
        after = server.size(address)
    sizes = [f"{bytes_ / 1e6:,.0f} MB" for bytes_ in (after, after - before)]
    times = [f"{kept.wall:.0f} s", f"{ready.wall:.0f} s", f"{more.wall:.2f} s"]
    searched = _found(folder, home, address, "database")
    in_memory = _found(folder, home, address, "memory")
    same = [_share(searched[which], in_memory[which]) for which in ("free", "filtered")]
    return [*times, *sizes, *searched["figures"], *same]


def _share(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> str:
    """Of the first ten that the one finds, the share that the other finds as well."""
    pairs = list(zip(ours, theirs, strict=True))
    both = sum(len({*some} & {*others}) for some, others in pairs)
    return f"{both / sum(len(others) for _, others in pairs):.3f}"


def _found(folder: Path, home: Path, address: str, where: str) -> dict[str, Any]:
    """What a process of its own finds, and what it takes."""
    call = f"search({str(folder)!r}, {str(home / where)!r}, {address!r}, {where!r})"
    command = [sys.executable, "-c", f"from tests.benchmarks.database import search; {call}"]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    found: dict[str, Any] = json.loads(printed)
    return found


def search(folder: str, home: str, address: str, where: str) -> None:
    """Search for questions in the database or in memory, and print what was found and taken."""
    encoder = open_encoder()
    prepare_for_questions(encoder)
    texts = questions_in(Path(folder))
    opened: list[AnyIndex] = []
    with closing(open_store(Path(home), encoder, address, searches=where == "database")) as store:
        start = timed(lambda: opened.append(index_of(store, encoder, Path(home))))
        (index,) = opened

        def find(text: str, filters: Filters | None = None) -> list[str]:
            hits = index.search(make_query(index, encoder, [(text, 1.0)]), FIRST, filters)
            return [f"{hit.resource.id} {hit.passage.start}" for hit in hits[:10]]

        for text in texts[:WARMING]:
            find(text)
        held = memory(os.getpid())
        half = (len(texts) - WARMING) // 2
        free, filtered = texts[WARMING : WARMING + half], texts[WARMING + half :]
        taken = (
            [timed(partial(find, text)) for text in free],
            [timed(partial(find, text, NARROW)) for text in filtered],
        )
        figures = [f"{start.wall:.1f} s", f"{held:,.0f} MB", *milliseconds(taken[0]), *milliseconds(taken[1])]
        found = {"free": [find(text) for text in free], "filtered": [find(text, NARROW) for text in filtered]}
    sys.stdout.write(json.dumps({**found, "figures": figures}))


if __name__ == "__main__":
    sys.exit(main())
