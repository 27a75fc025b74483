"""What a sentence may not say unless the passage does: names, numbers, words, denials, opposites, quantities."""

from __future__ import annotations

from assistant.support.evidence import Evidence
from assistant.support.numbers import MEASURES
from assistant.support.tokens import Token

NEW_WORDS = 0.3
"""The share of a sentence's words that the passage may lack; chosen on the tuning pairs."""

_ALL = frozenset(
    "all every each always entire whole everyone everything tous toutes chaque todos todas cada".split()
)
_PART = frozenset("most many some several few part partly nearly almost usually often majority".split())
_LESS_THAN_MOST = frozenset("many some several few part minority".split())
_MOST = frozenset("most majority mostly".split())
_NONE = frozenset("none nobody no".split())
_OBLIGED = frozenset("must shall obliged mandatory compulsory obligatory".split())
_MUST = _OBLIGED | frozenset("required requires require needs need have has".split())
_MAY = frozenset("may might can could optional voluntary".split())
_ONLY = frozenset(
    "only sole solely just exclusively exclusive no seul seule seulement solo solamente".split()
)


def names_are_there(evidence: Evidence) -> bool:
    """Every name is in the passage, by itself or by another form that is known for it."""
    return all(evidence.covered(token) for token in evidence.sentence if token.kind == "name")


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


def words_are_covered(evidence: Evidence) -> bool:
    """Nearly all that the sentence says stands in the passage."""
    content = [token for token in evidence.sentence if token.content]
    new = [token for token in content if not evidence.covered(token)]
    return bool(content) and len(new) <= NEW_WORDS * len(content) and len(content) - len(new) >= 2


def denials_agree(evidence: Evidence) -> bool:
    """What is denied in one is not affirmed in the other."""
    denied = {token.clause for token in evidence.sentence if token.negated}
    given = {token.clause for token in evidence.passage if token.negated}
    turned = {token.clause for token in evidence.sentence if _said_by_denying_the_opposite(evidence, token)}
    for token in evidence.sentence:
        matches = evidence.near_matches(token) if token.kind == "word" and token.clause not in turned else []
        if not matches:
            continue
        if token.negated and all(match.clause not in given for match in matches):
            return False
        if token.clause not in denied and all(match.negated for match in matches):
            return False
    return True


def _said_by_denying_the_opposite(evidence: Evidence, token: Token) -> bool:
    """Whether one says "slower" where the other says "not as fast"."""
    near = evidence.near[token.clause]
    return not evidence.near_matches(token) and any(
        token.opposes(t) and token.negated != t.negated for t in near
    )


def no_antonym(evidence: Evidence) -> bool:
    """No word stands where the passage has its opposite, unless one of both is denied."""
    for at, token in enumerate(evidence.sentence):
        if token.kind in ("number", "name") or not token.opposites or _is_bound(evidence.sentence, at):
            continue
        near = evidence.near[token.clause]
        known = bool(evidence.near_matches(token))
        for place, other in enumerate(near):
            opposed = token.opposes(other) and token.negated == other.negated and not _is_bound(near, place)
            if opposed and (not known or _of_the_same(evidence.sentence, at, near, place)):
                return False
    return True


def _of_the_same(said: tuple[Token, ...], at: int, given: tuple[Token, ...], place: int) -> bool:
    """Whether two opposites are said of the same next word: "rising incomes", "falling incomes"."""
    both = said[at + 1 : at + 2], given[place + 1 : place + 2]
    return all(tokens and tokens[0].kind == "word" for tokens in both) and both[0][0].stem == both[1][0].stem


def _is_bound(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether this word belongs to a number: "more than 400", "at least ten", "a majority of 51 per cent"."""
    return any(token.number for token in tokens[at + 1 : at + 3]) and tokens[at].text in _BOUNDS


_BOUNDS = frozenset(
    "more less fewer least most over above below under up maximum minimum greater close".split()
)


def quantities_agree(evidence: Evidence) -> bool:
    """All, most, none, only and must are said where the passage says them."""
    said = {token.text for token in evidence.sentence}
    near = {token.text for tokens in evidence.near.values() for token in tokens}
    if said & _ALL and not near & _ALL and (near & _PART):
        return False
    if said & (_ALL | {"none"}) and not near & _ALL and _is_a_share(evidence):
        return False
    if "none" in said and not near & {"none", "nobody", "nothing"} and near & (_PART | _ALL):
        return False
    if _excludes(evidence.sentence) and not near & _ONLY:
        return False
    if said & _OBLIGED and not near & _MUST and near & _MAY:
        return False
    return not (said & _MOST and not near & (_MOST | _ALL) and near & _LESS_THAN_MOST)


def _is_a_share(evidence: Evidence) -> bool:
    """Whether the passage counts a share that is not the whole."""
    numbers = [token.number for tokens in evidence.near.values() for token in tokens if token.number]
    return any((n.measure == "%" and n.value < 100) or 0 < n.value < 1 for n in numbers)


def _excludes(tokens: tuple[Token, ...]) -> bool:
    """Whether "only" or its like is said, other than of a number."""
    words = {"only", "solely", "exclusively", "seulement", "solo"}
    return any(
        token.text in words and not any(t.number for t in tokens[at + 1 : at + 2])
        for at, token in enumerate(tokens)
    )


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
    """Whether a sentence of the passage that has the number tells as much of its clause as any other, or nearly."""
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
    return token.number.measure == other.number.measure and _is_year(token) == _is_year(other)


def _is_year(token: Token) -> bool:
    return token.number is not None and token.number.measure is None and 1000 <= token.number.value <= 2100


def _heads(tokens: tuple[Token, ...], number: Token) -> list[Token]:
    """What a number counts: the next words of its clause, two at most; of a percentage, what it is part of."""
    at = next(place for place, token in enumerate(tokens) if token is number)
    heads: list[Token] = []
    for token in tokens[at + 1 : at + 6]:
        if token.text in MEASURES or (not heads and (token.text in _ARTICLES or token.kind == "name")):
            continue
        if token.kind != "word" or token.clause != number.clause or len(heads) == 2:
            break
        heads.append(token)
    return heads if not _is_year(number) else []


_ARTICLES = frozenset("of the its their all de du la le des sus los las".split())
