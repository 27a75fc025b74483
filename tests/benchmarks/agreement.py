"""Whether a database that searches by itself answers as well as an index in memory.

    python -m tests.benchmarks.agreement COLLECTION …

What `evaluate` measures of each collection, with the readings in a file and in a PostgreSQL that is started
for it, and the largest difference of any measure.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation.evaluate import evaluate
from assistant.evaluation.product import Product, Progress
from assistant.evaluation.shipped import shipped
from corpus.resource import Resource
from embeddings.encoder import Encoder, open_encoder
from tests.benchmarks.database import SERVER
from tests.benchmarks.performance_page import keep
from tests.postgres_server import Server, running_server

SHOWN = ("ndcg@10", "recall@10", "answer_first", "answer_in_three", "auroc", "false_refusals")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each collection both ways, and write the table into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("collections", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, help="ask at most so many questions of each sort")
    asked = parser.parse_args(arguments)
    encoder = open_encoder()
    in_memory = shipped(encoder)
    rows: list[Sequence[object]] = []
    with running_server(SERVER) as server:
        in_database = replace(in_memory, open=partial(_opened, server, encoder))
        for path in asked.collections:
            memory, database = (_measures(path, product, asked.limit) for product in (in_memory, in_database))
            apart = max(abs(database[name] - value) for name, value in memory.items())
            rows.append((path.name, "in memory", *_shown(memory), ""))
            rows.append(("", "in the database", *_shown(database), f"{apart:.4f}"))
            sys.stderr.write(f"{rows[-2]}\n{rows[-1]}\n")
    columns = ("collection", "searched", *SHOWN, "largest difference of any measure")
    names = " ".join(path.name for path in asked.collections)
    limit = f" --limit {asked.limit}" if asked.limit else ""
    command = f"python -m tests.benchmarks.agreement {names}{limit}"
    sys.stdout.write(f"{keep('agreement', columns, rows, command)}\n")
    return 0


def _measures(path: Path, product: Product, limit: int | None) -> Mapping[str, float]:
    return evaluate(path, product=product, limit=limit).measures


def _shown(measures: Mapping[str, float]) -> list[str]:
    return [f"{measures[name]:.4f}" if name in measures else "" for name in SHOWN]


@contextmanager
def _opened(
    server: Server, encoder: Encoder, home: Path, resources: Sequence[Resource], progress: Progress
) -> Iterator[Assistant]:
    """The product over a database of its own that searches."""
    opened = Assistant.open(
        home,
        store=server.new_database(),
        resources=resources,
        encoder=encoder,
        progress=partial(progress, "indexing"),
        searches=True,
    )
    with closing(opened) as assistant:
        yield assistant


if __name__ == "__main__":
    sys.exit(main())
