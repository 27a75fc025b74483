"""A sentence or a passage as tokens that can be compared: what each means, and whether it is denied there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import Stemmer

from assistant.support.lexicon import (
    ALIASES,
    ANTONYMS,
    AUXILIARIES,
    BREAKS,
    FAILURES,
    NEGATING_PAIRS,
    NEGATORS,
    PHRASES,
    SCOPE_ENDS,
    STOP,
    SYNONYMS,
)
from assistant.support.numbers import Number, number_at

Kind = Literal["word", "name", "number", "stop"]

_RAW = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+|[.!?](?=[^\w\s]{0,3}(?:\s|$))|[%$£€,;:()\[\]\n—–\-]"
)
_PUNCTUATION = frozenset(",;:.!?()[]\n—–")
_SIGNS = frozenset("-$£€")
_ENDS = frozenset(".!?\n")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_CONTRACTIONS = (
    (re.compile(r"\bcan(?:not|'t)\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'s\b"), ""),
    (re.compile(r"\b(?:[ldnjmtcs]|qu)'(?=\w)", re.IGNORECASE), " "),
    (re.compile(r"\b[Nn](?:o|º|°)\.? ?(?=\d)"), " "),
    (re.compile(r"(?<=\w)'(?=\w)"), ""),
    (re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_]\.)"), ""),
)
"""Contractions, elisions and possessives; "No. 193" is a number's name, not a denial."""

_ABBREVIATION = re.compile(r"\b([A-Z])\. ?(?=[A-Z])")
_LONGEST_PHRASE = 4
_PREFIXES = ("un", "in", "im", "non", "dis", "il", "ir")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number. Two tokens with a key in common mean the same here."""

    text: str
    kind: Kind
    stem: str
    keys: frozenset[str]
    sentence: int
    clause: int
    aside: bool
    """Whether it stands in brackets."""
    negated: bool
    opposites: frozenset[tuple[int, int]]
    number: Number | None = None

    @property
    def content(self) -> bool:
        """Whether it says something of its own."""
        return self.kind != "stop"

    def matches(self, other: Token) -> bool:
        """Whether both mean the same here."""
        return not self.keys.isdisjoint(other.keys)

    def opposes(self, other: Token) -> bool:
        """Whether one is an antonym of the other: of another side of the same pair, or its denial by prefix."""
        mine = {(pair, 1 - side) for pair, side in self.opposites}
        return (
            not mine.isdisjoint(other.opposites)
            or _denies(self.text, other.text)
            or _denies(other.text, self.text)
        )


def fold(text: str) -> str:
    """Lower case without diacritics."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def parse(text: str) -> tuple[Token, ...]:
    """The tokens of a text, without its punctuation, in order."""
    return tuple(_tokens(_words(text)))


def _denies(one: str, other: str) -> bool:
    return len(other) > 3 and any(one == prefix + other for prefix in _PREFIXES)


def _words(text: str) -> list[str]:
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
    """A known phrase at this word, hyphens aside: how many words it takes, and the word that means the same."""
    parts: list[str] = []
    found: tuple[int, str] | None = None
    for length, word in enumerate(lower[at : at + 2 * _LONGEST_PHRASE], start=1):
        if word == "-":
            continue
        parts.append(word)
        phrase = " ".join(parts)
        if phrase in PHRASES:
            found = length, PHRASES[phrase]
        if phrase not in _PHRASE_BEGINNINGS:
            break
    return found


_PHRASE_BEGINNINGS = frozenset(
    " ".join(phrase.split()[:length]) for phrase in PHRASES for length in range(1, len(phrase.split()) + 1)
)


def _tokens(words: list[str]) -> Iterator[Token]:
    lower = [word.lower() for word in words]
    place, at = _Place(), 0
    while at < len(words):
        word = lower[at]
        if word in _PUNCTUATION:
            place.punctuate(word, next_is_small=words[at + 1 : at + 2] != [] and words[at + 1][0].islower())
        elif number := number_at(lower, at):
            yield _number(" ".join(lower[at : at + number.length]), number, place)
            at += number.length - 1
            place.begins = False
        elif word not in _SIGNS:
            place.enter(lower, at)
            named = words[at][0].isupper() and (not place.begins or _begins_name(words, at))
            yield _word(word, named, place)
            place.leave(word)
        at += 1


