"""Numbers as they are written: digits, words, ordinals, fractions, with their unit and their bound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Bound = Literal["above", "below", "about"] | None

_UNITS = {
    word: number
    for number, words in enumerate(
        """zero|one first un une uno una premier première primero primera|two second deux dos deuxième segundo
        segunda|three third trois tres troisième tercero tercera|four fourth quatre cuatro|five fifth cinq cinco
        |six sixth seis|seven seventh sept siete|eight eighth huit ocho|nine ninth neuf nueve|ten tenth dix diez
        |eleven eleventh onze once|twelve twelfth douze doce dozen douzaine docena|thirteen thirteenth treize trece
        |fourteen fourteenth quatorze catorce|fifteen fifteenth quinze quince|sixteen sixteenth seize|seventeen
        seventeenth|eighteen eighteenth|nineteen nineteenth""".split("|")
    )
    for word in words.split()
}
_TENS = {
    word: 10 * number
    for number, words in enumerate(
        """twenty twentieth vingt veinte|thirty thirtieth trente treinta|forty fortieth quarante cuarenta
        |fifty fiftieth cinquante cincuenta|sixty sixtieth soixante sesenta|seventy seventieth setenta
        |eighty eightieth ochenta|ninety ninetieth noventa""".split("|"),
        start=2,
    )
    for word in words.split()
}
_MULTIPLIERS = {
    "hundred": 1e2,
    "hundreth": 1e2,
    "hundredth": 1e2,
    "cent": 1e2,
    "cien": 1e2,
    "thousand": 1e3,
    "mille": 1e3,
    "mil": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "millions": 1e6,
    "millón": 1e6,
    "millones": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "billions": 1e9,
    "milliard": 1e9,
    "milliards": 1e9,
    "trillion": 1e12,
}
_FRACTIONS = {
    "half": 0.5,
    "halves": 0.5,
    "quarter": 0.25,
    "quarters": 0.25,
    "fourths": 0.25,
    "thirds": 1 / 3,
    "fifths": 0.2,
}
_AMBIGUOUS = frozenset({"un", "une", "uno", "una", "once", "second", "mil", "cent", "segundo", "segunda"})
"""Words of one language that are something else in another; they count only next to another number."""

_ABOVE = frozenset({"over", "above", "exceeding", "least", "minimum", "plus", "más", "moins"})
_BELOW = frozenset({"under", "below", "nearly", "almost", "most", "maximum", "presque", "casi"})
_DIGITS = re.compile(r"\d")
_THOUSANDS = re.compile(r"[ \u00a0\u202f.,](?=\d{3}(?!\d))")

MEASURES = {
    word: name
    for name, words in {
        "%": "% percent percentage",
        "$": "$ dollar dollars usd",
        "£": "£",
        "€": "€ euro euros",
        "rupee": "rupee rupees",
        "yen": "yen",
        "year": "year years an ans año años yearly",
        "month": "month months mois mes meses",
        "week": "week weeks semaine semaines semana semanas",
        "day": "day days jour jours día días",
        "hour": "hour hours heure heures hora horas",
        "minute": "minute minutes",
        "acre": "acre acres",
        "hectare": "hectare hectares",
        "kilometre": "kilometre kilometres km",
        "mile": "mile miles",
        "kilo": "kilo kilos kg kilogram kilograms",
        "tonne": "tonne tonnes ton tons",
    }.items()
    for word in words.split()
}
"""Words that say what is measured; a number with one of them is another number with another."""


@dataclass(frozen=True, slots=True)
class Number:
    """A value, what it measures if that is said, and on which side of the value the truth lies."""

    value: float
    measure: str | None
    bound: Bound
    length: int
    """How many words it took."""


def number_at(words: Sequence[str], at: int) -> Number | None:
    """The number that begins at this word (lower case, unfolded), if any."""
    value, length = _value(words, at)
    if length == 0 or (length == 1 and words[at] in _AMBIGUOUS):
        return None
    end = at + length
    return Number(value, _measure(words, at, end), _bound(words, at, end), length)


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
    if length and words[at + length : at + length + 2] == ["out", "of"]:
        of, more = _value(words, at + length + 2)
        if more and of:
            return total / of, length + 2 + more
    return total, length


def _follows(words: Sequence[str], at: int) -> bool:
    return at < len(words) and 0 < _UNITS.get(words[at], 0) < 10


def _digits(word: str) -> float:
    """The value of digits with separators of thousands and a decimal point or comma."""
    plain = word if word.startswith(("0.", "0,")) else _THOUSANDS.sub("", word)
    return float(plain.replace(",", "."))


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
