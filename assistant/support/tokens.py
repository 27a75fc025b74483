"""A sentence or a passage as tokens that can be compared: what each means, and whether it is denied there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import Stemmer

from assistant.support.lexicon import ANTONYMS, NEGATING_PAIRS, groups, words
from assistant.support.numbers import Number, number_at
from assistant.support.text import fold, split

Kind = Literal["word", "name", "number", "stop"]

_PUNCTUATION = frozenset(",;:.!?()[]\n—–")
_STOP, _NEGATORS, _FAILURES = words("stop") | words("vague"), words("negators"), words("failures")
_BREAKS, _SCOPE_ENDS, _AUXILIARIES = words("breaks"), words("scope_ends"), words("auxiliaries")
_ENDING = _PUNCTUATION | _BREAKS | _SCOPE_ENDS
_SIGNS = frozenset("-$£€")
_ENDS = frozenset(".!?\n")
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
        """Whether one is an antonym of the other, by the list or by its prefix."""
        mine = {(pair, 1 - side) for pair, side in self.opposites}
        return (
            not mine.isdisjoint(other.opposites)
            or _denies(self.text, other.text)
            or _denies(other.text, self.text)
        )


Tokens = Sequence[Token]


def parse(text: str) -> tuple[Token, ...]:
    """The tokens of a text, without its punctuation, in order."""
    return tuple(_tokens(split(text)))


def common(some: Tokens, others: Tokens) -> int:
    """How many words of one are in the other."""
    return sum(any(one.matches(other) for other in others) for one in some)


def own_words(some: Tokens, others: Tokens) -> list[Token]:
    """Those that say something and are not in the other."""
    return [one for one in some if one.content and not common([one], others)]


def _denies(one: str, other: str) -> bool:
    return len(other) > 3 and any(one == prefix + other for prefix in _PREFIXES)


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
        """Go past a punctuation mark; a stop before a small letter ends no sentence but a title."""
        if mark in _ENDS and not self.begins and (mark == "\n" or not next_is_small):
            self.sentence, self.begins = self.sentence + 1, True
        self.aside = mark in "([" or (self.aside and mark not in ")]" and mark not in _ENDS)
        self.clause, self.negated = self.clause + 1, False

    def enter(self, lower: list[str], at: int) -> None:
        """Come to a word: it may begin a clause, or end a denial, or stand in a clause that fails."""
        word = lower[at]
        if word in _BREAKS:
            self.clause, self.negated = self.clause + 1, False
        elif word in _SCOPE_ENDS:
            self.negated = False
        if word in _BREAKS or word in _SCOPE_ENDS or at == 0 or lower[at - 1] in _PUNCTUATION:
            self.negated = self.negated or _clause_fails(lower, at)
        if tuple(lower[at : at + 2]) in NEGATING_PAIRS:
            self.negated = True

    def leave(self, word: str) -> None:
        """Go past a word: what follows a negator is denied."""
        self.negated = self.negated or word in _NEGATORS
        self.begins = False


def _clause_fails(lower: list[str], at: int) -> bool:
    """Whether the clause that begins here says that it came to nothing: "the attempt failed"."""
    for place in range(at + 1, len(lower) + 1):
        ends = place == len(lower) or lower[place] in _ENDING
        if lower[place - 1] in _FAILURES and (ends or (lower[place] in _STOP and lower[place] != "to")):
            return True
        if ends:
            return False
    return False


def _begins_name(words: list[str], at: int) -> bool:
    """Whether a sentence's first word is a name: all in capitals, or followed by a name or an auxiliary."""
    word = words[at]
    if word.lower() in _STOP:
        return False
    follows = words[at + 1] if at + 1 < len(words) else ""
    if word.lower().endswith(("ing", "ly")):
        return False
    acts = follows.lower() in _AUXILIARIES and not word.endswith("s")
    return (
        (len(word) > 1 and word.isupper()) or acts or (follows[:1].isupper() and follows.lower() not in _STOP)
    )


def _number(text: str, number: Number, place: _Place) -> Token:
    key = f"={number.value:.6g}" if number.value < 1e6 else f"={number.value:.17g}"
    return _token(text, "number", frozenset({key}), frozenset(), place, number)


def _word(lower: str, named: bool, place: _Place) -> Token:
    text = fold(lower)
    kind: Kind = "stop" if lower in _STOP and not named else "name" if named else "word"
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


@lru_cache(50_000)
def stem(text: str) -> str:
    """The word without its English endings (Snowball), so that forms of one word meet."""
    root: str = Stemmer.Stemmer("english", 0).stemWord(text)
    return root


@cache
def _by_stem() -> tuple[dict[str, set[str]], dict[str, set[tuple[int, int]]]]:
    keys: dict[str, set[str]] = {}
    for mark, lines in (("#", groups("synonyms")), ("@", groups("aliases"))):
        for word, numbers in lines.items():
            for form in (word, stem(word)):
                keys.setdefault(form, set()).update(f"{mark}{number}" for number in numbers)
    opposites: dict[str, set[tuple[int, int]]] = {}
    for pair, sides in enumerate(ANTONYMS):
        for side, opposed in enumerate(sides):
            for word in opposed:
                for form in (word, stem(word)):
                    opposites.setdefault(form, set()).add((pair, side))
    return keys, opposites


def _keys(text: str) -> frozenset[str]:
    root = stem(text)
    known = _by_stem()[0]
    return frozenset({root} | known.get(text, set()) | known.get(root, set()))


def _opposites(text: str) -> frozenset[tuple[int, int]]:
    known = _by_stem()[1]
    return frozenset(known.get(text) or known.get(stem(text)) or ())
