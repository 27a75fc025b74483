"""What a search looks into: every passage's words and vectors, in memory, derived from the store."""

from __future__ import annotations

import io
import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.resource import Passage, Resource
from embeddings import snapshot
from embeddings.encoder import Encoder, Vectors
from embeddings.stores import AnyStore
from embeddings.terms import grams, stems
from embeddings.texts import passage_text, sentence_texts, titled_sentence_texts, word_texts
from embeddings.vectors import VectorIndex
from embeddings.words import WordIndex

FORMAT = "4"
"""Changes when what a snapshot holds changes, so that an older one is built again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Index:
    """Row i of everything is `passages[i]`; its sentences are rows `first_sentence[i]` to the next one's.

    `sentence_vectors` are float32 (sentences, dimensions) of the bare sentences, `titled_vectors` of
    "Title: sentence". `word_vectors` has a row for each word of the collection encoded alone, numbered
    by `word_rows`. `works` are the resources by the id of the work that they are editions of.
    """

    state: str
    resources: Mapping[str, Resource]
    works: Mapping[str, tuple[Resource, ...]]
    passages: tuple[Passage, ...]
    first_sentence: NDArray[np.int64]
    vectors: VectorIndex
    sentence_vectors: Vectors
    titled_vectors: Vectors
    word_vectors: Vectors
    word_rows: Mapping[str, int]
    words: WordIndex
    pieces: WordIndex
    sentence_words: WordIndex

    def resource_of(self, row: int) -> Resource:
        """The resource that the passage in this row belongs to."""
        return self.resources[self.passages[row].resource_id]


def open_index(store: AnyStore, encoder: Encoder, home: Path) -> Index:
    """The index of the store as it is now: from the snapshot in `home`, or built again and kept there."""
    with store.reading():
        return _open(store, encoder, home)


def _open(store: AnyStore, encoder: Encoder, home: Path) -> Index:
    state = store.state
    stamp = {"state": state, "encoder": encoder.name, "index": FORMAT}
    resources = {resource.id: resource for resource in store.resources()}
    passages = store.passages()
    files = snapshot.read(home, "index", stamp)
    if files is None:
        _log.info("Building the search index of %d passages.", len(passages))
        files = _build(store, resources, passages)
        snapshot.write(home, "index", files, stamp)
    return Index(
        state=state,
        resources=resources,
        works=_by_work(resources.values()),
        passages=passages,
        first_sentence=np.cumsum([0] + [len(passage.sentences) for passage in passages], dtype=np.int64),
        vectors=VectorIndex.from_bytes(files["vectors.faiss"]),
        sentence_vectors=_array(files["sentences.npy"]),
        titled_vectors=_array(files["titled.npy"]),
        word_vectors=_array(files["word_vectors.npy"]),
        word_rows={word: row for row, word in enumerate(json.loads(files["word_rows.json"]))},
        words=WordIndex.from_files(_part(files, "words")),
        pieces=WordIndex.from_files(_part(files, "pieces")),
        sentence_words=WordIndex.from_files(_part(files, "sentence_words")),
    )


def _build(
    store: AnyStore, resources: Mapping[str, Resource], passages: Iterable[Passage]
) -> dict[str, bytes]:
    pairs = [(resources[passage.resource_id], passage) for passage in passages]
    texts = [passage_text(*pair) for pair in pairs]
    sentences = [text for pair in pairs for text in sentence_texts(*pair)]
    titled = [text for pair in pairs for text in titled_sentence_texts(*pair)]
    its_words = list(dict.fromkeys(word for pair in pairs for word in word_texts(*pair)))
    words = {
        "words": WordIndex.build(map(stems, texts)),
        "pieces": WordIndex.build(map(grams, texts)),
        "sentence_words": WordIndex.build(map(stems, sentences)),
    }
    files = {
        "vectors.faiss": VectorIndex.build(store.vectors(texts)).to_bytes(),
        "sentences.npy": _bytes(store.vectors(sentences)),
        "titled.npy": _bytes(store.vectors(titled)),
        "word_vectors.npy": _bytes(store.vectors(its_words)),
        "word_rows.json": json.dumps(its_words, ensure_ascii=False).encode(),
    }
    for part, index in words.items():
        files.update({f"{part}.{name}": content for name, content in index.to_files().items()})
    return files


def _by_work(resources: Iterable[Resource]) -> dict[str, tuple[Resource, ...]]:
    works: defaultdict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        works[resource.work_id].append(resource)
    return {work: tuple(editions) for work, editions in works.items()}


def _part(files: Mapping[str, bytes], part: str) -> dict[str, bytes]:
    prefix = f"{part}."
    return {name.removeprefix(prefix): content for name, content in files.items() if name.startswith(prefix)}


def _bytes(vectors: Vectors) -> bytes:
    """Vectors as a file of 16 bits a number, which is as exact as the store keeps them."""
    buffer = io.BytesIO()
    np.save(buffer, vectors.astype(np.float16), allow_pickle=False)
    return buffer.getvalue()


def _array(content: bytes) -> Vectors:
    loaded = np.load(io.BytesIO(content), allow_pickle=False)
    return np.asarray(loaded, np.float32)
