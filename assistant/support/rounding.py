"""Round numbers that stand for exact ones: "about 250" for 256, "nearly nine in ten" for 87 per cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.support.lexicon import words
from assistant.support.numbers import Number
from assistant.support.tokens import Token

CLOSE = 0.04
"""The share of the exact number that a round one may be off."""

_HEDGES = words("hedges")


def rounded(said: Sequence[Token], given: Sequence[Token]) -> tuple[Token, ...]:
    """The sentence's tokens; a number that is said to be about one of the passage's has its meaning."""
    return tuple(_meant(token, before, given) for token, before in zip(said, (None, *said), strict=False))


def _meant(token: Token, before: Token | None, given: Sequence[Token]) -> Token:
    number = token.number
    if number is None or not _is_round(number):
        return token
    hedged = number.bound is not None or (before is not None and before.text in _HEDGES)
    if not hedged or any(token.matches(other) for other in given):
        return token
    near = next(_close(number, given), None)
    return replace(token, keys=near.keys) if near else token


def _close(number: Number, given: Sequence[Token]) -> Iterator[Token]:
    for token in given:
        other = token.number
        if other is None or other.measure != number.measure or other.is_year:
            continue
        off = other.value - number.value
        on_its_side = not (number.bound == "above" and off < 0) and not (number.bound == "below" and off > 0)
        if on_its_side and abs(off) <= CLOSE * abs(other.value):
            yield token


def _is_round(number: Number) -> bool:
    """Whether it has at most two digits that are not noughts at its end."""
    return len(f"{number.value:.6g}".replace(".", "").strip("0").split("e")[0]) <= 2 or number.value < 1
