"""A few passages out of the database, with what their sentences are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from embeddings.encoder import Vectors
from embeddings.passage_table import PassageTable
from embeddings.postgres import vector_rows
from embeddings.postgres.connections import Read
from embeddings.search import Hit
from embeddings.texts import passage_text, sentence_texts, titled_sentence_texts
from embeddings.vector_table import VectorTable


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Row i of `vectors` is `passages[i]`; those of sentences are numbered by `passages.first_sentence`."""

    passages: PassageTable
    vectors: VectorTable
    sentence_vectors: VectorTable
    titled_vectors: VectorTable

    @classmethod
    def of(cls, read: Read, hits: Sequence[Hit], dimensions: int) -> Self:
        """Of the table that the hits are in. Passages that are none of them have noughts, and so have those
        that are gone meanwhile.
        """
        table = hits[0].passages
        rows = [hit.row for hit in hits]
        both = [(hit.resource, hit.passage) for hit in hits]
        passages = [passage_text(*one) for one in both]
        bare = [text for one in both for text in sentence_texts(*one)]
        titled = [text for one in both for text in titled_sentence_texts(*one)]
        found = vector_rows.found(read, {*passages, *bare, *titled})
        sentences = table.sentence_rows(np.asarray(rows, np.int64)).tolist()

        def placed(texts: Sequence[str], places: Sequence[int], size: int) -> VectorTable:
            vectors: Vectors = np.zeros((size, dimensions), np.float32)
            for text, place in zip(texts, places, strict=True):
                vectors[place] = found.get(text, 0)
            return VectorTable(VectorTable.pack([vectors], size, dimensions), size, dimensions)

        in_all = int(table.first_sentence[-1])
        return cls(
            table,
            placed(passages, rows, len(table)),
            placed(bare, sentences, in_all),
            placed(titled, sentences, in_all),
        )
