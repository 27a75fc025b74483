"""Terms as whole numbers of 32 bits: what a database compares fast, and keeps in a third of the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]
Rows = NDArray[np.int64]

_SIGN = 1 << 31
_LOW = 0xFFFF


@lru_cache(maxsize=200_000)
def hashed(term: str) -> int:
    """The term's number, from -2³¹ to 2³¹ - 1. Of a million terms two hundred share theirs."""
    return crc32(term.encode("utf-8", "surrogatepass")) - _SIGN


def packed(terms: Sequence[int]) -> bytes:
    """The numbers of a text's terms, in their order, as `unpacked` reads them."""
    return np.asarray(terms, "<i4").tobytes()


def unpacked(texts: Sequence[bytes]) -> Texts:
    """What `packed` made of each text."""
    ends = np.cumsum([len(text) // 4 for text in texts], dtype=np.int64)
    return Texts(np.frombuffer(b"".join(texts), "<i4").astype(np.int32, copy=False), ends)


@dataclass(frozen=True, slots=True)
class Texts:
    """The terms of some texts, one text after the other; those of text i end before `ends[i]`."""

    terms: Numbers
    ends: Rows

    def __len__(self) -> int:
        return len(self.ends)

    def joined(self, others: Texts) -> Texts:
        """These texts, and the others after them."""
        ends = np.concatenate([self.ends, others.ends + len(self.terms)])
        return Texts(np.concatenate([self.terms, others.terms]), ends)

    @property
    def lengths(self) -> Rows:
        """How many terms each text has."""
        return np.diff(self.ends, prepend=0)

    def of(self, text: int) -> Numbers:
        """The terms of one text."""
        return self.terms[self.ends[text - 1] if text else 0 : self.ends[text]]

    def counts(self, query: Iterable[int]) -> Floats:
        """How often each term of a query stands in each text, float32 (texts, terms of the query)."""
        wanted = np.asarray([*query], np.int32)
        if not len(wanted):
            return np.zeros((len(self), 0), np.float32)
        likely = np.zeros(_LOW + 1, bool)
        likely[wanted & _LOW] = True
        places = np.flatnonzero(likely[self.terms & _LOW])  # most terms are none of the query: soon told
        terms, order = self.terms[places], np.argsort(wanted)
        columns = order[np.minimum(np.searchsorted(wanted, terms, sorter=order), len(wanted) - 1)]
        met = wanted[columns] == terms
        texts = np.searchsorted(self.ends, places[met], side="right")
        counts = np.bincount(texts * len(wanted) + columns[met], minlength=len(self) * len(wanted))
        return counts.reshape(len(self), len(wanted)).astype(np.float32)


def weights(query: Mapping[str, float]) -> dict[int, float]:
    """A query of weighted terms, by their numbers."""
    found: dict[int, float] = {}
    for term, weight in query.items():
        found[hashed(term)] = found.get(hashed(term), 0.0) + weight
    return found
