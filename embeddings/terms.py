"""A text's terms: stems for exact words, four-letter pieces for near ones (spellings, endings, compounds)."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import Stemmer

GRAM = 4
"""Letters in a piece: short enough to share between spellings, long enough to tell words apart."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W_]+")
_COOP = re.compile(r"(?<!\.)\bco[-\u2010]?ops?\b")  # but not the end of an address, as in workers.coop
_CO = re.compile(r"\bco[-\u2010](?=[a-z])")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")

WRITTEN_WORD = re.compile(r"[^\W\d_]+")
"""A run of letters as it stands in a text."""

STOP_WORDS = frozenset((Path(__file__).parent / "stop_words.txt").read_text(encoding="utf-8").split())
"""Words that say how a thing is asked, not what is asked: English, French and Spanish, accents folded."""


class _Stems(threading.local):
    """A stemmer for each thread: the library's is not safe to share."""

    def __init__(self) -> None:
        self.stem = lru_cache(maxsize=200_000)(Stemmer.Stemmer("english").stemWord)


_stems = _Stems()


def fold(text: str) -> str:
    """Lower case, without accents: what "Pérotin" and "perotin" share."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).lower()
    bare = _NOT_ASCII.sub(lambda letter: "" if unicodedata.combining(letter[0]) else letter[0], decomposed)
    return unicodedata.normalize("NFC", bare)  # Korean syllables are whole again


def words(text: str) -> list[str]:
    """Folded words in their order; Chinese, Japanese and Korean runs as pairs of letters."""
    found: list[str] = _WORD.findall(_one_spelling(fold(text)))
    if text.isascii():
        return found
    return [piece for word in found for piece in ([word] if word.isascii() else _pairs(word))]


def written_words(text: str) -> list[str]:
    """Runs of letters as they stand there: what a misspelled word may have been."""
    return WRITTEN_WORD.findall(text)


def content_words(text: str) -> list[str]:
    """The words of a text without stop words, in their order."""
    return [word for word in words(text) if word not in STOP_WORDS]


def stem(word: str) -> str:
    """What the endings of a word stand on: "worker" and "workers" share it."""
    return str(_stems.stem(word))


def _one_spelling(folded: str) -> str:
    """The field's own word has many spellings: co-op, coop, co-operative, cooperative."""
    if "co" not in folded:
        return folded
    return _CO.sub("co", _COOP.sub("cooperative", folded))


def _pairs(word: str) -> list[str]:
    if not _CJK.search(word):
        return [word]
    pieces: list[str] = []
    for run in re.findall(rf"{_CJK.pattern}|[^\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+", word):
        pieces.extend(_run_pairs(run) if _CJK.match(run) else [run])
    return pieces


def _run_pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def stems(text: str) -> list[str]:
    """The stems of a text's words without stop words, in their order."""
    return stems_of(content_words(text))


def stems_of(words: Iterable[str]) -> list[str]:
    """The stem of each word, in their order."""
    return list(map(_stems.stem, words))


def grams(text: str) -> list[str]:
    """Pieces of four letters of each word, its ends marked: `_coo`, `coop`, …, `ive_`."""
    pieces: list[str] = []
    for word in content_words(text):
        marked = f"_{word}_"
        pieces.extend(marked[i : i + GRAM] for i in range(max(1, len(marked) - GRAM + 1)))
    return pieces
