"""Numbers: each must be in the passage, measure the same, and count or date the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.support.evidence import Evidence
from assistant.support.lexicon import MEASURES, words
from assistant.support.tokens import Token

_ARTICLES, _EACH = words("articles"), words("each")
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"} | dict.fromkeys(
    ("annual", "annually", "yearly"), "year"
)
_UNITS_OF_TIME = frozenset(_ADVERBS.values())


def numbers_are_there(evidence: Evidence) -> bool:
    """Every number is in the passage, measures the same, and does not bound it from the other side."""
    return all(_number_is_there(evidence, token) for token in evidence.sentence if token.number)


def _number_is_there(evidence: Evidence, token: Token) -> bool:
    number = token.number
    if number is None or token.text == "one":
        return True
    for match in evidence.matches(token):
        given = match.number
        if given is None or {number.bound, given.bound} == {"above", "below"}:
            continue
        if number.measure == given.measure or (number.measure is None and _bare(evidence, token)):
            return True
    return False


def _bare(evidence: Evidence, token: Token) -> bool:
    """Whether a number has no noun of its own: "two of them"."""
    return not _heads(evidence.sentence, token)


def ranks_agree(evidence: Evidence) -> bool:
    """The tenth-largest is not called the largest."""
    for at, token in enumerate(evidence.sentence):
        if not token.text.endswith("est") or (at and evidence.sentence[at - 1].number):
            continue
        near = evidence.near[token.clause]
        ranked = [bool(place and near[place - 1].number) for place, t in enumerate(near) if token.matches(t)]
        if ranked and all(ranked):
            return False
    return True


def rates_agree(evidence: Evidence) -> bool:
    """What happens each week does not happen each day, and what is earned in a month not in a year."""
    said = _rates(evidence.sentence)
    near = _rates([token for tokens in evidence.near.values() for token in tokens])
    return not said or not near or not said.isdisjoint(near)


def _rates(tokens: Sequence[Token]) -> set[str]:
    """The units of time that something is told for: "daily", "a day", "every day"."""
    rates = {_ADVERBS[token.text] for token in tokens if token.text in _ADVERBS}
    for before, token in pairwise(tokens):
        if before.text in _EACH and MEASURES.get(token.text) in _UNITS_OF_TIME:
            rates.add(MEASURES[token.text])
    return rates


def numbers_count_the_same(evidence: Evidence) -> bool:
    """No number counts, or dates, what the passage counts or dates with another one."""
    return all(_counts_the_same(evidence, token) for token in evidence.sentence if token.number)


def _counts_the_same(evidence: Evidence, token: Token) -> bool:
    near = evidence.near[token.clause]
    if token.text != "one" and not _is_near(evidence, token):
        return False
    for head in _heads(evidence.sentence, token) if token.number and not token.number.bound else []:
        counted = [
            other for other in near if other.number and any(head.matches(h) for h in _heads(near, other))
        ]
        if counted and not any(token.matches(other) for other in counted):
            return False
    return token.text == "one" or _same_clause(evidence, token)


def _is_near(evidence: Evidence, token: Token) -> bool:
    """Whether a sentence that has the number tells as much of its clause as any other does, or nearly."""
    around = [t for t in evidence.sentence if t.clause == token.clause and t.content]
    shares = [
        (
            sum(any(t.matches(other) for other in line) for t in around),
            any(token.matches(other) for other in line),
        )
        for line in evidence.lines
    ]
    best = max(share for share, _ in shares)
    return any(has and share >= best - 1 for share, has in shares)


def _same_clause(evidence: Evidence, token: Token) -> bool:
    """Whether the clause that tells most of what stands around the number has it, not another of its sort."""
    around = [t for t in evidence.sentence if t.clause == token.clause and t.kind == "word"]
    near = evidence.near[token.clause]
    shares: dict[int, int] = {}
    for clause in {other.clause for other in near}:
        words = [other for other in near if other.clause == clause]
        shares[clause] = sum(any(t.matches(other) for other in words) for t in around)
    own = max((shares[other.clause] for other in near if token.matches(other)), default=None)
    if own is None:
        return True
    said = frozenset(key for t in evidence.sentence if t.number for key in t.keys)
    rivals = {other.clause for other in near if _rival(token, other) and said.isdisjoint(other.keys)}
    return all(shares[clause] < own + 2 for clause in rivals)


def _rival(token: Token, other: Token) -> bool:
    """Whether this is another number of the same sort."""
    if token.number is None or other.number is None or token.matches(other):
        return False
    return token.number.measure == other.number.measure and token.number.is_year == other.number.is_year


def _heads(tokens: tuple[Token, ...], number: Token) -> list[Token]:
    """What a number counts: the next two words of its clause; of a percentage, what it is a part of."""
    at = next(place for place, token in enumerate(tokens) if token is number)
    heads: list[Token] = []
    for token in tokens[at + 1 : at + 6]:
        if token.text in MEASURES or (not heads and (token.text in _ARTICLES or token.kind == "name")):
            continue
        if token.kind != "word" or token.clause != number.clause or len(heads) == 2:
            break
        heads.append(token)
    return [] if number.number and number.number.is_year else heads