@dataclass(slots=True)
class _Place:
    """Where the reading stands: which sentence and clause, in brackets or not, under a negator or not."""

    sentence: int = 0
    clause: int = 0
    aside: bool = False
    negated: bool = False
    begins: bool = True

    def punctuate(self, mark: str, next_is_small: bool) -> None:
        """Go past a punctuation mark: a stop before a small letter ends a title or an abbreviation, no sentence."""
        if mark in _ENDS and not self.begins and (mark == "\n" or not next_is_small):
            self.sentence, self.begins = self.sentence + 1, True
        self.aside = mark in "([" or (self.aside and mark not in ")]" and mark not in _ENDS)
        self.clause, self.negated = self.clause + 1, False

    def enter(self, lower: list[str], at: int) -> None:
        """Come to a word: it may begin a clause, or end a denial, or stand in a clause that fails."""
        word = lower[at]
        if word in BREAKS:
            self.clause, self.negated = self.clause + 1, False
        elif word in SCOPE_ENDS:
            self.negated = False
        if word in BREAKS or at == 0 or lower[at - 1] in _PUNCTUATION:
            self.negated = self.negated or _clause_fails(lower, at)
        if tuple(lower[at : at + 2]) in NEGATING_PAIRS:
            self.negated = True

    def leave(self, word: str) -> None:
        """Go past a word: what follows a negator is denied."""
        self.negated = self.negated or word in NEGATORS
        self.begins = False


def _clause_fails(lower: list[str], at: int) -> bool:
    """Whether the clause that begins here says that it came to nothing: "the attempt failed"."""
    for place in range(at + 1, len(lower) + 1):
        ends = place == len(lower) or lower[place] in _PUNCTUATION or lower[place] in BREAKS
        if lower[place - 1] in FAILURES and (ends or (lower[place] in STOP and lower[place] != "to")):
            return True
        if ends:
            return False
    return False


def _begins_name(words: list[str], at: int) -> bool:
    """Whether a sentence's first word, capital as it must be, is a name: in capitals, or followed by a name or a verb."""
    word = words[at]
    if word.lower() in STOP:
        return False
    follows = words[at + 1] if at + 1 < len(words) else ""
    if word.lower().endswith(("ing", "ly")):
        return False
    acts = follows.lower() in AUXILIARIES and not word.endswith("s")
    return (
        (len(word) > 1 and word.isupper()) or acts or (follows[:1].isupper() and follows.lower() not in STOP)
    )


def _number(text: str, number: Number, place: _Place) -> Token:
    key = f"={number.value:.6g}" if number.value < 1e6 else f"={number.value:.17g}"
    return _token(text, "number", frozenset({key}), frozenset(), place, number)


def _word(lower: str, named: bool, place: _Place) -> Token:
    text = fold(lower)
    kind: Kind = "stop" if lower in STOP and not named else "name" if named else "word"
    return _token(text, kind, _keys(text), _opposites(text), place)


def _token(
    text: str,
    kind: Kind,
    keys: frozenset[str],
    opposites: frozenset[tuple[int, int]],
    place: _Place,
    number: Number | None = None,
) -> Token:
    own_stem = text if number else stem(text)
    return Token(
        text,
        kind,
        own_stem,
        keys,
        place.sentence,
        place.clause,
        place.aside,
        place.negated,
        opposites,
        number,
    )


@cache
def stem(text: str) -> str:
    """The English, then French and Spanish endings off: names keep apart, forms of one word meet."""
    root: str = Stemmer.Stemmer("english", 0).stemWord(text)
    return root


@cache
def _by_stem() -> tuple[dict[str, set[str]], dict[str, set[tuple[int, int]]]]:
    keys: dict[str, set[str]] = {}
    for mark, groups in (("#", SYNONYMS), ("@", ALIASES)):
        for word, numbers in groups.items():
            for form in (word, stem(word)):
                keys.setdefault(form, set()).update(f"{mark}{number}" for number in numbers)
    opposites: dict[str, set[tuple[int, int]]] = {}
    for pair, sides in enumerate(ANTONYMS):
        for side, words in enumerate(sides):
            for word in words:
                for form in (word, stem(word)):
                    opposites.setdefault(form, set()).add((pair, side))
    return keys, opposites


def _keys(text: str) -> frozenset[str]:
    root = stem(text)
    known = _by_stem()[0]
    return frozenset({root} | known.get(text, set()) | known.get(root, set()))


def _opposites(text: str) -> frozenset[tuple[int, int]]:
    known = _by_stem()[1]
    return frozenset(known.get(text) or known.get(stem(text), ()))
