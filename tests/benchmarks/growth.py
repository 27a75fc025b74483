"""How building and searching grow with the collection.

    python -m tests.benchmarks.growth FOLDER [--passages N …]

Readings are made of real sentences: those of the test collections in the folder, each encoded once, in ever
new combinations of five a passage and ten passages a reading. A passage's vector is the mean of its own
sentences' and its title's: vectors are given, and what is measured is the store, the index and the search.
Questions are the collections' own. A process of its own searches, and its memory is told.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.evaluation.folder import read_folder
from corpus.filters import Filters
from corpus.passages import split_passages, split_sentences
from corpus.resource import Passage, Resource
from embeddings.encoder import Encoder, Vectors, open_encoder, prepare_for_questions
from embeddings.index import open_index
from embeddings.query import make_query
from embeddings.search import search
from embeddings.store import Store
from embeddings.stores import AnyStore
from embeddings.texts import passage_text, titled_sentence_texts, word_texts
from tests.benchmarks.growth_picture import draw
from tests.benchmarks.performance_page import Taken, keep, mapped, memory, most_memory, percentiles, timed

PASSAGES = (1_000, 10_000, 100_000)
SENTENCES = 6_000
TITLES = 500
QUESTIONS = 220
WARMING = 20
SENTENCES_TOGETHER = 5
PASSAGES_TOGETHER = 10
TOPICS = 10
FIRST = 60
"""Passages that an answer takes from a search."""

GivenReading = tuple[Resource, tuple[Passage, ...], dict[str, Vectors]]
"""A reading, its passages, and the vectors of its texts."""


@dataclass(frozen=True, slots=True)
class Material:
    """Sentences, titles and words with their vectors, float32 of unit length, by text."""

    sentences: Sequence[str]
    titles: Sequence[str]
    vectors: Mapping[str, Vectors]

    @classmethod
    def of(cls, folder: Path, encoder: Encoder) -> Material:
        """What the collections under the folder have, in an order that mixes them."""
        chance = random.Random(1)
        texts = [text for resource in _resources(folder) for text in _sentences(resource)]
        chance.shuffle(texts)
        distinct = list(dict.fromkeys(texts))[: SENTENCES + TITLES]
        sentences, titles = distinct[:SENTENCES], [text[:60].strip() for text in distinct[SENTENCES:]]
        whole = _reading("all", " ".join(titles), "\n".join(sentences), 0)
        words = {word: None for passage in split_passages(whole) for word in word_texts(whole, passage)}
        known = list(dict.fromkeys([*sentences, *titles, *words]))
        return cls(sentences, titles, dict(zip(known, encoder.encode(known), strict=True)))

    def readings(self, passages: int) -> Iterator[GivenReading]:
        """Readings with so many passages in all, and the vectors of their texts."""
        chance = random.Random(2)
        for number in range(passages // PASSAGES_TOGETHER):
            title = chance.choice(self.titles)
            chosen = chance.choices(self.sentences, k=SENTENCES_TOGETHER * PASSAGES_TOGETHER)
            resource = _reading(f"reading-{number}", title, "\n".join(chosen), number)
            split = _together(resource)
            yield resource, split, self._vectors_of(resource, split)

    def _vectors_of(self, resource: Resource, passages: Sequence[Passage]) -> dict[str, Vectors]:
        title = self.vectors[resource.title]
        found: dict[str, Vectors] = {}
        for passage in passages:
            texts = passage.sentence_texts()
            bare = np.stack([self.vectors[text] for text in texts])
            titled = unit(bare + 0.5 * title)
            found[passage_text(resource, passage)] = unit(bare.mean(axis=0) + 0.25 * title)
            found.update(zip(texts, bare, strict=True))
            found.update(zip(titled_sentence_texts(resource, passage), titled, strict=True))
            found.update((word, self.vectors[word]) for word in word_texts(resource, passage))
        return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size in a process of its own, and write the table into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder of test collections")
    parser.add_argument(
        "--passages", type=int, nargs="+", default=PASSAGES, help="sizes (default: %(default)s)"
    )
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.one:
        sys.stdout.write(json.dumps(_measured(asked.folder, asked.passages[0])))
        return 0
    rows = []
    for size in asked.passages:
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.growth",
            str(asked.folder),
            "--one",
            "--passages",
            str(size),
        ]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        rows.append((f"{size:,}", *json.loads(printed)))
        sys.stderr.write(f"{rows[-1]}\n")
    columns = (
        "passages",
        "kept",
        "index built",
        "built again, one reading more",
        "most memory meanwhile",
        "on disk",
        "memory",
        "of it files",
        "search p50",
        "p95",
        "with a filter p50",
        "p95",
    )
    sys.stdout.write(f"{keep('growth', columns, rows, 'python -m tests.benchmarks.growth FOLDER')}\n")
    draw()
    return 0


def _measured(folder: Path, passages: int) -> list[str]:
    encoder = open_encoder()
    material = Material.of(folder, encoder)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        readings = material.readings(passages + PASSAGES_TOGETHER)
        with closing(Store.open(home, encoder)) as store:
            kept = timed(partial(keep_readings, store, islice(readings, passages // PASSAGES_TOGETHER)))
            built = timed(partial(open_index, store, encoder, home))
            keep_readings(store, readings)
            again = timed(partial(open_index, store, encoder, home))
            most = most_memory(os.getpid())
        disk = sum(path.stat().st_size for path in home.iterdir()) / 1e6
        times = (f"{kept.wall:.0f} s", f"{built.wall:.1f} s", f"{again.wall:.1f} s")
        return [*times, f"{most:,.0f} MB", f"{disk:,.0f} MB", *_searched(folder, home)]


def keep_readings(store: AnyStore, readings: Iterable[GivenReading]) -> None:
    """Put them into the store, one after the other."""
    for resource, split, vectors in readings:
        store.put(resource, split, vectors)


def _searched(folder: Path, home: Path) -> list[str]:
    """The memory of a process that only searches, and its times; a fork would share what building left."""
    command = [
        sys.executable,
        "-c",
        f"from tests.benchmarks.growth import _search; _search({str(folder)!r}, {str(home)!r})",
    ]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return [str(cell) for cell in json.loads(printed)]


def _search(folder: str, home: str) -> None:
    encoder = open_encoder()
    prepare_for_questions(encoder)  # as a server does before its first reader
    texts = questions_in(Path(folder))
    with closing(Store.open(Path(home), encoder)) as store:
        index = open_index(store, encoder, Path(home))

    def find(text: str, filters: Filters | None = None) -> None:
        search(index, make_query(index, encoder, [(text, 1.0)]), FIRST, filters)

    for text in texts[:WARMING]:
        find(text)
    held = f"{memory(os.getpid()):,.0f} MB", f"{mapped(os.getpid()):,.0f} MB"
    half = (len(texts) - WARMING) // 2
    free = [timed(partial(find, text)) for text in texts[WARMING : WARMING + half]]
    narrow = Filters(topics=frozenset({"topic 3"}))
    filtered = [timed(partial(find, text, narrow)) for text in texts[WARMING + half :]]
    sys.stdout.write(json.dumps([*held, *milliseconds(free), *milliseconds(filtered)]))


def milliseconds(taken: Sequence[Taken]) -> tuple[str, str]:
    """The median and the 95th percentile, to be shown."""
    middle, high = percentiles([one.wall for one in taken])
    return f"{middle:.1f} ms", f"{high:.1f} ms"


def _resources(folder: Path) -> Iterator[Resource]:
    for path in sorted(folder.iterdir()):
        if (path / "corpus.jsonl").exists() and "zh" not in path.name:
            yield from read_folder(path).resources


def questions_in(folder: Path) -> list[str]:
    """Questions of the collections under the folder, always the same."""
    chance = random.Random(3)
    files = [path / "queries.jsonl" for path in sorted(folder.iterdir()) if (path / "corpus.jsonl").exists()]
    lines = [line for file in files if "zh" not in str(file) for line in file.read_text("utf-8").splitlines()]
    return [json.loads(line)["text"] for line in chance.sample(lines, QUESTIONS)]


def _sentences(resource: Resource) -> Iterator[str]:
    for span in split_sentences(resource):
        text = resource.text[span.start : span.end]
        if 40 <= len(text) <= 160 and "\n" not in text:
            yield text


def _reading(id_: str, title: str, text: str, number: int) -> Resource:
    return Resource(
        id=id_,
        title=title,
        kind="publication",
        language="en",
        text=text,
        notes=True,
        topics=(f"topic {number % TOPICS}",),
    )


def _together(resource: Resource) -> tuple[Passage, ...]:
    """Passages of as many sentences as wanted, whatever their length."""
    spans = split_sentences(resource)
    groups = [spans[at : at + SENTENCES_TOGETHER] for at in range(0, len(spans), SENTENCES_TOGETHER)]
    return tuple(
        Passage(
            resource.id,
            group[0].start,
            group[-1].end,
            resource.text[group[0].start : group[-1].end],
            None,
            group,
        )
        for group in groups
    )


def unit(vectors: Vectors) -> Vectors:
    """The same at unit length."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / lengths, np.float32)


if __name__ == "__main__":
    sys.exit(main())
