"""What is told of a name or thing in brackets or in a relative clause stays with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, takewhile

from assistant.support.evidence import Evidence
from assistant.support.lexicon import words
from assistant.support.tokens import Token, Tokens, common, own_words

_RELATIVES = words("relatives")
_OWNER = 3
"""Words before a relative clause that name what it is about."""

_REACH = 5
"""Words before a name in which the name is looked for that it belongs to."""


@dataclass(frozen=True, slots=True)
class _Aside:
    """What stands in brackets or in a relative clause, and what it is told of."""

    owner: Tokens
    inside: Tokens


def names_stay_with_their_own(evidence: Evidence) -> bool:
    """A name that is given in brackets, as in "Ana (Smart, Belgium)", stays with the name before it."""
    brackets = [bracket for line in evidence.lines for bracket in _brackets(line)]
    for at, token in enumerate(evidence.sentence):
        if token.kind != "name" or not all(match.aside for match in evidence.matches(token)):
            continue
        holder = _nearest_name(evidence.sentence[max(0, at - _REACH) : at], token)
        if holder is None:
            continue
        own = [bracket.inside for bracket in brackets if common([holder], bracket.owner)]
        if own and not any(common([token, holder], inside) for inside in own):
            return False
    return True


def _nearest_name(tokens: Tokens, token: Token) -> Token | None:
    return next((t for t in reversed(tokens) if t.kind == "name" and not t.matches(token)), None)


def asides_stay_with_their_own(evidence: Evidence) -> bool:
    """What is told of two things, as in "ICOM (workers) and the Union (consumers)", is not exchanged."""
    for line in evidence.lines:
        asides = [*_brackets(line), *_relative_clauses(line)]
        if any(_are_exchanged(evidence.sentence, one, two) for one, two in combinations(asides, 2)):
            return False
    return True


def _are_exchanged(said: Tokens, one: _Aside, two: _Aside) -> bool:
    first, second = own_words(one.owner, two.owner), own_words(two.owner, one.owner)
    of_first = own_words(one.inside, (*two.inside, *one.owner, *two.owner))
    of_second = own_words(two.inside, (*one.inside, *one.owner, *two.owner))
    return _is_told_of(said, of_first, second, first) and _is_told_of(said, of_second, first, second)


def _is_told_of(said: Tokens, words: Tokens, owner: Tokens, other: Tokens) -> bool:
    """Whether the last of both owners before the first of these words is this one."""
    last: Tokens | None = None
    for token in said:
        if common([token], owner):
            last = owner
        elif common([token], other):
            last = other
        elif last is not None and common([token], words):
            return last is owner
    return False


def _brackets(line: Tokens) -> Iterator[_Aside]:
    """Each bracket of a sentence, with the names just before it."""
    for at, token in enumerate(line):
        if token.aside and at and not line[at - 1].aside:
            owner = tuple(takewhile(lambda t: t.kind == "name" and not t.aside, reversed(line[:at])))
            yield _Aside(owner, tuple(takewhile(lambda t: t.aside, line[at:])))


def _relative_clauses(line: Tokens) -> Iterator[_Aside]:
    """Each clause that begins with "which" or its like, with the last words of the clause before it."""
    for at, token in enumerate(line):
        if token.text in _RELATIVES and at:
            before = [t for t in line[:at] if t.clause == line[at - 1].clause and t.content]
            yield _Aside(tuple(before[-_OWNER:]), tuple(t for t in line[at:] if t.clause == token.clause))
