"""A text as words, numbers and marks: contractions opened, known phrases made one word."""

from __future__ import annotations

import re
import unicodedata

from assistant.support.lexicon import PHRASES

_RAW = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"  # numbers
    r"|[^\W\d_]+"  # words
    r"|[.!?](?=[^\w\s]{0,3}(?:\s|$))|[%$£€,;:()\[\]\n—–\-]"  # marks; a full stop only at an end
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_CONTRACTIONS = (
    (re.compile(r"\bcan(?:not|'t)\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'s\b"), ""),
    (re.compile(r"\b(?:[ldnjmtcs]|qu)'(?=\w)", re.IGNORECASE), " "),
    (re.compile(r"\b[Nn](?:o|º|°)\.? ?(?=\d)"), " "),
    (re.compile(r"(?<=\w)'(?=\w)"), ""),
    (re.compile(r"\b(non)-(?=\w)", re.IGNORECASE), r"\1"),
    (re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_]\.)"), ""),
)
"""Contractions, elisions and possessives; "No. 193" is a number's name, "non-" denies its own word only."""

_ABBREVIATION = re.compile(r"\b([A-Z])\. ?(?=[A-Z])")
_LONGEST_PHRASE = 4
_BEGINNINGS = frozenset(
    " ".join(phrase.split()[:length]) for phrase in PHRASES for length in range(1, len(phrase.split()) + 1)
)


def fold(text: str) -> str:
    """Lower case without diacritics."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def split(text: str) -> list[str]:
    """Words, numbers and punctuation marks; a known phrase becomes the one word that means the same."""
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    text = _ABBREVIATION.sub(r"\1 ", text)
    for pattern, replacement in _CONTRACTIONS:
        text = pattern.sub(replacement, text)
    raw = _RAW.findall(text)
    lower = [word.lower() for word in raw]
    words: list[str] = []
    at = 0
    while at < len(raw):
        length, word = _phrase(lower, at) or (1, raw[at])
        words.append(word.capitalize() if raw[at].istitle() and word.islower() else word)
        at += length
    return words


def _phrase(lower: list[str], at: int) -> tuple[int, str] | None:
    """A known phrase at this word, hyphens aside: its length in words, and the one that means the same."""
    parts: list[str] = []
    found: tuple[int, str] | None = None
    for length, word in enumerate(lower[at : at + 2 * _LONGEST_PHRASE], start=1):
        if word == "-":
            continue
        parts.append(word)
        phrase = " ".join(parts)
        if phrase in PHRASES:
            found = length, PHRASES[phrase]
        if phrase not in _BEGINNINGS:
            break
    return found
