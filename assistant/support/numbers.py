"""Numbers as they are written: digits, words, ordinals, fractions, with their unit and their bound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.support.lexicon import MEASURES, values, words

Bound = Literal["above", "below"] | None

_UNITS, _TENS = values("units"), values("tens")
_MULTIPLIERS, _FRACTIONS = values("multipliers"), values("fractions")
_AMBIGUOUS, _PARTS = words("ambiguous_numbers"), values("parts")
_IN = frozenset({3, 4, 5, 10, 100})
"""Of how many a share is told with "in": "one in five", but not "two in twelve regions"."""

_ABOVE = frozenset({"over", "above", "exceeding", "least", "minimum", "plus", "más", "moins"})
_BELOW = frozenset({"under", "below", "nearly", "almost", "most", "maximum", "presque", "casi"})
_ORDINALS = words("ordinals")
_DIGITS = re.compile(r"\d")
_THOUSANDS = re.compile(r"[ \u00a0\u202f.,](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Number:
    """A value, what it measures if that is said, and on which side of the value the truth lies."""

    value: float
    measure: str | None
    bound: Bound
    length: int
    """How many words it took."""

    @property
    def is_year(self) -> bool:
        """Whether it is as large as a year, and measures nothing else."""
        return self.measure is None and 1000 <= self.value <= 2100


def number_at(words: Sequence[str], at: int) -> Number | None:
    """The number that begins at this word (lower case, unfolded), if any; a share is one of a hundred."""
    value, length = _value(words, at)
    if length == 0 or (length == 1 and words[at] in _AMBIGUOUS):
        return None
    end = at + length
    measure = _measure(words, at, end)
    if 0 < value < 1 and measure is None:
        value, measure = 100 * value, "%"
    return Number(value, measure, _bound(words, at, end), length)


def _value(words: Sequence[str], at: int) -> tuple[float, int]:
    """The value and how many words it took; no words if this is no number."""
    total, length = 0.0, 0
    while at + length < len(words):
        word = words[at + length]
        if _DIGITS.match(word) and length == 0:
            total = _digits(word)
        elif word in _UNITS and (length == 0 or (total >= 20 and total % 10 == 0 and words[at] in _TENS)):
            total += _UNITS[word]
        elif word in _TENS and length == 0:
            total = _TENS[word]
        elif word in _MULTIPLIERS:
            total = max(total, 1.0) * _MULTIPLIERS[word]
        elif word in _FRACTIONS:
            total = max(total, 1.0) * _FRACTIONS[word]
        elif word == "-" and length == 1 and words[at] in _TENS and _follows(words, at + 2):
            pass
        else:
            break
        length += 1
    return _share(words, at, total, length) if length else (total, length)


def _share(words: Sequence[str], at: int, part: float, length: int) -> tuple[float, int]:
    """The same, where it is told as a part of another number: "one third", "a third of", "nine in ten"."""
    end = at + length
    if words[at] == "one" and end < len(words) and words[end] in _PARTS:
        return 1 / _PARTS[words[end]], length + 1
    ends = end == len(words) or words[end] == "of" or not words[end][0].isalnum()
    if words[at] in _PARTS and at and words[at - 1] == "a" and ends:
        return 1 / _PARTS[words[at]], length
    for between in (["out", "of"], ["in"]):
        start = end + len(between)
        if list(words[end:start]) == between and words[at] not in _ORDINALS:
            whole, more = _value(words, start)
            if more and part < whole and (between[0] == "out" or whole in _IN):
                return part / whole, start + more - at
    return part, length


def _follows(words: Sequence[str], at: int) -> bool:
    return at < len(words) and 0 < _UNITS.get(words[at], 0) < 10


def _digits(word: str) -> float:
    """The value of digits with separators of thousands and a decimal point or comma."""
    plain = word if word.startswith(("0.", "0,")) else _THOUSANDS.sub("", word)
    plain = plain.replace(",", ".")
    return float(plain if plain.count(".") < 2 else plain.replace(".", ""))


def _measure(words: Sequence[str], start: int, end: int) -> str | None:
    if start and words[start - 1] in {"$", "£", "€"}:
        return words[start - 1]
    after = [word for word in words[end : end + 4] if word not in {"-", "of"}]
    measure = MEASURES.get(after[0]) if after else None
    return "age" if measure == "year" and after[1:2] == ["old"] else measure


def _bound(words: Sequence[str], start: int, end: int) -> Bound:
    """Which bound the words before the number (or "or more" after it) set."""
    before = [
        word for word in words[max(0, start - 4) : start] if word not in {"$", "£", "€", "a", "the", "of"}
    ]
    pair = tuple(before[-2:])
    if pair in {("more", "than"), ("greater", "than"), ("plus", "de"), ("más", "de")}:
        return "above"
    if pair in {("less", "than"), ("fewer", "than"), ("close", "to"), ("up", "to"), ("moins", "de")}:
        return "below"
    if words[end : end + 2] in (["or", "more"], ["or", "over"]):
        return "above"
    if words[end : end + 2] in (["or", "less"], ["or", "fewer"]):
        return "below"
    if before and before[-1] in _ABOVE:
        return "above"
    if before and before[-1] in _BELOW:
        return "below"
    return None
